"""How bars stand: by value, upright where their order runs in time, the named ones apart."""

from datetime import date

import polars as pl

from exhibits.draw.arrange import arranged
from exhibits.exhibit import Chart, Exhibit

D = date(2026, 10, 31)


def bars(finding="", ordered=False, stacked=False, **columns):
    chart = Chart("bars", pl.DataFrame(columns), unit="件", ordered=ordered, stacked=stacked)
    return arranged(Exhibit("k", "页", "题", finding, pl.DataFrame(), chart, "口径", D, "全市"))


def test_bars_lie_from_the_largest_down_and_unknown_ones_come_last():
    drawn = bars(label=["成县", "文县", "康县", "徽县"], value=[3, None, 9, 4])
    assert drawn.data["label"].to_list() == ["康县", "徽县", "成县", "文县"]
    assert drawn.horizontal


def test_stacks_are_sorted_by_their_sum_and_parts_keep_their_order():
    drawn = bars(
        label=["成县", "康县", "成县", "康县"],
        series=["逾期", "逾期", "时限内", "时限内"],
        value=[3, 1, 1, 9],
        stacked=True,
    )
    assert drawn.data.rows() == [
        ("康县", "逾期", 1),
        ("康县", "时限内", 9),
        ("成县", "逾期", 3),
        ("成县", "时限内", 1),
    ]


def test_side_by_side_the_first_series_decides():
    drawn = bars(
        label=["成县", "康县", "成县", "康县"], series=["甲", "甲", "乙", "乙"], value=[3, 7, 9, 1]
    )
    assert drawn.data["label"].to_list() == ["康县", "康县", "成县", "成县"]


def test_months_stand_in_their_order_and_long_labels_lie():
    months = bars(label=["2026-08", "2026-09"], value=[1, 5], ordered=True)
    assert months.data["label"].to_list() == ["2026-08", "2026-09"]
    assert not bars(label=["1项", "2项"], value=[1, 5], ordered=True).horizontal
    assert bars(label=["村级社会救助协理员"], value=[1], ordered=True).horizontal


def test_what_the_sentence_names_stands_out_of_grey():
    drawn = bars("较多的是康县。", label=["成县", "康县"], value=[3, 7])
    assert drawn.data.rows() == [("康县", 7, "named"), ("成县", 3, "rest")]


def test_where_it_names_all_or_none_nothing_stands_out():
    assert "mark" not in bars("成县、康县。", label=["成县", "康县"], value=[3, 7]).data.columns
    assert "mark" not in bars("无差异。", label=["成县", "康县"], value=[3, 7]).data.columns
