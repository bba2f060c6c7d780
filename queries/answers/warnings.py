"""Warnings by state: how many, how many overdue, the oldest; the unrouted ones by how long."""

import polars as pl

from data.reference.policy_tables import limits
from queries.access.open_edition import open_edition
from queries.answers.breakdowns import city_code
from queries.answers.cube_rows import cells
from queries.answers.wait_bands import band, band_order
from queries.cache import cached
from queries.region import LEVELS
from queries.store.snapshot import Snapshot

BREAKDOWNS = ("city", "county", "township", "kind", "source", "programme")

#: Working days in which an unrouted warning is about to be overdue.
SOON = (1, 3, 5)


def wait_ends() -> tuple[int, ...]:
    """Upper ends of the bands of working days waited; the limit of routing is one of them."""
    return tuple(sorted({2, 5, limits()["warning.route"], 20, 40}))


def _grouped(snapshot: Snapshot, by: str, region: str) -> pl.DataFrame:
    rows = cells(snapshot, "warnings", by, region)
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
@open_edition("warnings", "overdue", *(f"due_{k}" for k in SOON), oldest="warnings")
def unrouted(snapshot: Snapshot, by: str, region: str = "", direction: str = "") -> pl.DataFrame:
    """
    Unrouted warnings by group, most first.

    Columns: group, warnings, overdue, oldest (working days), and due_1, due_3, due_5: not overdue
    yet, but so in that many working days unless routed.
    """
    n, wait, limit = pl.col("n"), pl.col("wait"), limits()["warning.route"]
    soon = {f"due_{k}": n.filter(wait <= limit, wait + k > limit).sum() for k in SOON}
    return (
        _unrouted(snapshot, by, region, direction)
        .group_by("group")
        .agg(
            warnings=n.sum(),
            overdue=n.filter(pl.col("overdue") == 1).sum(),
            oldest=wait.max(),
            **soon,
        )
        .sort("warnings", "group", descending=[True, False])
    )


def _unrouted(snapshot: Snapshot, by: str, region: str, direction: str) -> pl.DataFrame:
    rows = _grouped(snapshot, by, region).filter(pl.col("state") == "unrouted")
    return rows.filter(pl.col("direction") == direction) if direction else rows


@cached(32)
@open_edition("warnings")
def ages(snapshot: Snapshot, by: str, region: str = "", direction: str = "") -> pl.DataFrame:
    """Unrouted warnings by group and band of working days waited: group, band, warnings."""
    return (
        _unrouted(snapshot, by, region, direction)
        .group_by("group", band=band("wait", wait_ends()))
        .agg(warnings=pl.col("n").sum())
        .sort("group", band_order("band", wait_ends()))
    )


@cached(16)
@open_edition("warnings", "overdue")
def passed(snapshot: Snapshot, by: str, region: str = "") -> pl.DataFrame:
    """Open warnings that are passed around (多头流转) by group, most first: warnings, overdue."""
    n = pl.col("n")
    return (
        _grouped(snapshot, by, region)
        .filter(pl.col("passed") == 1, pl.col("state") != "closed")
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
