"""What a role may know of others: rates of counties, and how fast other departments answer.

A refresh stores them in cubes of their own, `rates.county` and `rates.department`, with columns
id, group, since (start of the period), value (0–100; null under 30 cases) and standing. These are
all that is open outside a role's own region and department.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from data.reference.departments import members
from queries.answers import breakdowns
from queries.answers.significance import FEWEST, standing
from queries.answers.values import COLUMNS, described
from queries.catalogue import catalogue
from queries.region import LEVELS
from queries.store.snapshot import Cubes, Draft

#: The one rate that departments know of one another.
OF_DEPARTMENTS = ("I0723",)

SCHEMA = {
    "id": pl.String,
    "group": pl.String,
    "since": pl.Date,
    "value": pl.Float64,
    "standing": pl.String,
}


def rates(
    draft: Draft, indicators: Callable[..., pl.DataFrame], by: str, periods: set[date]
) -> pl.DataFrame:
    """The cube `rates.<by>` of a day: of counties with the city, or of departments."""
    records = []
    for since in sorted(periods):
        city = {row["id"]: row for row in indicators(draft, "city", since).to_dicts()}
        rows = indicators(draft, by, since).to_dicts()
        for row in [*city.values(), *rows] if by == "county" else rows:
            about = catalogue()[row["id"]]
            if about.unit == "%" and (by == "county" or row["id"] in OF_DEPARTMENTS):
                mark = standing(about, row, city[row["id"]])
                few = row["status"] != "ok" or (row["denominator"] or 0) < FEWEST
                value = None if few else row["value"]
                records.append((row["id"], row["group"], since, value, None if few else mark))
    return pl.DataFrame(records, schema=SCHEMA, orient="row")


def of_others(
    snapshot: Cubes, by: str, since: date, narrowed: tuple[tuple[str, str], ...] = ()
) -> pl.DataFrame:
    """
    Figures of regions and departments outside the access, columns `COLUMNS`: of a rate stored for
    the period the value alone, everything else suppressed. Empty where nothing lies outside.
    """
    groups = _outside(snapshot, by)
    if not groups:
        return pl.DataFrame(
            schema=dict.fromkeys(COLUMNS, pl.String) | dict.fromkeys(COLUMNS[4:-1], pl.Float64)
        )
    ids = [i.id for i in catalogue().values() if by in i.breakdowns]
    rates_shown = OF_DEPARTMENTS if by == "department" else ids
    grid = pl.DataFrame(
        [(i, g) for i in rates_shown for g in groups], ["id", "group"], orient="row"
    )
    stored = _stored(snapshot, by, since)
    values = stored.clear() if narrowed else stored
    nothing = pl.lit(None, pl.Float64)
    return (
        grid.join(
            described().select("id", "name", "unit"), on="id", how="left", maintain_order="left"
        )
        .join(
            values.select("id", "group", "value"),
            on=["id", "group"],
            how="left",
            maintain_order="left",
        )
        .with_columns(
            numerator=nothing,
            denominator=nothing,
            lower=nothing,
            upper=nothing,
            status=pl.when(pl.col("value").is_null())
            .then(pl.lit("suppressed"))
            .otherwise(pl.lit("ok")),
        )
        .select(COLUMNS)
    )


def standings(snapshot: Cubes, by: str, since: date) -> dict[tuple[str, str], str]:
    """How others stand against the city, by indicator and group; empty where nothing is outside."""
    if not _outside(snapshot, by):
        return {}
    rows = _stored(snapshot, by, since).drop_nulls("standing")
    return {(i, group): mark for i, group, mark in rows.select("id", "group", "standing").rows()}


def _outside(snapshot: Cubes, by: str) -> list[str]:
    access = snapshot.access
    if by == "department":
        named = members(snapshot.as_of)
        return [code for code in named if code != access.department] if access.department else []
    if by not in LEVELS or not access.own or (by == "city" and not access.township):
        return []
    return [code for code in breakdowns.region_codes(snapshot, by) if not access.own.contains(code)]


def _stored(snapshot: Cubes, by: str, since: date) -> pl.DataFrame:
    """Rates of the period; none in a day stored by older code, and none in the open edition."""
    name = "rates.department" if by == "department" else "rates.county"
    if isinstance(snapshot, Draft) or snapshot.access.open or not snapshot.holds(name):
        return pl.DataFrame(schema=SCHEMA)
    return snapshot.cube(name).filter(since=since)
