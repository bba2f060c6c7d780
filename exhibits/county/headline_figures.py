"""The headline figures of the counties beside the city's, and their table."""

from dataclasses import dataclass

import polars as pl

from exhibits.parts import with_parts
from exhibits.permitted import outside, region_rows
from exhibits.wording import names
from exhibits.wording.periods import name_of
from queries.access import OUTSIDE, AccessError
from queries.answers.periods import in_period
from queries.answers.significance import standing
from queries.cache import cached
from queries.catalogue import QUANTILES, Indicator, catalogue, compared
from queries.store.snapshot import Snapshot

#: Counts of a county that are no part of the city's: programmes.
NOT_ADDED = ("I0895",)


@dataclass(frozen=True)
class HeadlineFigures:
    """
    Rows of `indicators`: the city's by indicator, the counties' by code and indicator.

    `names`: of the figures by indicator, with the period of a flow.
    """

    indicators: list[Indicator]
    names: dict[str, str]
    city: dict[str, dict]
    counties: dict[str, dict[str, dict]]
    name_by_code: dict[str, str]

    def standing(self, indicator: Indicator, county: str) -> str:
        """A county's figure against the city's: improvement, concern, usual, few, none, hidden."""
        row = self.counties[county][indicator.id]
        return standing(indicator, row, self.city[indicator.id])

    def share(self, indicator: Indicator, county: str) -> float | None:
        """A county's part of the city's count, 0–100; None of what does not add up to the city."""
        if indicator.is_rate or indicator.id in (*QUANTILES, *NOT_ADDED):
            return None
        own, whole = self.counties[county][indicator.id]["value"], self.city[indicator.id]["value"]
        return own / whole * 100 if own is not None and whole else None


@cached(6)
def headline_figures(snapshot: Snapshot, period: str) -> HeadlineFigures:
    """Of the indicators whose other counties the role may know; AccessError where of none."""
    counties: dict[str, dict[str, dict]] = {}
    for row in region_rows(snapshot, "county", period):
        counties.setdefault(row["group"], {})[row["id"]] = row
    comparable = _comparable(snapshot, counties)
    return HeadlineFigures(
        indicators=comparable,
        names={i.id: name_of(i, period) for i in comparable},
        city={row["id"]: row for row in in_period(snapshot, period).to_dicts()},
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


def table(figures: HeadlineFigures) -> pl.DataFrame:
    """地区 and a column an indicator: the city, then the counties; empty without counties."""
    if not figures.counties:
        return pl.DataFrame()
    ids = with_parts(tuple(i.id for i in figures.indicators))
    shown = [catalogue()[i] for i in ids if all(i in rows for rows in figures.counties.values())]
    # The parts of a figure are stocks, whose names have no period.
    name_by_id = {i.id: f"{figures.names.get(i.id, i.name)}（{i.unit}）" for i in shown}
    lines = [_line("全市", figures.city, name_by_id)]
    for code, rows in figures.counties.items():
        lines.append(_line(figures.name_by_code[code], rows, name_by_id))
    return pl.DataFrame(lines)


def _line(region: str, rows: dict[str, dict], name_by_id: dict[str, str]) -> dict:
    cells = {name: _number(rows[i]) for i, name in name_by_id.items()}
    hidden = any(rows[i]["status"] == "suppressed" for i in name_by_id)
    return {"地区": region, **cells, "suppressed": hidden}


def _number(row: dict) -> float | None:
    return None if row["value"] is None else round(float(row["value"]), 2)
