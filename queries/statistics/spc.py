"""XmR charts: which points of a series are more than its usual variation."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

Better = Literal["up", "down", "neutral"]

#: No signal is claimed of fewer points.
FEWEST_POINTS = 12

#: 3 ÷ 1.128 and the upper limit of moving ranges, for ranges of two points.
LIMIT_FACTOR, RANGE_LIMIT_FACTOR = 2.66, 3.267

TREND_STEPS, SHIFT_POINTS = 6, 7

#: Of the largest value: a constant series of 0.1 has a mean that is not quite 0.1.
TOLERANCE = 1e-12


def xmr(series: pl.DataFrame, better: Better | pl.Expr, by: Sequence[str] = ()) -> pl.DataFrame:
    """
    Series with their control limits and signals.

    `series`: any columns and value, in order of time; null values are skipped. `by`: columns that
    tell series apart, many at once cost little more than one; `better` may then be an expression.
    Adds, or replaces: mean, lower, upper (the same throughout a series; the limits null under two
    points), rule (outside, trend, two_of_three, shift; the first that fits), signal (improvement,
    concern; neutral when neither direction is better). rule and signal are "" without a signal
    and in series of fewer than 12 points.
    """
    better = pl.lit(better) if isinstance(better, str) else better
    plain = series.drop("mean", "lower", "upper", "rule", "signal", strict=False)
    numbered = plain.with_columns(
        pl.col("value").cast(pl.Float64),
        better.alias("_better"),
        pl.struct(by).rank("dense").alias("_series") if by else pl.lit(0).alias("_series"),
    ).with_row_index("_row")
    judged = numbered.drop_nulls("value")
    for stage in (_limits(), _position(), _runs(), _rules()):
        each = {name: within.over("_series") for name, within in stage.items()}
        judged = judged.with_columns(**each)
    judged = judged.with_columns(_rule().alias("rule")).with_columns(_signal().alias("signal"))
    limits = judged.group_by("_series").agg(pl.col("mean", "lower", "upper").first())
    return (
        numbered.join(limits, on="_series", how="left", maintain_order="left")
        .join(judged.select("_row", "rule", "signal"), on="_row", how="left", maintain_order="left")
        .with_columns(pl.col("rule", "signal").fill_null(""))
        .drop("_row", "_series", "_better")
    )


def _limits() -> dict[str, pl.Expr]:
    """mean, lower, upper; ranges that are outliers themselves do not widen the limits."""
    value = pl.col("value")
    ranges = value.diff().abs()
    usual = ranges.filter(ranges <= RANGE_LIMIT_FACTOR * ranges.mean()).mean()
    return {
        "points": pl.len(),
        "mean": value.mean(),
        "lower": value.mean() - LIMIT_FACTOR * usual,
        "upper": value.mean() + LIMIT_FACTOR * usual,
        "slack": TOLERANCE * value.abs().max(),
    }


def _position() -> dict[str, pl.Expr]:
    """distance from the mean and limit (how far it may be); side and step: −1, 0 or 1."""
    distance, step, slack = (
        pl.col("value") - pl.col("mean"),
        pl.col("value").diff(),
        pl.col("slack"),
    )
    return {
        "distance": distance.abs(),
        "limit": pl.col("upper") - pl.col("mean"),
        "side": pl.when(distance.abs() > slack).then(distance.sign()).otherwise(0),
        "step": pl.when(step.abs() > slack).then(step.sign()).otherwise(0),
    }


def _runs() -> dict[str, pl.Expr]:
    """Number of the run of equal steps, or sides, that a point stands in."""
    return {"step_run": pl.col("step").rle_id(), "side_run": pl.col("side").rle_id()}


def _rules() -> dict[str, pl.Expr]:
    """Where each rule holds; trend is −1, 0 or 1."""
    distance, slack, limit, side = (pl.col(c) for c in ("distance", "slack", "limit", "side"))
    steps, shifted = (pl.len().over("_series", run) for run in ("step_run", "side_run"))
    far = (distance > limit * 2 / 3 + slack) & (distance < limit - slack)
    window_ends = (side.rolling_sum(3).abs() == 3) & (far.cast(pl.Int8).rolling_sum(3) >= 2)
    in_window = pl.any_horizontal(window_ends.shift(-ahead) for ahead in range(3))
    rising = pl.when(steps >= TREND_STEPS).then("step").otherwise(0)
    return {
        "outside": distance > limit + slack,
        # The point before the first step belongs to the trend; a turn, to the trend it ends.
        "trend": pl.when(rising != 0).then(rising).otherwise(rising.shift(-1, fill_value=0)),
        "two_of_three": far & in_window.fill_null(False),
        "shift": (side != 0) & (shifted >= SHIFT_POINTS),
    }


def _rule() -> pl.Expr:
    holds = {
        "outside": pl.col("outside"),
        "trend": pl.col("trend") != 0,
        "two_of_three": pl.col("two_of_three"),
        "shift": pl.col("shift"),
    }
    first = pl.coalesce(pl.when(where).then(pl.lit(name)) for name, where in holds.items())
    return pl.when(pl.col("points") >= FEWEST_POINTS).then(first).fill_null("")


def _signal() -> pl.Expr:
    """A trend is judged by its direction, all else by the side of the mean."""
    upward = pl.when(pl.col("rule") == "trend").then("trend").otherwise("side") > 0
    return (
        pl.when(pl.col("rule") == "")
        .then(pl.lit(""))
        .when(pl.col("_better") == "neutral")
        .then(pl.lit("neutral"))
        .when(upward == (pl.col("_better") == "up"))
        .then(pl.lit("improvement"))
        .otherwise(pl.lit("concern"))
    )


Variation = Literal["improvement", "concern", "neutral", "common", ""]


def variation(judged: pl.DataFrame) -> Variation:
    """
    The mark of a series that `xmr` judged: the signal of its latest point.

    common: no more than usual variation. "" with fewer than 12 points, when nothing is claimed.
    """
    points = judged.drop_nulls("value")
    if len(points) < FEWEST_POINTS:
        return ""
    return points["signal"][-1] or "common"


def assurance(
    lower: float | None, upper: float | None, target: float | None, better: Better
) -> Literal["pass", "fail", "unreliable", ""]:
    """
    Whether usual variation meets a target: 稳定达标, 稳定不达标, 不稳定.

    "" without a target, without limits, and when neither direction is better.
    """
    if target is None or lower is None or upper is None or better == "neutral":
        return ""
    if lower <= target <= upper:
        return "unreliable"
    return "pass" if (target < lower) == (better == "up") else "fail"
