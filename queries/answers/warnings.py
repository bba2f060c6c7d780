"""Warnings by state: how many, how many overdue, the oldest; the unrouted ones by how long."""

from functools import partial

import polars as pl

from data.reference import limits
from queries.answers.bands import band, band_order
from queries.answers.cells import cells
from queries.answers.regions import city_code
from queries.cubes.measures import LEVELS
from queries.disclosure import guarded, hidden_with
from queries.kept import kept
from queries.snapshot import Snapshot

CUTS = ("city", "county", "township", "kind", "source", "programme")

#: Working days in which an unrouted warning is about to be overdue.
SOON = (1, 3, 5)

#: Upper ends of the bands of working days waited; the limit of routing is one of them.
BANDS = (2, 5, 11, 20, 40)


def _grouped(snapshot: Snapshot, by: str, region: str) -> pl.DataFrame:
    rows = cells(snapshot, "warnings", by, region)
    if by == "city":
        return rows.with_columns(group=pl.lit(city_code(snapshot)))
    return rows.with_columns(group=pl.col("region" if by in LEVELS else by).fill_null(""))


@kept(32)
def warnings(snapshot: Snapshot, by: str, region: str = "") -> pl.DataFrame:
    """
    Columns: group (code, empty when the row has none), direction, state, warnings, overdue,
    oldest_workdays (both empty for closed ones). Cells without a warning are left out.
    """
    shown = guarded(
        snapshot,
        partial(_by_state, snapshot),
        by,
        region,
        name="warnings",
        counts=("warnings", "overdue"),
        parts=("group", "direction", "state"),
    )
    still_open = pl.col("state") != "closed"
    return (
        shown.pipe(hidden_with, "warnings", "oldest_workdays")
        .with_columns(pl.when(still_open).then(pl.col("overdue", "oldest_workdays")))
        .sort("group", "direction", "state")
    )


def _by_state(snapshot: Snapshot, by: str, region: str) -> pl.DataFrame:
    return (
        _grouped(snapshot, by, region)
        .group_by("group", "direction", "state")
        .agg(
            warnings=pl.col("n").sum(),
            overdue=(pl.col("overdue") * pl.col("n")).sum(),
            oldest_workdays=pl.col("wait").max(),
        )
        .filter(pl.col("warnings") > 0)
    )


@kept(32)
def unrouted(snapshot: Snapshot, by: str, region: str = "", direction: str = "") -> pl.DataFrame:
    """
    Unrouted warnings by group, most first.

    Columns: group, warnings, overdue, oldest (working days), and due_1, due_3, due_5: not overdue
    yet, but so in that many working days unless routed.
    """
    shown = guarded(
        snapshot,
        lambda by, region: _waiting(snapshot, by, region, direction),
        by,
        region,
        name=f"unrouted {direction}",
        counts=("warnings", "overdue", *(f"due_{k}" for k in SOON)),
    )
    hidden = hidden_with(shown, "warnings", "oldest")
    return hidden.sort("warnings", "group", descending=[True, False])


def _waiting(snapshot: Snapshot, by: str, region: str, direction: str) -> pl.DataFrame:
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
    )


def _unrouted(snapshot: Snapshot, by: str, region: str, direction: str) -> pl.DataFrame:
    rows = _grouped(snapshot, by, region).filter(pl.col("state") == "unrouted")
    return rows.filter(pl.col("direction") == direction) if direction else rows


@kept(32)
def ages(snapshot: Snapshot, by: str, region: str = "", direction: str = "") -> pl.DataFrame:
    """Unrouted warnings by group and band of working days waited: group, band, warnings."""

    def exact(by: str, region: str) -> pl.DataFrame:
        rows = _unrouted(snapshot, by, region, direction)
        banded = rows.group_by("group", band=band("wait", BANDS))
        return banded.agg(warnings=pl.col("n").sum())

    named = {"name": f"ages {direction}", "counts": ("warnings",), "parts": ("group", "band")}
    shown = guarded(snapshot, exact, by, region, **named)
    return shown.sort("group", band_order("band", BANDS))


def open_list(snapshot: Snapshot, region: str = "") -> pl.DataFrame:
    """
    Open warnings, longest wait first; no person, no household, the tail of the case number alone.

    Columns: case (last 6 characters), region (township), direction, kind, source, programme,
    state, days (working days), overdue, passed (0 or 1; 多头流转).
    """
    return (
        snapshot.cube("open_warnings")
        .filter(pl.col("region").fill_null("").str.starts_with(region))
        .with_columns(pl.col("case").str.tail(6))
        .sort("days", "case", descending=[True, False], nulls_last=True)
    )


def paths(snapshot: Snapshot, region: str = "", direction: str = "") -> pl.DataFrame:
    """Warnings on their way: source, department (see the cube `warning_paths`), result, n."""
    cut = ("source", "department", "result")

    def exact(_by: str, region: str) -> pl.DataFrame:
        rows = cells(snapshot, "warning_paths", region=region)
        chosen = rows.filter(pl.col("direction") == direction) if direction else rows
        return chosen.group_by(cut).agg(pl.col("n").sum())

    named = {"name": f"paths {direction}", "counts": ("n",), "parts": cut}
    return guarded(snapshot, exact, "path", region, **named)
