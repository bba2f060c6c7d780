"""县区地图: an indicator by county, and by township in a county."""

from datetime import date

import polars as pl

from exhibits import classes, names, words
from exhibits.common import SIGNIFICANCE, figure, made, narrows, short
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from exhibits.maps.words import map_finding, map_table
from exhibits.recipe import builder
from geo import boundaries
from queries.answers.indicators import indicators
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope, before
from queries.snapshot import Snapshot

PAGE = "县区地图"


def _narrowing(scope: Scope, indicator: str) -> tuple[str | None, str | None]:
    if not narrows(indicator):
        return None, None
    return scope.residence or None, scope.category or None


def rows_of(
    snapshot: Snapshot, scope: Scope, indicator: str, by: str, since: date | None = None
) -> list[dict]:
    """An indicator's figures by region; of the scope's county when the cut is townships."""
    residence, category = _narrowing(scope, indicator)
    found = indicators(snapshot, by, since, residence, category).filter(id=indicator)
    if by == "township":
        found = found.filter(pl.col("group").str.starts_with(scope.region[:6]))
    return found.to_dicts()


@builder
def county_map(
    snapshot: Snapshot,
    scope: Scope,
    indicator: str,
    by_significance: bool = False,
    second: str = "",
    page: str = PAGE,
    since: date | None = None,
) -> Exhibit:
    """
    Counties by colour; `second` is a count shown as circles. In a county, its townships.

    `since`: the start of a flow's period, by default the month to date.
    """
    about = catalogue()[indicator]
    city = rows_of(snapshot, scope, indicator, "city", since)[0]
    rows = rows_of(snapshot, scope, indicator, "county", since)
    named = names.region_names(snapshot)
    drawn, legend = _classed(about, rows, city, by_significance)
    data = _map_rows(snapshot, scope, rows, drawn, named, second)
    focus = scope.region[:6]
    if focus:
        townships = rows_of(snapshot, scope, indicator, "township", since)
        drawn, legend = _classed(about, townships, city, by_significance)
        data = pl.concat([data, _township_rows(townships, drawn, named)])
        shown = townships
    else:
        shown = rows
    own = next((row for row in rows if row["group"] == focus), city)
    order = {mark: mark_text(mark, legend) for mark in data["mark"].unique()}
    return made(
        snapshot,
        scope,
        page,
        key=f"map-{indicator}",
        title=f"{about.name}分布图",
        question=f"{about.name}分布在哪里？",
        finding=map_finding(
            about,
            shown,
            city,
            named,
            names.place(snapshot, focus),
            own,
            _change(snapshot, scope, own) if scope.compared and since is None else "",
        ),
        table=map_table(about, shown, named, drawn, order),
        chart=Chart(
            kind="map",
            data=data,
            unit=about.unit,
            description=f"{names.place(snapshot, focus)}{about.name}分布图，颜色分级，标注数值",
            classes=legend,
            focus=focus,
            credit=boundaries.CREDIT,
        ),
        definition=f"{definition(indicator)}{SIGNIFICANCE if by_significance else ''}",
        persons=narrows(indicator),
    )


def _classed(
    about: Indicator, rows: list[dict], city: dict, by_significance: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    if by_significance and about.is_rate and about.better != "neutral":
        marks = classes.of_significance(about, rows, city)
        return marks, classes.legend_of_significance(set(marks))
    values = classes.known_values(about, rows)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, rows, ends)
    lowest = min(values, default=0)
    return marks, classes.legend_of_quantiles(about, ends, lowest, set(marks))


MAP_SCHEMA = {
    "code": pl.String,
    "kind": pl.String,
    "text": pl.String,
    "mark": pl.String,
    "hover": pl.String,
    "size": pl.Float64,
}


def _map_rows(
    snapshot: Snapshot,
    scope: Scope,
    rows: list[dict],
    marks: list[str],
    named: dict[str, str],
    second: str,
) -> pl.DataFrame:
    sizes = {}
    if second and not scope.region:
        other = rows_of(snapshot, scope, second, "county")
        sizes = {r["group"]: r["value"] for r in other if r["status"] == "ok"}
    about = catalogue()
    records = []
    for row, mark in zip(rows, marks, strict=True):
        code = row["group"]
        hover = f"{named.get(code, code)}：{about[row['id']].name} {figure(row)}"
        if code in sizes:
            hover += f"；{about[second].name} {words.value(sizes[code], about[second].unit)}"
        arrow = {"improvement": " ▲", "concern": " ▼"}.get(mark, "")
        record = (code, "county", short(row) + arrow, mark, hover, sizes.get(code))
        records.append(record)
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")


def _township_rows(rows: list[dict], marks: list[str], named: dict[str, str]) -> pl.DataFrame:
    """Rate by colour and cases by size; of a count, the count by size."""
    records = []
    for row, mark in zip(rows, marks, strict=True):
        about, known = catalogue()[row["id"]], row["status"] == "ok"
        size = (row["denominator"] if about.is_rate else row["value"]) if known else 0
        hover = f"{named.get(row['group'], row['group'])}：{figure(row)}"
        records.append((row["group"], "township", short(row), mark, hover, float(size or 0)))
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")


def _change(snapshot: Snapshot, scope: Scope, row: dict) -> str:
    """，较2026年7月31日上升0.30个百分点"""
    then = before(snapshot, scope)
    level = "county" if scope.region else "city"
    old = {r["group"]: r["value"] for r in rows_of(then, scope, row["id"], level)}
    since = words.change_since(row["value"], old.get(row["group"]), row["unit"], then.as_of)
    return f"，{since}"


def mark_text(mark: str, legend: tuple[tuple[str, str], ...]) -> str:
    """The legend's words for a class."""
    return next((label for label, known in legend if known == mark), "")
