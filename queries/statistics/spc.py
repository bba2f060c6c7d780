"""XmR charts: which points of a series are more than its usual variation."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from queries.statistics import chart_rules

Better = Literal["up", "down", "neutral"]

Variation = Literal["improvement", "concern", "neutral", "common", ""]

#: No signal is claimed of fewer points.
FEWEST_POINTS = 12

#: 3 ÷ 1.128 and the upper limit of moving ranges, for ranges of two points.
LIMIT_FACTOR, RANGE_LIMIT_FACTOR = 2.66, 3.267

#: Of the largest value: a constant series of 0.1 has a mean that is not quite 0.1.
TOLERANCE = 1e-12


#: What `xmr` adds to a series.
ADDED = ("mean", "lower", "upper", "unjudged", "rule", "signal", "upward", "run")


def xmr(
    series: pl.DataFrame,
    better: Better | pl.Expr,
    by: Sequence[str] = (),
    *,
    lowest: float | None = None,
    highest: float | pl.Expr | None = None,
    kind: str | pl.Expr = "level",
) -> pl.DataFrame:
    """
    Series with their control limits and signals.

    `series`: any columns and value, in order of time; null values are skipped. `by`: columns that
    tell series apart, many at once cost little more than one; `better`, `highest` and `kind` may
    then be expressions. `lowest`, `highest`: what the value can be; limits are cut to it.
    `kind`: level, or a series that starts again (season) or grows through a period (progress).
    Adds, or replaces:

    - mean, lower, upper: the same throughout a series; the limits null under two points;
    - unjudged: why no signal is claimed of the series: its kind, few (under 12 points), still
      (more than half of the moving ranges are 0); "" where signals are claimed;
    - rule (outside, trend, two_of_three, shift; the first that fits), signal (improvement,
      concern; neutral when neither direction is better): "" without a signal;
    - upward: where the rule points, null without one; run: months up to the point on its side of
      the mean (shift), steps the same way (trend), null otherwise.
    """
    given = {"_better": better, "_lowest": lowest, "_highest": highest, "_kind": kind}
    numbered = (
        series.drop(ADDED, strict=False)
        .with_columns(
            pl.col("value").cast(pl.Float64),
            pl.struct(by).rank("dense").alias("_series") if by else pl.lit(0).alias("_series"),
            *(_column(value).alias(name) for name, value in given.items()),
        )
        .with_row_index("_row")
    )
    judged = numbered.drop_nulls("value")
    for stage in (
        _spread(),
        _limits(),
        chart_rules.position(),
        chart_rules.runs(),
        chart_rules.rules(),
    ):
        each = {name: within.over("_series") for name, within in stage.items()}
        judged = judged.with_columns(**each)
    judged = judged.with_columns(_unjudged().alias("unjudged"))
    judged = judged.with_columns(chart_rules.rule().alias("rule"))
    judged = judged.with_columns(
        chart_rules.upward().alias("upward"), chart_rules.run().alias("run")
    )
    judged = judged.with_columns(chart_rules.signal().alias("signal"))
    of_series = judged.group_by("_series").agg(pl.col(ADDED[:4]).first())
    return (
        numbered.join(of_series, on="_series", how="left", maintain_order="left")
        .join(judged.select("_row", *ADDED[4:]), on="_row", how="left", maintain_order="left")
        .with_columns(pl.col("rule", "signal").fill_null(""), pl.col("unjudged").fill_null("few"))
        .drop("_row", "_series", *given)
    )


def _column(given: pl.Expr | str | float | None) -> pl.Expr:
    if isinstance(given, pl.Expr):
        return given
    return pl.lit(given, pl.String if isinstance(given, str) else pl.Float64)


def _spread() -> dict[str, pl.Expr]:
    """mean; usual: the mean moving range; ranges that are outliers themselves do not widen it."""
    value = pl.col("value")
    slack = TOLERANCE * value.abs().max()
    ranges = value.diff().abs()
    kept = ranges.filter(ranges <= RANGE_LIMIT_FACTOR * ranges.mean()).mean()
    return {
        "points": pl.len(),
        "mean": value.mean(),
        # One case among zeros: what is left of the ranges has no width.
        "usual": pl.when(kept > slack).then(kept).otherwise(ranges.mean()),
        "still": (ranges <= slack).sum() * 2 > pl.len() - 1,
        "slack": slack,
    }


def _limits() -> dict[str, pl.Expr]:
    """limit: how far from the mean a value may lie; lower, upper: where that is, cut."""
    mean, limit = pl.col("mean"), LIMIT_FACTOR * pl.col("usual")
    return {
        "limit": limit,
        "lower": (mean - limit).clip(lower_bound=pl.col("_lowest")),
        "upper": (mean + limit).clip(upper_bound=pl.col("_highest")),
    }


def _unjudged() -> pl.Expr:
    """Why nothing is claimed of a series: its kind before its points, these before their spread."""
    return (
        pl.when(pl.col("_kind") != "level")
        .then("_kind")
        .when(pl.col("points") < FEWEST_POINTS)
        .then(pl.lit("few"))
        .when("still")
        .then(pl.lit("still"))
        .otherwise(pl.lit(""))
    )


def variation(judged: pl.DataFrame) -> Variation:
    """
    The mark of a series that `xmr` judged: the signal of its latest point.

    common: no more than usual variation. "" where nothing is claimed.
    """
    points = judged.drop_nulls("value")
    if points.is_empty() or points["unjudged"][-1]:
        return ""
    return points["signal"][-1] or "common"
