"""Medians and P90 of the catalogue: I0709, I0721 and I0722 by group."""

from collections.abc import Iterator
from datetime import date

import polars as pl

from queries.access.open_edition import hides
from queries.answers.response import at_risk, cells_of, of_many, sent_in
from queries.catalogue import QUANTILES
from queries.cubes.stage import day_number
from queries.region import LEVELS
from queries.statistics.survival import kaplan_meier, quantiles_of
from queries.store.snapshot import Cubes

#: Cube that each indicator's times are in.
READ_FROM = {"I0721": "response", "I0722": "response", "I0709": "routing"}

NAMES = ("group", "time", "responded", "censored")

TIMES = {"cube": pl.String, "group": pl.String} | dict.fromkeys(NAMES[1:], pl.Int64)


def quantiles(snapshot: Cubes, by: str, since: date, region: str = "") -> pl.DataFrame:
    """
    I0709, I0721 and I0722 by group.

    Columns: id, group, numerator (routed or answered), denominator (all), quantile,
    quantile_lower, quantile_upper (working days, empty when not reached).
    """
    times = pl.concat([pl.DataFrame(schema=TIMES), *_times(snapshot, by, since, region)])
    grouped = times.filter(pl.col("group").is_not_null())
    counts = grouped.group_by("cube", "group").agg(
        numerator=pl.col("responded").sum(),
        denominator=pl.col("responded").sum() + pl.col("censored").sum(),
    )
    if hides(snapshot, by, region):
        grouped = grouped.filter(of_many(["cube", "group"]))
    curves = kaplan_meier(grouped, ["cube", "group"])
    return pl.concat(
        counts.filter(cube=cube)
        .join(
            quantiles_of(curves.filter(cube=cube), ["group"], QUANTILES[indicator]),
            on="group",
            how="left",
        )
        .select(
            pl.lit(indicator).alias("id"),
            "group",
            "numerator",
            "denominator",
            pl.col("quantile").cast(pl.Float64),
            pl.col("lower").cast(pl.Float64).alias("quantile_lower"),
            pl.col("upper").cast(pl.Float64).alias("quantile_upper"),
        )
        for indicator, cube in READ_FROM.items()
    )


def _times(snapshot: Cubes, by: str, since: date, region: str) -> Iterator[pl.DataFrame]:
    """Times to an answer and to being routed, of the groups that the cut has."""
    if by in (*LEVELS, "department", "programme"):
        sent = sent_in(cells_of(snapshot, "response", by, region), since)
        yield at_risk(sent).select(pl.lit("response").alias("cube"), *NAMES)
    # How fast regions route is not a department's to see.
    if by == "city" or (by in LEVELS and not snapshot.access.department):
        first = pl.col("day") >= day_number(since)
        raised = cells_of(snapshot, "routing", by, region).filter(first)
        routed = pl.col("routed") == 1
        yield (
            raised.group_by("group", "time")
            .agg(
                responded=pl.col("n").filter(routed).sum(),
                censored=pl.col("n").filter(~routed).sum(),
            )
            .select(pl.lit("routing").alias("cube"), *NAMES)
        )
