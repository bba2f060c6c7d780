"""Rates as dots with intervals: their axis, their values, suppressed ones."""

import polars as pl
import pytest

from exhibits.draw.bars import bars
from exhibits.exhibit import Chart


def drawn(values, unit="%", **options):
    columns = ["label", "value", "lower", "upper", "suppressed"]
    data = pl.DataFrame(values, schema=columns, orient="row")
    return bars(Chart("bars", data, unit=unit, horizontal=True, **options))


def test_limits_make_dots_and_the_values_stand_at_the_right_end():
    (dots, column), layout = drawn([("成县", 90.0, 85.0, 94.0, False)])
    assert dots["x"] == [90.0]
    assert (dots["error_x"]["array"], dots["error_x"]["arrayminus"]) == ([4.0], [5.0])
    assert (column["x"], column["text"]) == ([layout["xaxis"]["range"][1]], ["　90.0"])


@pytest.mark.parametrize(
    ("lower", "upper", "reference", "axis"),
    [
        # From a round figure below the lowest limit, and no percent beyond 100.
        (96.2, 98.4, None, [96, 99]),
        (42.0, 99.5, 90, [40, 100]),
        # From zero where that takes little more room.
        (2.0, 9.0, None, [0, 10]),
        # The reference line is on the axis.
        (96.2, 98.4, 90, [90, 100]),
    ],
)
def test_the_axis_is_round_and_ends_at_100_percent(lower, upper, reference, axis):
    _, layout = drawn([("成县", lower, lower, upper, False)], reference=reference)
    assert layout["xaxis"]["range"] == axis


def test_a_suppressed_rate_is_a_star_in_the_column_of_values():
    (_, column, key), _ = drawn(
        [("成县", 90.0, 85.0, 94.0, False), ("康县", None, None, None, True)]
    )
    assert column["text"] == ["　90.0", "　*"]
    assert key["showlegend"]
