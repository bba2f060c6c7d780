"""What stands in and beyond stacks: no stack is without its figures."""

import polars as pl

from exhibits.draw.stack import ends, named_inside
from exhibits.exhibit import Chart


def stacked(unit, *rows, **marks):
    data = pl.DataFrame(rows, schema=["label", "series", "value"], orient="row")
    if marks:
        data = data.with_columns(mark=pl.col("series").replace_strict(marks, default=""))
    return Chart("bars", data, unit=unit, stacked=True)


def test_parts_too_thin_for_a_label_are_beyond_the_stack_with_the_sum():
    chart = stacked("条", ("礼县", "逾期", 90), ("礼县", "时限内", 10), ("成县", "逾期", 2))
    assert ends(chart) == {"礼县": "共100", "成县": "逾期2"}
    chart = stacked("条", ("礼县", "逾期", 95), ("礼县", "时限内", 5))
    assert ends(chart) == {"礼县": "时限内5、共100"}


def test_a_sum_of_money_has_two_decimals():
    chart = stacked("元/人·月", ("特困", "按月", 862.3), ("特困", "其他", 93.421565))
    assert ends(chart) == {"特困": "共955.72"}


def test_of_shares_only_what_concerns_is_said():
    rows = ("低保", "已享受", 97.5), ("低保", "缺口", 2.5)
    assert ends(stacked("%", *rows, 缺口="concern")) == {"低保": "缺口2.50%"}


def test_a_series_is_named_in_its_widest_part_if_a_quarter_of_the_longest_stack():
    chart = stacked("条", ("礼县", "逾期", 60), ("礼县", "时限内", 20), ("成县", "时限内", 30))
    assert named_inside(chart) == {"逾期": "礼县", "时限内": "成县"}
    chart = stacked("条", ("礼县", "逾期", 90), ("礼县", "时限内", 10))
    assert named_inside(chart) == {"逾期": "礼县"}
