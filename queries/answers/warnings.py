"""Warnings by state: how many, how many overdue, the oldest; those without a destination apart."""

import polars as pl

from queries.access.open_edition import open_edition
from queries.answers.breakdowns import city_code
from queries.answers.cube_rows import cells
from queries.answers.wait_bands import band, band_order
from queries.cache import cached
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.region import LEVELS
from queries.store.snapshot import Snapshot

BREAKDOWNS = ("city", "county", "township", "kind", "source", "programme")

#: Working days in which a warning is about to be overdue.
SOON = (1, 3, 5)

#: Upper ends of the bands of working days over the limit.
OVER_ENDS = (5, 10, 20, 40)

#: What a day stored by older code lacks.
LATER = ("left", "returned_twice")


def _grouped(snapshot: Snapshot, by: str, region: str) -> pl.DataFrame:
    rows = cells(snapshot, "warnings", by, region)
    missing = [name for name in LATER if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None, pl.Int64).alias(name) for name in missing)
    if by == "city":
        return rows.with_columns(group=pl.lit(city_code(snapshot)))
    return rows.with_columns(group=pl.col("region" if by in LEVELS else by).fill_null(""))


@cached(32)
@open_edition("warnings", "overdue", oldest_workdays="warnings")
def warnings(snapshot: Snapshot, by: str, region: str = "") -> pl.DataFrame:
    """
    Columns: group (code, empty when the row has none), direction, state, warnings, overdue,
    oldest_workdays (both empty for closed ones). Cells without a warning are left out.
    """
    still_open = pl.col("state") != "closed"
    return (
        _grouped(snapshot, by, region)
        .group_by("group", "direction", "state")
        .agg(
            warnings=pl.col("n").sum(),
            overdue=(pl.col("overdue") * pl.col("n")).sum(),
            oldest_workdays=pl.col("wait").max(),
        )
        .filter(pl.col("warnings") > 0)
        .with_columns(pl.when(still_open).then(pl.col("overdue", "oldest_workdays")))
        .sort("group", "direction", "state")
    )


@cached(32)
@open_edition(
    "warnings", "overdue", *WITHOUT_DESTINATION, *(f"due_{k}" for k in SOON), oldest="warnings"
)
def without_destination(
    snapshot: Snapshot, by: str, region: str = "", direction: str = ""
) -> pl.DataFrame:
    """
    Warnings without a destination (未转办) by group, most first.

    Columns: group, warnings and its parts unverified, unrouted, own, overdue, oldest (working
    days), and due_1, due_3, due_5: not overdue yet, but so in that many working days.
    """
    n, late = pl.col("n"), pl.col("overdue") == 1
    soon = {f"due_{k}": n.filter(~late, pl.col("left") < k).sum() for k in SOON}
    parts = {state: n.filter(pl.col("state") == state).sum() for state in WITHOUT_DESTINATION}
    return (
        _without_destination(snapshot, by, region, direction)
        .group_by("group")
        .agg(
            warnings=n.sum(),
            overdue=n.filter(late).sum(),
            oldest=pl.col("wait").max(),
            **parts,
            **soon,
        )
        .sort("warnings", "group", descending=[True, False])
    )


def _without_destination(snapshot: Snapshot, by: str, region: str, direction: str) -> pl.DataFrame:
    nowhere = pl.col("state").is_in(WITHOUT_DESTINATION)
    rows = _grouped(snapshot, by, region).filter(nowhere)
    return rows.filter(pl.col("direction") == direction) if direction else rows


@cached(32)
@open_edition("warnings")
def over_limit(snapshot: Snapshot, by: str, region: str = "", direction: str = "") -> pl.DataFrame:
    """
    Warnings without a destination by group, state and band of working days over their limit:
    group, state, band (null: within the limit), warnings.
    """
    over = pl.when(pl.col("overdue") == 1).then(band("over", OVER_ENDS))
    return (
        _without_destination(snapshot, by, region, direction)
        .with_columns(over=-pl.col("left"))
        .group_by("group", "state", over.alias("band"))
        .agg(warnings=pl.col("n").sum())
        .sort("group", "state", band_order("band", OVER_ENDS))
    )


@cached(16)
@open_edition("warnings", "overdue")
def returned_twice(snapshot: Snapshot, by: str, region: str = "") -> pl.DataFrame:
    """Open warnings sent back twice or more (多次退回) by group, most first: warnings, overdue."""
    n = pl.col("n")
    return (
        _grouped(snapshot, by, region)
        .filter(pl.col("returned_twice") == 1)
        .group_by("group")
        .agg(warnings=n.sum(), overdue=(pl.col("overdue") * n).sum())
        .sort("warnings", "group", descending=[True, False])
    )


@open_edition("n")
def paths(snapshot: Snapshot, region: str = "", direction: str = "") -> pl.DataFrame:
    """Warnings on their way: source, department (see the cube `warning_paths`), result, n."""
    rows = cells(snapshot, "warning_paths", region=region)
    chosen = rows.filter(pl.col("direction") == direction) if direction else rows
    return chosen.group_by("source", "department", "result").agg(pl.col("n").sum())
