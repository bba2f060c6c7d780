"""Medians and P90 of the catalogue: I0709, I0721 and I0722 by group."""

from datetime import date

import polars as pl

from queries.answers.response import at_risk, cells_of, sent_in
from queries.catalogue import QUANTILES
from queries.cubes.measures import LEVELS
from queries.cubes.stage import day_number
from queries.disclosure import as_allowed
from queries.snapshot import Draft, Snapshot
from queries.statistics.survival import kaplan_meier, quantiles_of


def quantiles(snapshot: Snapshot | Draft, by: str, since: date, region: str = "") -> pl.DataFrame:
    """
    I0709, I0721 and I0722 by group.

    Columns: id, group, numerator (routed or answered), denominator (all), quantile,
    quantile_lower, quantile_upper (working days, empty when not reached).
    """
    parts = []
    if by in (*LEVELS, "department", "programme"):
        sent = sent_in(cells_of(snapshot, "response", by, region), since)
        times = at_risk(sent)
        parts += [_quantile(snapshot, name, times) for name in ("I0721", "I0722")]
    if by in LEVELS:
        raised = cells_of(snapshot, "routing", by, region).filter(
            pl.col("day") >= day_number(since)
        )
        parts.append(_quantile(snapshot, "I0709", _routed(raised)))
    empty = _quantile(snapshot, "I0721", pl.DataFrame(schema=TIMES))
    return pl.concat([empty, *parts])


TIMES = {"group": pl.String, "time": pl.Int64, "responded": pl.Int64, "censored": pl.Int64}


def _routed(cells: pl.DataFrame) -> pl.DataFrame:
    routed = pl.col("routed") == 1
    return cells.group_by("group", "time").agg(
        responded=pl.col("n").filter(routed).sum(), censored=pl.col("n").filter(~routed).sum()
    )


def _quantile(snapshot: Snapshot | Draft, indicator: str, times: pl.DataFrame) -> pl.DataFrame:
    known = times.filter(pl.col("group").is_not_null())
    counts = known.group_by("group").agg(
        numerator=pl.col("responded").sum(),
        denominator=pl.col("responded").sum() + pl.col("censored").sum(),
    )
    curves = kaplan_meier(as_allowed(snapshot, known, ["group"]), ["group"])
    found = quantiles_of(curves, ["group"], QUANTILES[indicator])
    return counts.join(found, on="group", how="left").select(
        pl.lit(indicator).alias("id"),
        "group",
        "numerator",
        "denominator",
        pl.col("quantile").cast(pl.Float64),
        pl.col("lower").cast(pl.Float64).alias("quantile_lower"),
        pl.col("upper").cast(pl.Float64).alias("quantile_upper"),
    )
