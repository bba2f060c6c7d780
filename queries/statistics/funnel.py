"""Funnel limits: how far a proportion of n may lie from the overall one by chance."""

import polars as pl

#: About 95 % and 99.8 %.
WARNING_Z, ACTION_Z = 1.960, 3.090


def funnel_limits(overall: float, n: pl.Expr, z: float) -> tuple[pl.Expr, pl.Expr]:
    """`overall` ± z·√(p(1−p)/n), cut to 0 and 1; null where n is not positive."""
    width = z * (overall * (1 - overall) / n).sqrt()
    sound = pl.when(n > 0)
    return sound.then((overall - width).clip(0, 1)), sound.then((overall + width).clip(0, 1))


def funnel(groups: pl.DataFrame) -> pl.DataFrame:
    """
    Groups against their overall proportion.

    `groups`: any columns, numerator, denominator. Adds: proportion, overall (of all groups
    together), lower_95, upper_95, lower_998, upper_998 (0–1); null where the denominator is 0.
    """
    cases, total = float(groups["numerator"].sum()), float(groups["denominator"].sum())
    overall = cases / total if total else None
    if overall is None:
        limits = (pl.lit(None, dtype=pl.Float64),) * 4
    else:
        n = pl.col("denominator")
        limits = (
            *funnel_limits(overall, n, WARNING_Z),
            *funnel_limits(overall, n, ACTION_Z),
        )
    names = ("lower_95", "upper_95", "lower_998", "upper_998")
    quotient = pl.col("numerator") / pl.col("denominator")
    return groups.with_columns(
        proportion=pl.when(pl.col("denominator") > 0).then(quotient),
        overall=pl.lit(overall, dtype=pl.Float64),
        **dict(zip(names, limits, strict=True)),
    )
