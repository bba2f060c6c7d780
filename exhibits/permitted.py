"""What an access holds of regions and topics, asked for as far down as it is shown."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import polars as pl

from queries.access import OUTSIDE, AccessError
from queries.access.open_edition import hides, released
from queries.answers.cube_rows import level_of
from queries.answers.figures import month_start
from queries.answers.indicators import indicators
from queries.answers.rates_of_others import standings
from queries.answers.significance import FEWEST
from queries.answers.topic_details import details
from queries.region import LEVELS
from queries.scope import Scope
from queries.store.snapshot import Snapshot

T = TypeVar("T")

#: Topics that are recorded of the city or of counties alone: in a township they are not nothing.
LOWEST = {"match": "city"} | dict.fromkeys(
    ("submission", "fund", "case_reason", "case_undecided"), "county"
)

LEVEL_NAMES = {"city": "全市", "county": "县区"}

#: Numbers of a survival curve, in cases or persons.
OBSERVED = ("at_risk", "responded", "reached", "censored")


def broken_down(snapshot: Snapshot, region: str) -> str:
    """The level of a region's parts: counties, or townships of a county where these are shown."""
    return "township" if region and snapshot.access.lowest == "township" else "county"


def inside(snapshot: Snapshot, region: str) -> str:
    """The region to ask for when an answer would break it down to a level that is not shown."""
    return region if broken_down(snapshot, region) == "township" else ""


def require(snapshot: Snapshot, what: str, level: str) -> None:
    """AccessError where an indicator or topic at a level of regions is not the department's."""
    if snapshot.access.withholds(what, level, False):
        raise AccessError(OUTSIDE)


def where_permitted(
    findings: Callable[[Snapshot, Scope], Iterable[T]], snapshot: Snapshot, scope: Scope
) -> list[T]:
    """What `findings` gives; nothing where the access does not hold what they rest on."""
    try:
        return list(findings(snapshot, scope))
    except AccessError:
        return []


def topic(
    snapshot: Snapshot, name: str, since: date, by: str = "part", region: str = ""
) -> pl.DataFrame:
    """`details` as far down as is shown; AccessError where the access holds nothing of a topic."""
    level = broken_down(snapshot, region) if by == "region" else level_of(region)
    require(snapshot, name, level)
    lowest = LOWEST.get(name, "township")
    if LEVELS[level] > LEVELS[lowest]:
        raise AccessError(f"此项最低按{LEVEL_NAMES[lowest]}统计")
    if by != "region":
        return details(snapshot, name, since, by, region)
    rows = details(snapshot, name, since, by, inside(snapshot, region))
    return rows.filter(pl.col("group").str.starts_with(region[:6]))


def released_curves(snapshot: Snapshot, curves: pl.DataFrame, region: str) -> pl.DataFrame:
    """Survival curves with the numbers under observation as the edition shows them."""
    counts = [name for name in curves.columns if name in OBSERVED]
    return released(curves, counts) if hides(snapshot, "", region) else curves


def region_rows(
    snapshot: Snapshot,
    by: str,
    since: date | None = None,
    residence: str | None = None,
    category: str | None = None,
) -> list[dict]:
    """`indicators` by region; rates of others bring their `standing`, for their limits do not."""
    marks = standings(snapshot, by, since or month_start(snapshot.as_of))
    rows = indicators(snapshot, by, since, residence, category).to_dicts()
    return [row | {"standing": marks.get((row["id"], row["group"]))} for row in rows]


def enough(row: dict) -> bool:
    """Whether a rate is of enough cases to be ranked; rates of others are shown only if so."""
    return bool(row.get("standing")) or (row["denominator"] or 0) >= FEWEST


def outside(snapshot: Snapshot, row: dict) -> bool:
    """Whether a figure is not shown because it is not the role's to know, not for being small."""
    return row["status"] == "suppressed" and not snapshot.access.open
