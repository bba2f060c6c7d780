"""Which groups an indicator is answered for, and whether its sources are connected for a group."""

import polars as pl

from queries.access import programmes_of
from queries.answers import breakdowns, coverage
from queries.answers.cube_rows import cells
from queries.catalogue import COVERAGE, OF_PROGRAMMES, READS, Indicator, catalogue
from queries.region import LEVELS
from queries.store.snapshot import Cubes


def grid(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    """A row an indicator and group that an answer shows: id, group, absent (`is_absent`)."""
    regions = breakdowns.own_codes(snapshot, by) if by in LEVELS else []
    pairs = [
        (indicator.id, group)
        for indicator in catalogue().values()
        if by in indicator.breakdowns
        for group in (regions if by in LEVELS else groups(snapshot, indicator, by, region))
    ]
    return with_absence(snapshot, by, pairs)


def with_absence(snapshot: Cubes, by: str, pairs: list[tuple[str, str]]) -> pl.DataFrame:
    """Pairs of an indicator's id and a group as a frame: id, group, absent (`is_absent`)."""
    return pl.DataFrame(
        [(i, group, is_absent(snapshot, i, by, group)) for i, group in pairs],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )


def is_absent(snapshot: Cubes, indicator: str, by: str, group: str) -> bool:
    """Whether a source of the indicator, for this group, is not connected, or not the user's."""
    own = snapshot.access.department
    if indicator == "I0802" and own and coverage.ALONE not in programmes_of(own):
        return True
    if indicator in COVERAGE:
        return not coverage.counted_programmes(snapshot, indicator, by, group)
    return not set(READS.get(indicator, ())) <= set(snapshot.manifest["connected"])


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
            return coverage.departments(indicator.id)
        case "department":
            rows = cells(snapshot, "response", region=region)
            return breakdowns.departments(snapshot, rows["department"].unique())
        case "programme" if indicator.id in COVERAGE:
            return coverage.programmes(indicator.id)
        case "programme":
            return breakdowns.programmes()
    raise ValueError(f"cannot group by {by}")
