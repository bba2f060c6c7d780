"""The headline figures of the counties beside the city's, as sentence, matrix and table."""

from dataclasses import dataclass

import polars as pl

from exhibits.permitted import outside, region_rows
from exhibits.standing import MARKS
from exhibits.wording import names, words
from exhibits.wording.figures import figure, short
from queries.access import OUTSIDE, AccessError
from queries.answers.indicators import indicators
from queries.answers.significance import standing
from queries.catalogue import Indicator, compared
from queries.store.snapshot import Snapshot

CELLS = dict.fromkeys(("y", "x", "text", "mark", "code", "hover"), pl.String)


@dataclass(frozen=True)
class HeadlineFigures:
    """Rows of `indicators`: the city's by indicator, the counties' by code and indicator."""

    indicators: list[Indicator]
    city: dict[str, dict]
    counties: dict[str, dict[str, dict]]
    name_by_code: dict[str, str]

    def standing(self, indicator: Indicator, county: str) -> str:
        """A county's figure against the city's: improvement, concern, usual, few, none, hidden."""
        row = self.counties[county][indicator.id]
        return standing(indicator, row, self.city[indicator.id])


def headline_figures(snapshot: Snapshot) -> HeadlineFigures:
    """Of the indicators whose other counties the role may know; AccessError where of none."""
    counties: dict[str, dict[str, dict]] = {}
    for row in region_rows(snapshot, "county"):
        counties.setdefault(row["group"], {})[row["id"]] = row
    return HeadlineFigures(
        indicators=_comparable(snapshot, counties),
        city={row["id"]: row for row in indicators(snapshot, "city").to_dicts()},
        counties=counties,
        name_by_code=dict(names.region_names(snapshot)),
    )


def _comparable(snapshot: Snapshot, counties: dict[str, dict[str, dict]]) -> list[Indicator]:
    """Compared indicators of which the role may know more counties than its own."""
    own = snapshot.access.county
    others = [rows for county, rows in counties.items() if county != own]
    shown_ids = {i for rows in others for i, row in rows.items() if not outside(snapshot, row)}
    chosen = [i for i in compared() if i.id in shown_ids or not others]
    if not chosen:
        raise AccessError(OUTSIDE)
    return chosen


def worse_than_city(figures: HeadlineFigures) -> str:
    """The three counties with most indicators significantly worse than the city's, in words."""
    worse = {
        county: sum(figures.standing(i, county) == "concern" for i in figures.indicators)
        for county in figures.counties
    }
    most = sorted((c for c in worse if worse[c]), key=lambda c: (-worse[c], c))[:3]
    if not most:
        return "所列指标中，各县区均无显著劣于全市的。"
    listed = words.listed([f"{figures.name_by_code[c]}（{worse[c]}项）" for c in most])
    return f"有指标显著劣于全市的县区，较多的是{listed}。"


def matrix_cells(figures: HeadlineFigures) -> pl.DataFrame:
    """The data of a matrix chart: the city's line, then a line a county."""
    whole = {i.id: figures.city[i.id] for i in figures.indicators}
    cells = [
        ("全市", i.name, short(whole[i.id]), "usual", "", figure(whole[i.id]))
        for i in figures.indicators
    ]
    for code, rows in figures.counties.items():
        county = figures.name_by_code[code]
        for i in figures.indicators:
            mark = figures.standing(i, code)
            text = f"{short(rows[i.id])}{MARKS.get(mark, '')}"
            hover = f"{county}：{i.name} {figure(rows[i.id])}<br>全市 {figure(whole[i.id])}"
            cells.append((county, i.name, text, mark, code, hover))
    return pl.DataFrame(cells, schema=CELLS, orient="row")


def table(figures: HeadlineFigures) -> pl.DataFrame:
    """地区 and a column an indicator: the city, then the counties; empty without counties."""
    if not figures.counties:
        return pl.DataFrame()
    lines = [_line("全市", figures.city, figures.indicators)]
    for code, rows in figures.counties.items():
        lines.append(_line(figures.name_by_code[code], rows, figures.indicators))
    return pl.DataFrame(lines)


def _line(region: str, rows: dict[str, dict], chosen: list[Indicator]) -> dict:
    figures = {f"{i.name}（{i.unit}）": _number(rows[i.id]) for i in chosen}
    hidden = any(rows[i.id]["status"] == "suppressed" for i in chosen)
    return {"地区": region, **figures, "suppressed": hidden}


def _number(row: dict) -> float | None:
    return None if row["value"] is None else round(float(row["value"]), 2)
