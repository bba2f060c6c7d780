"""How long people are eligible before they are reached, and what they are missing."""

import polars as pl

from queries.answers.cells import cells
from queries.coarse import as_allowed
from queries.cubes.rules import basis_of
from queries.disclosure import guarded
from queries.kept import kept
from queries.snapshot import Snapshot
from queries.statistics.survival import kaplan_meier, quantiles_of


@kept(16)
def reach_curve(snapshot: Snapshot, region: str = "", category: str = "") -> pl.DataFrame:
    """
    From eligible to covered by programme, Kaplan–Meier; open cases censored.

    Columns: programme, days (calendar days), at_risk, reached, censored (persons), survival (not
    reached yet, 0–1), lower, upper.
    """
    snapshot.access.filters(category)
    rows = cells(snapshot, "reach", region=region)
    if category:
        rows = rows.filter(pl.col("category") == category)
    reached = pl.col("reached") == 1
    times = rows.group_by("programme", pl.col("days").alias("time")).agg(
        responded=pl.col("n").filter(reached).sum(), censored=pl.col("n").filter(~reached).sum()
    )
    shown = as_allowed(snapshot, times, ["programme"])
    curves = kaplan_meier(shown, ["programme"]).rename({"time": "days", "responded": "reached"})
    if not snapshot.access.rounded:
        return curves
    told = _reached(snapshot, region).filter(
        pl.col("persons").is_finite(), pl.col("reached").is_finite()
    )
    return curves.filter(pl.col("programme").is_in(told["programme"].implode()))


def _reached(snapshot: Snapshot, region: str) -> pl.DataFrame:
    """Persons eligible and persons reached by programme, which a curve tells."""

    def exact(_by: str, region: str) -> pl.DataFrame:
        rows = cells(snapshot, "reach", region=region)
        reached = pl.col("n").filter(pl.col("reached") == 1).sum()
        return rows.group_by("programme").agg(persons=pl.col("n").sum(), reached=reached)

    named = {"name": "reach", "counts": ("persons", "reached"), "parts": ("programme",)}
    return guarded(snapshot, exact, "programme", region, **named)


@kept(16)
def reach_medians(snapshot: Snapshot, region: str = "", category: str = "") -> pl.DataFrame:
    """
    Median days to reach by programme: programme, basis, persons, reached, median, lower, upper.

    median and its limits are empty when not reached.
    """
    curves = reach_curve(snapshot, region, category)
    counted = curves.group_by("programme").agg(
        persons=pl.col("at_risk").max(), reached=pl.col("reached").sum()
    )
    found = quantiles_of(curves.rename({"days": "time"}), ["programme"], 0.5)
    return (
        counted.join(found, on="programme", how="left")
        .rename({"quantile": "median"})
        .with_columns(basis=pl.col("programme").replace_strict(basis_of()))
        .sort("programme")
    )


@kept(16)
def missing(
    snapshot: Snapshot, region: str = "", category: str = "", residence: str = ""
) -> pl.DataFrame:
    """
    Persons of the register by the combination of firm programmes they miss, most first.

    Columns: programmes (list of codes, empty list: nothing is missing), number, persons.
    """
    snapshot.access.filters(category, residence)

    def exact(_by: str, region: str) -> pl.DataFrame:
        rows = cells(snapshot, "missing", region=region)
        for name, value in (("category", category), ("residence", residence)):
            if value:
                rows = rows.filter(pl.col(name) == value)
        return rows.group_by("missing").agg(persons=pl.col("n").sum())

    named = {"name": "missing", "counts": ("persons",), "parts": ("missing",)}
    shown = guarded(snapshot, exact, "missing", region, **named)
    codes = pl.col("missing").str.strip_chars_end("|").str.split("|")
    none = pl.lit([], dtype=pl.List(pl.String))
    return (
        shown.sort("persons", "missing", descending=[True, False])
        .select(
            programmes=pl.when(pl.col("missing") == "").then(none).otherwise(codes),
            persons="persons",
        )
        .with_columns(number=pl.col("programmes").list.len())
    )
