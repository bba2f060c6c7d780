"""Which cells are hidden beside the small ones, so that nothing gives these away.

What is assumed of the reader: all that is shown, as it is rounded, everything that adds up, and
the rule itself. Bounds are carried from sum to sum until they stay. A linear programme may find a
little more, so shown counts are taken to be known to `KNOWN`, closer than they are;
`tests/test_attack.py` asks one whether that is enough.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

#: Counts up to this are hidden; the others are rounded to a multiple of the base.
SMALL, BASE = 7, 5

#: How far from what is shown a count is taken to lie at most; in truth it is half a base, 2.
KNOWN = 1.75

#: Times that sums narrow one another at most; three to ten are what happens.
ROUNDS = 60


@dataclass(frozen=True)
class Sum:
    """A cell that others add up to."""

    total: int
    parts: np.ndarray


@dataclass(frozen=True)
class Table:
    """
    Cells and the sums that hold among them.

    `free`: never shown to anybody; `begun`: hidden whatever they are; `fixed`: shown or hidden
    elsewhere already, so that nothing about them can be changed; `ranks`: of cells that may be
    hidden for others' sake those of the lowest go first; `exact`: cells that other readers know as
    they are.
    """

    values: np.ndarray
    sums: Sequence[Sum]
    free: np.ndarray
    begun: np.ndarray
    fixed: np.ndarray
    ranks: np.ndarray
    exact: np.ndarray


def settled(table: Table) -> np.ndarray:
    """Which cells are hidden, so that of no small one anything narrower than 1–7 follows."""
    same, figures = _figures(table)
    small = (figures.values > 0) & (figures.values <= SMALL) & ~figures.free
    hidden = (small & ~figures.fixed) | figures.begun | figures.free
    for cells, part in _apart(figures):
        hidden[cells] = _settled(part, small[cells], hidden[cells])
    return hidden[same]


def _figures(table: Table) -> tuple[np.ndarray, Table]:
    """Cells that are the same figure taken as one: which each cell is of, the table of these."""
    # What is 0 is shown as 0 and says nothing more.
    told = (table.values > 0) | table.free
    sums = [Sum(s.total, s.parts[told[s.parts]]) for s in table.sums if table.values[s.total] > 0]
    alike = [(s.total, int(s.parts[0])) for s in sums if len(s.parts) == 1]
    one, other = np.array(alike, dtype=np.int64).reshape(-1, 2).T
    size = len(table.values)
    graph = coo_array((np.ones(len(one)), (one, other)), (size, size))
    count, same = connected_components(graph, directed=False)

    def joined(how: np.ufunc, marks: np.ndarray) -> np.ndarray:
        found = np.full(count, how is np.logical_and, marks.dtype)
        how.at(found, same, marks)
        return found

    distinct = {
        (int(same[s.total]), tuple(np.sort(same[s.parts]).tolist()))
        for s in sums
        if len(s.parts) > 1
    }
    kept = [Sum(total, np.array(parts)) for total, parts in sorted(distinct)]
    free = joined(np.logical_and, table.free)
    others = (joined(np.logical_or, m) for m in (table.begun, table.fixed))
    ranks, exact = joined(np.maximum, table.ranks), joined(np.logical_or, table.exact)
    return same, Table(joined(np.maximum, table.values), kept, free, *others, ranks, exact)


def _apart(table: Table) -> Iterator[tuple[np.ndarray, Table]]:
    """Cells that no sum joins with others, and what the table says of them."""
    pairs = [(n, c) for n, s in enumerate(table.sums) for c in (s.total, *s.parts.tolist())]
    if not pairs:
        return
    number, cell = np.array(pairs).T
    count = len(table.values) + len(table.sums)
    graph = coo_array((np.ones(len(cell)), (cell, number + len(table.values))), (count, count))
    label = connected_components(graph, directed=False)[1]
    ordered = np.argsort(label[: len(table.values)], kind="stable")
    sums = defaultdict(list)
    for each in table.sums:
        sums[label[each.total]].append(each)
    inside = np.zeros(len(table.values), dtype=np.int64)
    for cells in np.split(ordered, np.flatnonzero(np.diff(label[ordered])) + 1):
        own = sums.get(label[cells[0]])
        if own:
            inside[cells] = np.arange(len(cells))
            joined = [Sum(int(inside[s.total]), inside[s.parts]) for s in own]
            marks = (table.free, table.begun, table.fixed, table.ranks, table.exact)
            yield cells, Table(table.values[cells], joined, *(mark[cells] for mark in marks))


def _settled(table: Table, small: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    web = Web(table)
    guarded, others_know = small & hidden, table.exact & (table.values > SMALL)
    while True:
        more = _round(web, hidden, guarded, np.zeros_like(hidden))
        # Who knows whole regions exactly must not find out their parts either.
        more |= _round(web, hidden | table.exact, guarded & ~table.exact, others_know)
        if not (more & ~hidden).any():
            return hidden
        hidden = hidden | more


def _round(web: "Web", hidden: np.ndarray, guarded: np.ndarray, exact: np.ndarray) -> np.ndarray:
    """What more is hidden for the cells that are given away."""
    least, most = web.bounds(hidden, exact)
    given_away = np.flatnonzero(guarded & ((least > 1) | (most < SMALL)))
    left = ~hidden & ~exact & ~web.table.fixed & (web.table.values > 0)
    more = np.zeros_like(hidden)
    changed: set[int] = set()
    for cell in given_away:
        chosen = web.beside(web.narrowing(cell, least, most), left, changed)
        more[chosen], left[chosen] = True, False
        changed.update(n for c in chosen for n in web.of_cell[c])
    return more


class Web:
    """All sums at once, as pairs (sum, part)."""

    def __init__(self, table: Table) -> None:
        self.table, self.count = table, len(table.sums)
        self.row = np.repeat(np.arange(self.count), [len(s.parts) for s in table.sums])
        parts = [s.parts for s in table.sums]
        self.cell = np.concatenate(parts) if parts else np.array([], dtype=np.int64)
        self.total = np.array([s.total for s in table.sums], dtype=np.int64)
        self.of_cell: dict[int, list[int]] = defaultdict(list)
        for number, each in enumerate(table.sums):
            for cell in (each.total, *each.parts.tolist()):
                self.of_cell[cell].append(number)

    def bounds(self, hidden: np.ndarray, exact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest value that follow for each cell; of `exact` ones, their own."""
        least, most = known(self.table.values)
        least, most = np.where(hidden, 0.0, least), np.where(hidden, np.inf, most)
        least = np.where(exact, self.table.values, least)
        most = np.where(exact, self.table.values, most)
        for _ in range(ROUNDS):
            before = least.copy(), most.copy()
            self._narrow(least, most)
            if np.array_equal(before[0], least) and np.array_equal(before[1], most):
                break
        return least, most

    def _narrow(self, least: np.ndarray, most: np.ndarray) -> None:
        """A total is what its parts are, a part what the total and the others leave."""
        low, high = self._sides(least, most)
        np.maximum.at(least, self.total, low)
        np.minimum.at(most, self.total, high)
        up, down = self._left(least, most)
        np.minimum.at(most, self.cell, up)
        np.maximum.at(least, self.cell, down)

    def _sides(self, least: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        low = np.bincount(self.row, least[self.cell], self.count)
        return low, np.bincount(self.row, most[self.cell], self.count)

    def _left(self, least: np.ndarray, most: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Of each pair, what the total leaves for the part at most and at least."""
        low = np.bincount(self.row, least[self.cell], self.count)
        own = most[self.cell]
        endless = np.isinf(own)
        high = np.bincount(self.row, np.where(endless, 0, own), self.count)
        others = np.bincount(self.row, endless, self.count)[self.row] > endless
        rest = np.where(others, np.inf, high[self.row] - np.where(endless, 0, own))
        total = self.total[self.row]
        return most[total] - (low[self.row] - least[self.cell]), least[total] - rest

    def narrowing(self, cell: int, least: np.ndarray, most: np.ndarray) -> list[int]:
        """The sums that give a cell away."""
        return [n for n in self.of_cell[cell] if self._narrows(n, cell, least, most)]

    def beside(self, sums: list[int], left: np.ndarray, changed: set[int]) -> list[int]:
        """
        Which of those left is hidden for a cell given away: one of its sums, else of theirs.

        None for now where something else of such a sum was hidden already: it may be enough.
        """
        for _ in ("its own", "theirs"):
            if not changed.isdisjoint(sums):
                return []
            cells = self._members(sums)
            if left[cells].any():
                return self._first(cells[left[cells]])
            sums = [n for c in cells for n in self.of_cell[c]]
        return []

    def _narrows(self, number: int, cell: int, least: np.ndarray, most: np.ndarray) -> bool:
        """Whether a sum by itself says as much of a cell as all together."""
        each = self.table.sums[number]
        low, high = least[each.parts].sum(), most[each.parts].sum()
        if cell == each.total:
            return low > 1 or high < SMALL
        up = most[each.total] - (low - least[cell])
        others = most[each.parts[each.parts != cell]].sum()
        return up < SMALL or least[each.total] - others > 1

    def _members(self, numbers: Sequence[int]) -> np.ndarray:
        sums = [self.table.sums[number] for number in dict.fromkeys(numbers)]
        cells = [each.parts for each in sums] + [np.array([each.total]) for each in sums]
        return np.unique(np.concatenate(cells)) if cells else np.array([], dtype=np.int64)

    def _first(self, left: np.ndarray) -> list[int]:
        """The cell that is hidden first for others' sake; all where none is large enough for it."""
        # Twice the limit may fall by all that a small count can rise, and stay above the limit.
        able = left[self.table.values[left] >= 2 * SMALL]
        order = np.lexsort((self.table.values[able], self.table.ranks[able]))
        return [int(able[order[0]])] if len(able) else left.tolist()


def known(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a shown count may be: 0 is 0, others are rounded and not small."""
    shown = np.round(counts / BASE) * BASE
    half = np.where(counts > 0, KNOWN, 0)
    least = np.where(counts > 0, np.maximum(shown - half, SMALL + 1), 0)
    return least, shown + half
