"""Sums that definitions tell, of parts in other tables (`definitions.md`)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from data import reference
from queries.answers.warning_history import PACE
from queries.cubes.programmes import SHARED_GAP
from queries.cubes.rules import basis_of
from queries.disclosure import JOINED
from queries.sums import Sum

if TYPE_CHECKING:
    from queries.relations import Cells

#: The name of a cell that is shown to nobody and only put in between two sums.
AUXILIARY = "between"

#: Numerators and denominators that are summed over programmes: mark, bases.
SUMMED = {
    ("I0891", "numerator"): ("covered_eligible", ("firm",)),
    ("I0891", "denominator"): ("eligible", ("firm",)),
    ("I0892", "numerator"): ("gap", ("suspected",)),
    ("I0893", "numerator"): ("covered_eligible", ("firm", "suspected")),
    ("I0893", "denominator"): ("eligible", ("firm", "suspected")),
}

#: What programmes of a cut have in common.
OWNED = {"department": "operating_dept", "task_row": "task_row", "programme": "programme_code"}

WAYS = ("entry", "exit")

OPEN = ("coordinating", "responded", "routed", "unrouted")


def defined(cells: "Cells") -> Iterator[Sum]:
    """Every such sum, at each place where it holds."""
    for key, number in list(cells.at.items()):
        found = cells.summed(number, [cells.at[k] for k in _parts(key) if k in cells.at])
        if found:
            yield found
    yield from _missed(cells)
    yield from _chained(cells)


def _parts(key: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The cells that a cell is the sum of, by definition; none for most."""
    name, cut, place, part = key
    if name == "coverage.eligible":
        yield from ((f"coverage.{m}", cut, place, part) for m in PARTS)
    elif " ." in name:
        # Of a table of both directions, those of each.
        table, count = name.split(" .")
        yield from ((f"{table} {way}.{count}", cut, place, part) for way in WAYS)
    elif name.startswith("indicators."):
        group, _, indicator = part.rpartition(JOINED)
        if indicator == "I0711" and cut == "region":
            for way in WAYS:
                states = (JOINED.join((way, state)) for state in OPEN)
                yield from (("warnings.warnings", cut, place, state) for state in states)
        summed = SUMMED.get((indicator, name.removeprefix("indicators.")))
        if summed:
            yield from programmes(cut, place, group, *summed)


PARTS = ("covered_eligible", "excluded", "gap")


def programmes(
    cut: str, place: str, group: str, mark: str, bases: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    """Cells of a mark of the programmes of a cut's group, or of several cuts' groups at once."""
    groups = dict(zip(cut.split(), group.split(JOINED), strict=True))
    for programme, basis in basis_of().items():
        if basis not in bases or (programme == SHARED_GAP and "programme" not in groups):
            continue
        known = reference.programme(programme)
        if any(known[OWNED[by]] != own for by, own in groups.items() if by in OWNED):
            continue
        if cut == "category":
            yield f"coverage.{mark}", cut, place, JOINED.join((group, programme))
        else:
            # Beside a county's departments and tasks stand the county's own programmes.
            yield f"coverage.{mark}", "region", place, programme


def _missed(cells: "Cells") -> Iterator[Sum]:
    """Combinations of missing programmes add up to the gap of each, and to I0890."""
    missing: dict[str, dict[str, int]] = {}
    for (name, _, place, part), number in cells.at.items():
        if name == "missing.persons":
            missing.setdefault(place, {})[part] = number
    for place, combinations in missing.items():
        wholes = {"I0890": [n for part, n in combinations.items() if part]}
        for part, number in combinations.items():
            for programme in filter(None, part.split("|")):
                wholes.setdefault(programme, []).append(number)
        for whole, numbers in wholes.items():
            name = "indicators.numerator" if whole == "I0890" else "coverage.gap"
            total = cells.at.get((name, "region", place, whole))
            found = None if total is None else cells.summed(total, numbers)
            if found:
                yield found


def between_weeks(cells: pl.DataFrame) -> pl.DataFrame:
    """A stock and what left in the weeks up to it: the stock before and what came. CELL, n."""
    known = {tuple(key): n for *key, n in cells.filter(pl.col("cut") == "week").rows()}
    rows = []
    for (name, cut, place, week), stock in known.items():
        if name.endswith(".stock"):
            table = name.removesuffix(".stock")
            left = [known.get((f"{table}.outflow", cut, place, w), 0) for w in _weeks(week)]
            rows.append((AUXILIARY, table, place, week, stock + sum(left)))
    return pl.DataFrame(rows, cells.schema, orient="row")


def _weeks(last: str) -> list[str]:
    """The ends of the weeks up to one, which a stock has been since the last that was shown."""
    end = date.fromisoformat(last)
    return [(end - timedelta(days=7 * back)).isoformat() for back in range(PACE)]


def _chained(cells: "Cells") -> Iterator[Sum]:
    for (name, table, place, part), number in list(cells.at.items()):
        if name != AUXILIARY or not table.startswith("weekly "):
            continue
        before = (date.fromisoformat(part) - timedelta(days=7 * PACE)).isoformat()
        for stock, flow in ((before, "inflow"), (part, "outflow")):
            keys = [(f"{table}.stock", "week", place, stock)]
            keys += [(f"{table}.{flow}", "week", place, week) for week in _weeks(part)]
            found = cells.summed(number, [cells.at[k] for k in keys if k in cells.at])
            if found:
                yield found
