"""From counts to figures: value, limits and status."""

import polars as pl
import pytest

from queries.answers.values import COLUMNS, valued, without_quantiles


def of(indicator, numerator, denominator, source="ok", **quantile):
    """value, lower, upper, status."""
    counts = pl.DataFrame(
        {"id": [indicator], "group": ["621200"], "source": [source]}
        | {"numerator": [numerator], "denominator": [denominator]},
        schema_overrides={"numerator": pl.Int64, "denominator": pl.Int64},
    )
    names = ("quantile", "quantile_lower", "quantile_upper")
    limits = [pl.lit(quantile.get(name), pl.Float64).alias(name) for name in names]
    rows = valued(counts.with_columns(limits))
    assert tuple(rows.columns) == COLUMNS
    return rows.select("value", "lower", "upper", "status").row(0)


def test_a_rate_has_wilsons_limits_a_count_none():
    assert of("I0723", 20, 100) == (
        20.0,
        pytest.approx(13.34, abs=0.01),
        pytest.approx(28.88, abs=0.01),
        "ok",
    )
    assert of("I0701", 7, 0) == (7.0, None, None, "ok")


def test_money_is_stored_in_fen_and_shown_in_yuan():
    assert of("I0803", 120_000, 2) == (600.0, None, None, "ok")
    assert of("I1303", 5_000, 10_000) == (50.0, None, None, "ok")


def test_a_rate_of_nobody_is_undefined_and_a_count_of_nobody_0():
    assert of("I0723", 0, 0) == (None, None, None, "undefined")
    assert of("I0701", 0, 0) == (0.0, None, None, "ok")


@pytest.mark.parametrize("source", ["no_data", "off_season"])
def test_without_its_source_there_is_no_figure(source):
    assert of("I0723", 1, 2, source) == (None, None, None, source)


def test_a_null_count_is_hidden_and_so_is_a_rate_on_a_hidden_one():
    assert of("I0701", None, 0) == (None, None, None, "suppressed")
    assert of("I0723", 1, None) == (None, None, None, "suppressed")


def test_a_region_without_its_population_is_unknown():
    assert of("I0102", 5, 0) == (None, None, None, "no_data")


def test_a_median_not_reached_keeps_the_limit_that_is():
    assert of("I0721", 2, 5, quantile=10.0, quantile_lower=4.0) == (10.0, 4.0, None, "ok")
    assert of("I0721", 1, 5, quantile_lower=4.0) == (None, 4.0, None, "not_reached")


def test_what_has_no_row_is_0():
    joined = pl.DataFrame(
        {"numerator": [None], "denominator": [None]},
        schema_overrides={"numerator": pl.Int64, "denominator": pl.Int64},
    )
    assert without_quantiles(joined).row(0) == (0, 0, None, None, None)
