"""Kaplan–Meier: how long something waits when part of it is waiting still."""

import polars as pl

from queries.statistics.intervals import Z95

#: S is a product of quotients, right to about 1e-15; what should be exactly 0.5 may lie above it.
TOLERANCE = 1e-12


def kaplan_meier(times: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """
    Survival curves of groups, from counts by time.

    `times`: the columns of `by` (at least one), time (whole number), responded (events), censored.
    Columns: by, time, at_risk, responded, censored, survival (0–1), lower, upper (log-log 95 % by
    Greenwood's variance, null where survival is 0 or 1); one row a time at which anyone left,
    sorted. Whoever is censored at a time was at risk at it.
    """
    left = pl.col("responded") + pl.col("censored")
    remaining = pl.col("at_risk") - pl.col("responded")
    return (
        times.group_by(*by, "time")
        .agg(pl.col("responded", "censored").cast(pl.Int64).sum())
        .filter(left > 0)
        .sort(*by, "time")
        .with_columns(at_risk=left.cum_sum(reverse=True).over(by))
        .with_columns(
            survival=(remaining / pl.col("at_risk")).cum_prod().over(by),
            # Of ln S; a product of two counts may not fit an integer.
            variance=(pl.col("responded") / pl.col("at_risk") / remaining).cum_sum().over(by),
        )
        .with_columns(**_log_log())
        .select(*by, "time", "at_risk", "responded", "censored", "survival", "lower", "upper")
    )


def _log_log() -> dict[str, pl.Expr]:
    survival = pl.col("survival")
    width = Z95 * pl.col("variance").sqrt() / survival.log().abs()
    inside = pl.when((survival > 0) & (survival < 1))
    return {
        "lower": inside.then(survival.pow(width.exp())),
        "upper": inside.then(survival.pow((-width).exp())),
    }


def survival_on(curves: pl.DataFrame, by: list[str], day: int) -> pl.DataFrame:
    """
    S on a day, of `kaplan_meier`'s curves. Columns: by, survival (0–1), one row a group.

    Null where nobody is at risk on that day any more and S is above 0: what comes after the last
    observation is not known.
    """
    by_then = pl.col("survival").filter(pl.col("time") <= day).last().fill_null(1.0)
    observed = (pl.col("time").max() >= day) | (pl.col("survival").last() == 0)
    return curves.group_by(by, maintain_order=True).agg(survival=pl.when(observed).then(by_then))


def quantiles_of(curves: pl.DataFrame, by: list[str], level: float) -> pl.DataFrame:
    """
    When a level of survival is reached: 0.5 is the median, 0.1 is P90.

    Columns: by, quantile, lower, upper, one row a group: the smallest times at which S, its lower
    and its upper limit are at or under the level; null when not reached. An empty limit reaches
    nothing, so neither do the limits of a curve that falls to 0 at once.
    """

    def first(limit: str) -> pl.Expr:
        return pl.col("time").filter(pl.col(limit) <= level + TOLERANCE).min()

    return (
        curves.group_by(by)
        .agg(quantile=first("survival"), lower=first("lower"), upper=first("upper"))
        .sort(by)
    )


def reached_by_half(times: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """
    Median of complete durations: the smallest time reached by half of a group.

    `times`: the columns of `by`, time, n (how many). Columns: by, median, one row a group; null
    where n is 0 throughout.
    """
    so_far, total = pl.col("n").cum_sum(), pl.col("n").sum()
    reached = (pl.col("n") > 0) & (2 * so_far >= total)
    return (
        times.with_columns(pl.col("n").cast(pl.Int64))
        .sort(*by, "time")
        .group_by(by, maintain_order=True)
        .agg(median=pl.col("time").filter(reached).min())
    )
