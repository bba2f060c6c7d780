"""Which groups an indicator is answered for, and whether its sources are connected for a group."""

from functools import cache

import polars as pl

from queries.access import programmes_of
from queries.answers import breakdowns, programme_sums
from queries.answers.cube_rows import cells
from queries.catalogue import COVERAGE, OF_PROGRAMMES, READS, Indicator, catalogue
from queries.region import LEVELS
from queries.store.snapshot import Cubes


def grid(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    """A row an indicator and group that an answer shows: id, group, source (`source_status`)."""
    regions = breakdowns.own_codes(snapshot, by) if by in LEVELS else []
    pairs = [
        (indicator.id, group)
        for indicator in catalogue().values()
        if by in indicator.breakdowns
        for group in (regions if by in LEVELS else groups(snapshot, indicator, by, region))
    ]
    return with_source(snapshot, by, pairs)


def with_source(snapshot: Cubes, by: str, pairs: list[tuple[str, str]]) -> pl.DataFrame:
    """Pairs of an indicator's id and a group as a frame: id, group, source (`source_status`)."""

    @cache
    def status(indicator: str, group: str) -> str:
        return source_status(snapshot, indicator, by, group)

    # Regions and categories have the same sources: asked for once.
    own = by in programme_sums.OF_PROGRAMMES
    return pl.DataFrame(
        [(i, group, status(i, group if own else "")) for i, group in pairs],
        schema=dict.fromkeys(("id", "group", "source"), pl.String),
        orient="row",
    )


def source_status(snapshot: Cubes, indicator: str, by: str, group: str) -> str:
    """
    no_data: a source of the indicator, for this group, is not connected, or not the user's;
    off_season: every programme it sums is; else ok.
    """
    own = snapshot.access.department
    if indicator == "I0802" and own and programme_sums.ALONE not in programmes_of(own):
        return "no_data"
    if indicator in COVERAGE:
        return programme_sums.figure_status(snapshot, indicator, by, group)
    connected = set(snapshot.manifest["connected"])
    return "ok" if set(READS.get(indicator, ())) <= connected else "no_data"


def groups(snapshot: Cubes, indicator: Indicator, by: str, region: str = "") -> list[str]:
    """Groups beside regions that an answer shows, those without anything included."""
    own = snapshot.access.department
    match by:
        case "category":
            return breakdowns.categories()
        case "department" if own:
            return [own]
        case "programme" if indicator.id in OF_PROGRAMMES:
            of_own = programmes_of(own) if own else OF_PROGRAMMES[indicator.id]
            return [code for code in OF_PROGRAMMES[indicator.id] if code in of_own]
        case "programme" if own:
            return programmes_of(own)
        case "department" if indicator.id in COVERAGE:
            return programme_sums.departments(indicator.id, snapshot.as_of)
        case "department":
            rows = cells(snapshot, "response", region=region)
            return breakdowns.departments(snapshot, rows["department"].unique())
        case "programme" if indicator.id in COVERAGE:
            return programme_sums.programmes(indicator.id, snapshot.as_of)
        case "programme":
            return breakdowns.programmes()
    raise ValueError(f"cannot group by {by}")
