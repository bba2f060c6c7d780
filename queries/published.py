"""Everything that is shown to roles whose counts are rounded, and what of it is hidden.

A day's cells are settled once, all together: what a page does not show, another one may.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl

from queries import earlier, relations
from queries.access import access
from queries.answers import (
    bulletin,
    coverage,
    details,
    indicators,
    reach,
    regions,
    response,
    response_parts,
    warning_history,
    warnings,
)
from queries.cubes.measures import LEVELS
from queries.disclosure import CELL
from queries.kept import forget
from queries.snapshot import Draft, Snapshot
from queries.suppression import settled

#: Sees the city down to the townships with rounded counts; other rounded roles see some of that.
ANALYST = access("analyst")

DIRECTIONS = ("", "entry", "exit")


def hidden(draft: Draft, before: Snapshot | None = None) -> Draft:
    """
    The draft as rounded roles see it, with the cube `hidden`: name, cut, place, part.

    A row whose place begins with @ says that a table was settled: by level, or of the place.
    `before`: the stored day before the month, which is seen beside it.
    """
    seen = replace(draft, access=ANALYST, counted=[])
    shares = replace(seen, counted=[])
    for ask in (*asked(seen), *_of_departments(shares)):
        ask()
    own = pl.col("cut").str.starts_with("department ")
    counted = [*seen.counted, *(each.filter(own) for each in shares.counted)]
    noted = pl.concat(counted).unique(CELL, keep="first", maintain_order=True)
    today = noted.filter(pl.col("n").is_not_null())
    linked = earlier.cells_before(before, today)
    forget()
    known = [relations.with_between(today), linked.drop("begun")]
    cells = relations.Cells(pl.concat(known))
    begun = np.zeros(len(cells.values), dtype=bool)
    begun[len(begun) - linked.height :] = linked["begun"].to_numpy()
    hide = settled(cells.table([*earlier.linked(cells)], begun)) & cells.today
    tables = noted.filter(pl.col("n").is_null())
    cube = pl.concat([tables, cells.frame.drop("cell").filter(hide)]).select(CELL).sort(CELL)
    return replace(seen, cubes={**draft.cubes, "hidden": cube}, counted=[])


def asked(snapshot: Draft) -> Iterator[Callable[[], object]]:
    """Every table that rounded roles may be shown, as a question to be asked."""
    month = snapshot.as_of.replace(day=1)
    for by in LEVELS:
        yield from _of_level(snapshot, by, month)
    # The city alone: by county these would cost more figures of counties than they show.
    yield partial(coverage.coverage, snapshot, "category")
    for by in ("kind", "source", "programme"):
        yield partial(warnings.warnings, snapshot, by)
    for region in ("", *regions.region_codes(snapshot, "county")):
        yield from _of_region(snapshot, region, month)


def _of_level(snapshot: Draft, by: str, month) -> Iterator[Callable[[], object]]:
    yield partial(indicators.indicators, snapshot, by)
    yield partial(coverage.coverage, snapshot, by)
    yield partial(warnings.warnings, snapshot, by)
    yield partial(response.response, snapshot, by, month)
    for direction in DIRECTIONS:
        yield partial(warnings.unrouted, snapshot, by, "", direction)
        yield partial(warnings.ages, snapshot, by, "", direction)


def _of_region(snapshot: Draft, region: str, month) -> Iterator[Callable[[], object]]:
    place = {"region": region}
    for by in ("department", "programme", "category", "task_row"):
        yield partial(indicators.indicators, snapshot, by, **place)
    yield partial(bulletin.bulletin, snapshot, region)
    for direction in DIRECTIONS:
        yield from _warned(snapshot, region, direction, month)
    for by in ("department", "programme"):
        yield partial(response.response, snapshot, by, month, region)
    yield partial(response_parts.on_time_by_two, snapshot, month, region)
    yield partial(response_parts.returned, snapshot, month, region)
    for department in ("", *regions.departments(pl.Series(dtype=pl.String))):
        yield partial(response_parts.waits, snapshot, month, region, department)
    for topic in details.topics(snapshot):
        for by in ("part", "region"):
            yield partial(details.details, snapshot, topic, month, by, region)
    for question in (details.cliff, details.chain, reach.missing, reach.reach_curve):
        yield partial(question, snapshot, region)


def _of_departments(snapshot: Draft) -> Iterator[Callable[[], object]]:
    """Their own shares of programmes and task rows; of categories none are shown."""
    month = snapshot.as_of.replace(day=1)
    for code in regions.departments(pl.Series(dtype=pl.String)):
        own = replace(snapshot, access=access("department", department=code))
        for region in ("", *regions.region_codes(snapshot, "county")):
            for by in ("programme", "task_row"):
                yield partial(indicators.indicators, own, by, region=region)
            yield partial(response.response, own, "programme", month, region)


def _warned(snapshot: Draft, region: str, direction: str, month) -> Iterator[Callable[[], object]]:
    yield partial(warnings.paths, snapshot, region, direction)
    for leaves in warning_history.LEAVES:
        yield partial(warning_history.weekly, snapshot, leaves, region, direction)
    for by in ("kind", "source"):
        yield partial(warnings.unrouted, snapshot, by, region, direction)
        if direction:
            yield partial(warning_history.yields, snapshot, by, direction, month, region)
