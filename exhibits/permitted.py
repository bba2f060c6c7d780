"""Answers within a role's access: the lowest level of regions it sees, and what it may ask."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import polars as pl

from queries.access import OUTSIDE, AccessError
from queries.access.open_edition import hides, released
from queries.answers.periods import in_period, offered
from queries.answers.rates_of_others import standings
from queries.answers.significance import FEWEST
from queries.answers.topic_details import details
from queries.region import LEVELS, Region
from queries.scope import Scope
from queries.store.snapshot import Snapshot
from queries.store.versions import OlderDefinitions

T = TypeVar("T")

#: Topics recorded for the city or counties alone: below that they are unknown, not zero.
LOWEST = {"match": "city"} | dict.fromkeys(
    ("submission", "fund", "case_reason", "case_undecided"), "county"
)

LEVEL_NAMES = {"city": "全市", "county": "县区"}

#: Numbers of a survival curve, in cases or persons.
OBSERVED = ("at_risk", "responded", "reached", "censored")


def breakdown_level(snapshot: Snapshot, region: str) -> str:
    """The level below a region: townships of a county where the access allows, else counties."""
    return "township" if region and snapshot.access.lowest == "township" else "county"


def breakdown_region(snapshot: Snapshot, region: str) -> str:
    """The region to ask an answer for; the city where the access does not allow its townships."""
    return region if breakdown_level(snapshot, region) == "township" else ""


def require(snapshot: Snapshot, what: str, level: str) -> None:
    """AccessError where the access withholds an indicator or topic at a level of regions."""
    if snapshot.access.withholds(what, level, False):
        raise AccessError(OUTSIDE)


def where_permitted(
    findings: Callable[[Snapshot, Scope], Iterable[T]], snapshot: Snapshot, scope: Scope
) -> list[T]:
    """What `findings` gives; an empty list where it needs figures outside access or definitions."""
    try:
        return list(findings(snapshot, scope))
    except (AccessError, OlderDefinitions):
        return []


def topic(
    snapshot: Snapshot,
    name: str,
    since: date,
    by: str = "part",
    region: str = "",
    part: str | None = None,
) -> pl.DataFrame:
    """`details` down to the level the access allows; AccessError where it withholds the topic."""
    level = breakdown_level(snapshot, region) if by == "region" else Region(region).level
    require(snapshot, name, level)
    lowest = LOWEST.get(name, "township")
    if LEVELS[level] > LEVELS[lowest]:
        raise AccessError(f"此项最低按{LEVEL_NAMES[lowest]}统计")
    if by != "region":
        return details(snapshot, name, since, by, region, part)
    rows = details(snapshot, name, since, by, breakdown_region(snapshot, region), part)
    return rows.filter(Region(region).county.holds(pl.col("group")))


def released_curves(snapshot: Snapshot, curves: pl.DataFrame, region: str) -> pl.DataFrame:
    """Survival curves; in the open edition the numbers under observation are rounded."""
    counts = [name for name in curves.columns if name in OBSERVED]
    return released(curves, counts) if hides(snapshot, "", region) else curves


def region_rows(
    snapshot: Snapshot,
    by: str,
    period: str = "month",
    residence: str | None = None,
    category: str | None = None,
    indicator: str = "",
) -> list[dict]:
    """
    `in_period` by region, of one indicator or all.

    Other regions' rates have no limits, so `standing` is added.
    """
    days = offered(snapshot).get(period)
    marks = standings(snapshot, by, days.since) if days else {}
    rows = in_period(snapshot, period, by, "", residence, category)
    if indicator:
        rows = rows.filter(id=indicator)
    return [row | {"standing": marks.get((row["id"], row["group"]))} for row in rows.to_dicts()]


def enough(row: dict) -> bool:
    """Whether a rate has enough cases to be ranked; other regions' rates are given only if so."""
    return bool(row.get("standing")) or (row["denominator"] or 0) >= FEWEST


def outside(snapshot: Snapshot, row: dict) -> bool:
    """Whether a figure is withheld as outside the role's scope, not for being small."""
    return row["status"] == "suppressed" and not snapshot.access.open
