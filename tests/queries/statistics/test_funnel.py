"""Funnel limits: how far a proportion may lie from the overall one by chance."""

import polars as pl
import pytest

from queries.statistics.funnel import ACTION_Z, funnel, funnel_limits


def test_funnel_limits_by_hand():
    # p 0.2, n 100: standard error 0.04.
    lower, upper = funnel_limits(0.2, pl.lit(100), 1.960)
    assert pl.select(lower, upper.alias("u")).row(0) == pytest.approx((0.1216, 0.2784))
    lower, upper = funnel_limits(0.2, pl.lit(100), ACTION_Z)
    assert pl.select(lower, upper.alias("u")).row(0) == pytest.approx((0.0764, 0.3236))


def test_funnel_is_cut_and_drawn_round_the_overall_proportion():
    groups = pl.DataFrame(
        {"group": ["a", "b", "c"], "numerator": [15, 5, 0], "denominator": [90, 10, 0]}
    )
    found = funnel(groups)
    assert found["overall"].to_list() == [0.2, 0.2, 0.2]
    assert found["proportion"].to_list() == [15 / 90, 0.5, None]
    # b: 0.2 ± 1.960 · √0.016, and the lower limit would lie under 0.
    assert found.row(1)[-4:] == pytest.approx((0, 0.447923, 0, 0.590858), abs=1e-6)
    assert found.row(2)[-4:] == (None,) * 4


@pytest.mark.parametrize("rows", [[], [("a", 0, 0)]])
def test_funnel_of_nothing(rows):
    schema = {"group": pl.String, "numerator": pl.Int64, "denominator": pl.Int64}
    found = funnel(pl.DataFrame(rows, schema=schema, orient="row"))
    assert found.height == len(rows)
    assert found["overall"].null_count() == len(rows)
