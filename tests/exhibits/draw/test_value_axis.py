"""What stands along the values of a chart."""

import polars as pl
import pytest

from exhibits.draw import value_axis
from exhibits.exhibit import Chart


@pytest.mark.parametrize(
    ("unit", "title", "said"),
    [
        ("条", "未转办预警（分县区）", ["（条）"]),
        ("占比（%）", "已办用时与在办等待", ["占比（%）"]),
        ("%", "救助覆盖率（%）", []),
        ("", "县区指标对照", []),
    ],
)
def test_the_unit_stands_above_the_chart_unless_the_title_has_it(unit, title, said):
    chart = Chart("bars", pl.DataFrame(), unit=unit)
    assert [each["text"] for each in value_axis.unit(chart, title)] == said
