"""The chart of a topic: its own bar apart on grey, the largest first, ten at most."""

from datetime import date

import polars as pl

from briefing.meeting.focus import focused
from exhibits.exhibit import Chart, Exhibit
from exhibits.meeting.agenda_item import Item

TOPIC = Item("k", "attention", "礼县未转办逾期预警493条", "…", "礼县人民政府", regions="礼县")


def exhibit(data: pl.DataFrame, unit: str = "条") -> Exhibit:
    chart = Chart("bars", data, unit=unit, stacked="series" in data.columns)
    return Exhibit("k", "页", "未转办预警", "句。", data, chart, "口径", date(2026, 10, 31), "全市")


def bars(shown: Exhibit) -> list[tuple]:
    return shown.chart.data.select("label", "value", "mark").rows()


def test_of_a_stack_the_series_of_concern_is_shown_the_topics_bar_apart():
    data = pl.DataFrame(
        {
            "label": ["武都区", "礼县", "成县"] * 2,
            "series": ["逾期"] * 3 + ["时限内"] * 3,
            "value": [4, 493, 0, 42, 99, 8],
            "mark": ["concern"] * 3 + ["q3"] * 3,
        }
    )
    shown = focused(exhibit(data), TOPIC)
    assert bars(shown) == [("礼县", 493, "concern"), ("武都区", 4, "rest")]
    assert shown.title == "未转办预警：逾期"
    assert shown.chart.horizontal
    assert not shown.chart.stacked


def test_shares_become_the_persons_behind_them():
    data = pl.DataFrame(
        {
            "label": ["最低生活保障", "取暖救助"],
            "series": ["应救未救"] * 2,
            "value": [2.6, 5.6],
            "n": [917, 81],
            "mark": ["concern"] * 2,
        }
    )
    item = Item("k", "attention", "西和县最低生活保障应救未救917人", "…")
    shown = focused(exhibit(data, "占比（%）"), item)
    assert bars(shown) == [("最低生活保障", 917, "concern"), ("取暖救助", 81, "rest")]
    assert shown.chart.unit == "人（户）"


def test_counts_of_several_series_are_added_and_a_hidden_part_leaves_the_sum_unknown():
    data = pl.DataFrame(
        {
            "label": ["待核查", "待核查", "礼县"],
            "series": ["纳入", "退出", "纳入"],
            "value": [3, None, 2],
        }
    )
    assert bars(focused(exhibit(data), TOPIC)) == [("礼县", 2, "concern"), ("待核查", None, "rest")]


def test_the_topics_bar_is_among_the_ten_also_where_it_is_small():
    labels = [f"{i}县" for i in range(14)]
    data = pl.DataFrame({"label": [*labels, "礼县"], "value": [*range(100, 114), 1]})
    shown = focused(exhibit(data), TOPIC)
    assert shown.title == "未转办预警，共15项，列前10项"
    assert len(bars(shown)) == 10
    assert bars(shown)[0] == ("13县", 113, "rest")
    assert bars(shown)[-1] == ("礼县", 1, "concern")


def test_where_all_or_none_are_the_topics_none_is_apart():
    data = pl.DataFrame({"label": ["甲", "乙"], "value": [1, 2]})
    assert [mark for *_, mark in bars(focused(exhibit(data), TOPIC))] == ["rest", "rest"]
