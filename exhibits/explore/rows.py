"""The figures of the chosen indicators by a breakdown."""

import polars as pl

from data.reference import policy_tables
from exhibits.make import narrows
from exhibits.permitted import require
from exhibits.wording import names
from queries.answers.cube_rows import own_group
from queries.answers.periods import in_period
from queries.answers.trend import series
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot


def breakdown_rows(snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], by: str) -> pl.DataFrame:
    """id, group, label, value, numerator, denominator, lower, upper, status in order."""
    if by == "month":
        return _months(snapshot, scope, ids)
    narrowed = (scope.residence or None, scope.category or None)
    all_persons = all(narrows(i) for i in ids)
    residence, category = narrowed if all_persons else (None, None)
    if by == "category":
        category = None
    if by == "residence":
        return _residences(snapshot, scope, ids, category)
    rows = in_period(snapshot, scope.period, by, scope.region, residence, category)
    rows = rows.filter(pl.col("id").is_in(ids))
    if by == "category":
        for indicator in ids:
            require(snapshot, indicator, scope.region.level)
    # A role of one county compares it with the others.
    if by == "township" or (by == "county" and not snapshot.access.own):
        rows = rows.filter(scope.region.county.holds(pl.col("group")))
    labels = {
        "department": names.departments(),
        "programme": names.programmes(),
        "category": names.categories(),
        "task_row": _task_names(),
    }.get(by, names.region_names(snapshot))
    return rows.with_columns(label=pl.col("group").replace(labels))


def _residences(
    snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], category: str | None
) -> pl.DataFrame:
    """The same indicators of persons in the country and in town."""
    level, group = scope.region.level, own_group(snapshot, scope.region)
    frames = [
        in_period(snapshot, scope.period, level, "", code, category)
        .filter(pl.col("id").is_in(ids), group=group)
        .with_columns(label=pl.lit(name))
        for code, name in names.RESIDENCES.items()
    ]
    return pl.concat(frames)


def _task_names() -> dict[str, str]:
    rows = policy_tables.table("tasks").select("row_id", "title").rows()
    return {row: f"{row} {title}" for row, title in rows}


def _months(snapshot: Snapshot, scope: Scope, ids: tuple[str, ...]) -> pl.DataFrame:
    opened = month_ends(snapshot)
    level = scope.region.level
    nothing = pl.lit(None, pl.Float64)
    if not opened:
        schema = {"id": pl.String, "group": pl.String, "label": pl.String, "status": pl.String}
        floats = ("value", "numerator", "denominator", "lower", "upper")
        return pl.DataFrame(schema=schema | dict.fromkeys(floats, pl.Float64))
    rows = series(opened, ids, level, "").filter(group=own_group(snapshot, scope.region))
    return rows.select(
        "id",
        "group",
        "value",
        "status",
        label=pl.col("as_of").dt.strftime("%Y-%m"),
        numerator=nothing,
        denominator=nothing,
        lower="lower",
        upper="upper",
    )
