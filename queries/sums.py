"""Cells, the sums that hold among them, and what these say of hidden ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

#: Counts up to this are hidden; the others are rounded to a multiple of the base.
SMALL, BASE = 7, 5

#: How far from what is shown a count may lie.
HALF = BASE // 2

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

    @cached_property
    def matrix(self) -> csr_array:
        """A row a sum: 1 at the total, −1 at its parts; sums × cells."""
        shape = (self.count, len(self.table.values))
        totals = (np.ones(self.count), (np.arange(self.count), self.total))
        parts = (np.ones(len(self.row)), (self.row, self.cell))
        return csr_array(totals, shape) - csr_array(parts, shape)

    @cached_property
    def near(self) -> csr_array:
        """Where a sum joins two cells; cells × cells."""
        joined = abs(self.matrix)
        return (joined.T @ joined).tocsr()

    def left(self, hidden: np.ndarray, known: np.ndarray) -> np.ndarray:
        """Which cells may still be hidden from a reader who knows some exactly."""
        return ~hidden & ~known & ~self.table.fixed & (self.table.values > 0)

    def read(self, hidden: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """`told` to such a reader."""
        return told(self.table.values, hidden | known, known)

    def bounds(self, hidden: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Least and greatest value that follow for each cell from what such a reader is told."""
        least, most = self.read(hidden, known)
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
                return self.first(cells[left[cells]])
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

    def first(self, left: np.ndarray) -> list[int]:
        """The cell that is hidden first for others' sake; all where none is large enough for it."""
        # Twice the limit may fall by all that a small count can rise, and stay above the limit.
        able = left[self.table.values[left] >= 2 * SMALL]
        order = np.lexsort((self.table.values[able], self.table.ranks[able]))
        return [int(able[order[0]])] if len(able) else left.tolist()


def told(
    values: np.ndarray, hidden: np.ndarray, exact: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """
    Least and greatest value of each cell by how it is shown itself.

    0 is shown as 0, others rounded, at most half a base away and not small; `exact` as they are.
    """
    shown = np.round(values / BASE) * BASE
    away = np.where(values > 0, HALF, 0)
    least = np.where(values > 0, np.maximum(shown - away, SMALL + 1), 0)
    least, most = np.where(hidden, 0.0, least), np.where(hidden, np.inf, shown + away)
    return np.where(exact, values, least), np.where(exact, values, most)
