"""A rate with its limits, in a table and as bars."""

import polars as pl

from exhibits.rate_table import limit_columns, rate_bars, rate_columns

ROWS = pl.DataFrame(
    {
        "label": ["武都区", "成县"],
        "value": [66.6667, None],
        "lower": [50.128, None],
        "upper": [80.455, None],
        "numerator": [2, None],
        "denominator": [3, None],
        "suppressed": [False, True],
    }
)


def test_the_counts_come_last_and_only_under_a_header():
    table = ROWS.select(rate_columns("按时率%", numerator="按时", denominator="应办"))
    assert table.columns == ["按时率%", "95%下限", "95%上限", "按时", "应办"]
    assert table.row(0) == (66.67, 50.13, 80.46, 2, 3)
    assert ROWS.select(rate_columns("按时率%")).columns == ["按时率%", "95%下限", "95%上限"]


def test_limits_of_another_name():
    limits = ROWS.select(limit_columns("警戒", digits=0))
    assert limits.columns == ["警戒下限", "警戒上限"]
    assert limits.row(0) == (50.0, 80.0)


def test_bars_carry_the_rate_as_text():
    chart = rate_bars(ROWS, "按时率", reference=90.0, reference_name="目标")
    assert (chart.kind, chart.unit, chart.reference) == ("bars", "%", 90.0)
    assert chart.data.select("label", "value", "text", "suppressed").rows() == [
        ("武都区", 66.6667, "66.7", False),
        ("成县", None, None, True),
    ]
