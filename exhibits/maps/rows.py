"""The figures of a map by region, and the rows of its chart."""

from collections.abc import Mapping

import polars as pl

from exhibits.make import narrows
from exhibits.permitted import region_rows
from exhibits.wording.figures import figure, short
from exhibits.wording.periods import name_of
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

MAP_SCHEMA = {
    "code": pl.String,
    "kind": pl.String,
    "text": pl.String,
    "mark": pl.String,
    "hover": pl.String,
    "size": pl.Float64,
}


def narrowing(scope: Scope, indicator: str) -> tuple[str | None, str | None]:
    """Residence and category of the scope where they narrow what the indicator counts."""
    if not narrows(indicator):
        return None, None
    return scope.residence or None, scope.category or None


def rows_of(snapshot: Snapshot, scope: Scope, indicator: str, by: str) -> list[dict]:
    """An indicator's figures by region; of the scope's county when broken down by township."""
    residence, category = narrowing(scope, indicator)
    county = scope.region.county if by == "township" else ""
    return [
        row
        for row in region_rows(snapshot, by, scope.period, residence, category, indicator)
        if row["group"].startswith(county)
    ]


def county_rows(
    snapshot: Snapshot,
    scope: Scope,
    rows: list[dict],
    marks: list[str],
    name_by_code: Mapping[str, str],
    second: str,
) -> pl.DataFrame:
    others = rows_of(snapshot, scope, second, "county") if second and not scope.region else []
    circle_by_code = {r["group"]: r for r in others if r["status"] in ("ok", "suppressed")}
    about = catalogue()
    records = []
    for row, mark in zip(rows, marks, strict=True):
        code = row["group"]
        name = name_of(about[row["id"]], scope.period)
        hover = f"{name_by_code.get(code, code)}：{name} {figure(row)}"
        if code in circle_by_code:
            second_name = name_of(about[second], scope.period)
            hover += f"；{second_name} {figure(circle_by_code[code])}"
        arrow = {"improvement": " ▲", "concern": " ▼"}.get(mark, "")
        record = (
            code,
            "county",
            short(row) + arrow,
            mark,
            hover,
            circle_by_code.get(code, {}).get("value"),
        )
        records.append(record)
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")


def township_rows(
    rows: list[dict], marks: list[str], name_by_code: Mapping[str, str]
) -> pl.DataFrame:
    """Rate by colour and cases by size; of a count, the count by size."""
    records = []
    for row, mark in zip(rows, marks, strict=True):
        about, has_figure = catalogue()[row["id"]], row["status"] == "ok"
        size = (row["denominator"] if about.is_rate else row["value"]) if has_figure else 0
        hover = f"{name_by_code.get(row['group'], row['group'])}：{figure(row)}"
        records.append((row["group"], "township", short(row), mark, hover, float(size or 0)))
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")
