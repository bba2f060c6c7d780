"""How long people are eligible before they are reached, and what they are missing."""

import polars as pl

from queries.access.open_edition import hides, open_edition
from queries.answers.cube_rows import cells
from queries.answers.response import of_many
from queries.cache import cached
from queries.cubes.rules import basis_of
from queries.statistics.survival import kaplan_meier, quantiles_of
from queries.store.snapshot import Snapshot


@cached(16)
def reach_curve(snapshot: Snapshot, region: str = "", category: str = "") -> pl.DataFrame:
    """
    From eligible to covered by programme in season, Kaplan–Meier; open cases censored.

    Columns: programme, days (calendar days), at_risk, reached, censored (persons, or households
    where the programme counts them), survival (not
    reached yet, 0–1), lower, upper.
    """
    rows = cells(snapshot, "reach", region=region)
    if category:
        rows = rows.filter(pl.col("category") == category)
    reached = pl.col("reached") == 1
    times = rows.group_by("programme", pl.col("days").alias("time")).agg(
        responded=pl.col("n").filter(reached).sum(), censored=pl.col("n").filter(~reached).sum()
    )
    if hides(snapshot, "programme", region):
        times = times.filter(of_many(["programme"]))
    return kaplan_meier(times, ["programme"]).rename({"time": "days", "responded": "reached"})


@cached(16)
@open_edition("persons", "reached")
def reach_medians(snapshot: Snapshot, region: str = "", category: str = "") -> pl.DataFrame:
    """
    Median days to reach by programme: programme, basis, persons, reached, median, lower, upper.

    median and its limits are empty when not reached.
    """
    curves = reach_curve(snapshot, region, category)
    counted = curves.group_by("programme").agg(
        persons=pl.col("at_risk").max(), reached=pl.col("reached").sum()
    )
    medians = quantiles_of(curves.rename({"days": "time"}), ["programme"], 0.5)
    return (
        counted.join(medians, on="programme", how="left")
        .rename({"quantile": "median"})
        .with_columns(basis=pl.col("programme").replace_strict(basis_of(snapshot.as_of)))
        .sort("programme")
    )


@cached(16)
@open_edition("persons")
def missing(
    snapshot: Snapshot, region: str = "", category: str = "", residence: str = ""
) -> pl.DataFrame:
    """
    Persons of the register by the combination of firm programmes they miss, most first; of
    programmes counted in persons alone.

    Columns: programmes (list of codes, empty list: nothing is missing), number, persons.
    """
    rows = cells(snapshot, "missing", region=region)
    for name, value in (("category", category), ("residence", residence)):
        if value:
            rows = rows.filter(pl.col(name) == value)
    codes = pl.col("missing").str.strip_chars_end("|").str.split("|")
    none = pl.lit([], dtype=pl.List(pl.String))
    return (
        rows.group_by("missing")
        .agg(persons=pl.col("n").sum())
        .sort("persons", "missing", descending=[True, False])
        .select(
            programmes=pl.when(pl.col("missing") == "").then(none).otherwise(codes),
            persons="persons",
        )
        .with_columns(number=pl.col("programmes").list.len())
    )
