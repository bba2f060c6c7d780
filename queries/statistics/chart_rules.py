"""The rules of an XmR chart as expressions over series of points; `spc.py` puts them in order."""

import polars as pl

TREND_STEPS, SHIFT_POINTS = 6, 7


def position() -> dict[str, pl.Expr]:
    """distance from the mean; side and step: −1, 0 or 1."""
    distance, step, slack = (
        pl.col("value") - pl.col("mean"),
        pl.col("value").diff(),
        pl.col("slack"),
    )
    return {
        "distance": distance.abs(),
        "side": pl.when(distance.abs() > slack).then(distance.sign()).otherwise(0),
        "step": pl.when(step.abs() > slack).then(step.sign()).otherwise(0),
    }


def runs() -> dict[str, pl.Expr]:
    """Number of the run of equal steps, or sides, that a point stands in."""
    return {"step_run": pl.col("step").rle_id(), "side_run": pl.col("side").rle_id()}


def rules() -> dict[str, pl.Expr]:
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


def rule() -> pl.Expr:
    holds = {
        "outside": pl.col("outside"),
        "trend": pl.col("trend") != 0,
        "two_of_three": pl.col("two_of_three"),
        "shift": pl.col("shift"),
    }
    first = pl.coalesce(pl.when(where).then(pl.lit(name)) for name, where in holds.items())
    return pl.when(pl.col("unjudged") == "").then(first).fill_null("")


def upward() -> pl.Expr:
    """A trend is judged by its direction, all else by the side of the mean."""
    upward = pl.when(pl.col("rule") == "trend").then("trend").otherwise("side") > 0
    return pl.when(pl.col("rule") != "").then(upward)


def run() -> pl.Expr:
    """How long a shift or a trend has lasted at the point."""
    length = {
        name: pl.int_range(1, pl.len() + 1).over("_series", run)
        for name, run in (("trend", "step_run"), ("shift", "side_run"))
    }
    return pl.coalesce(pl.when(pl.col("rule") == name).then(n) for name, n in length.items())


def signal() -> pl.Expr:
    return (
        pl.when(pl.col("rule") == "")
        .then(pl.lit(""))
        .when(pl.col("_better") == "neutral")
        .then(pl.lit("neutral"))
        .when(pl.col("upward") == (pl.col("_better") == "up"))
        .then(pl.lit("improvement"))
        .otherwise(pl.lit("concern"))
    )
