"""Two days side by side: what an earlier one shows of this day's hidden cells, and the reverse.

Flows of two months have nothing in common. A stock and what came and went since is the stock before
it; what is counted from 1 January grows by a month's flow; a quarter's targets are the same all
through it. The earlier day stands as it was published, so more is hidden of this one.
"""

from collections.abc import Iterator

import polars as pl

from queries.answers import regions
from queries.answers.bulletin import bulletin
from queries.answers.indicators import indicators
from queries.cubes.measures import LEVELS
from queries.defined import AUXILIARY
from queries.relations import BEFORE, Cells
from queries.snapshot import Snapshot
from queries.sums import SMALL, Sum

Figure = tuple[str, str, str]  # name, cut, part

#: A figure, and which of this day's flows came to it and left it since the month's start.
LINKS: dict[Figure, tuple[list[Figure], list[Figure]]] = {
    ("indicators.numerator", "region", "I0801"): (
        [("indicators.numerator", "region", "I0804")],
        [("indicators.numerator", "region", "I0805")],
    ),
    ("bulletin.n", "part", "cases"): ([("indicators.denominator", "region", "I1003")], []),
    ("indicators.denominator", "region", "I0601"): ([], []),
}


def cells_before(snapshot: Snapshot | None, today: pl.DataFrame) -> pl.DataFrame:
    """
    What of the stored day before the month is linked with this day's cells; columns CELL, n, begun.

    `begun`: hidden on that day. Beside each stands what is put in between: it and what came.
    """
    schema = {**today.schema, "begun": pl.Boolean}
    if snapshot is None or not snapshot.holds("hidden"):
        return pl.DataFrame(schema=schema)
    known = {tuple(key): n for *key, n in today.rows()}
    hides = set(snapshot.cube("hidden").rows())
    rows = []
    for (name, cut, place, part), n in _counted(snapshot):
        came, _ = LINKS[name, cut, part]
        if (name, cut, place, part) not in known:
            continue
        more = [known.get((i, c, place, p), 0) for i, c, p in came]
        hidden = 0 < n <= SMALL or (name, cut, place, part) in hides
        rows.append((BEFORE + name, cut, place, part, n, hidden))
        rows.append((AUXILIARY, f"{name}/{cut}", place, part, n + sum(more), False))
    return pl.DataFrame(rows, schema, orient="row")


def _counted(snapshot: Snapshot) -> Iterator[tuple[tuple[str, ...], int]]:
    """The linked figures of a stored day, as they are."""
    for by in LEVELS:
        for row in indicators(snapshot, by).to_dicts():
            place = "" if by == "city" else row["group"]
            for column in ("numerator", "denominator"):
                key = (f"indicators.{column}", "region", row["id"])
                if key in LINKS and row[column] is not None:
                    yield (*key[:2], place, key[2]), int(row[column])
    for place in ("", *regions.region_codes(snapshot, "county")):
        cases = bulletin(snapshot, place).aid_cases
        if cases is not None:
            yield ("bulletin.n", "part", place, "cases"), cases


def linked(cells: Cells) -> Iterator[Sum]:
    """The sums between the days, at each place where they hold."""
    for (name, figure, place, part), between in list(cells.at.items()):
        if name != AUXILIARY or "/" not in figure:
            continue
        first, cut = figure.split("/")
        came, left = LINKS[first, cut, part]
        for start, flows in ((BEFORE + first, came), (first, left)):
            keys = [(start, cut, place, part), *((i, c, place, p) for i, c, p in flows)]
            found = cells.summed(between, [cells.at[k] for k in keys if k in cells.at])
            if found:
                yield found
