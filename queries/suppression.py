"""Which cells of a table are hidden beside the small ones, so that nothing gives these away.

What is assumed of the reader: all that is shown, as it is rounded, everything that adds up, and the
rule itself. First each line is made safe, then bounds are carried from line to line. What lines say
together can be a little more than that, so shown counts are taken to be known to `KNOWN`, closer
than they are; `tests/test_attack.py` asks a linear programme whether that is enough.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

#: Counts up to this are hidden; the others are rounded to a multiple of the base.
SMALL, BASE = 7, 5

#: How far from what is shown a count is taken to lie at most; in truth it is half a base, 2.
KNOWN = 1.75

#: Times that lines narrow one another; two or three are what happens.
ROUNDS = 20


@dataclass(frozen=True)
class Line:
    """Cells that add up; `total` is the cell that shows their sum, none where it is elsewhere."""

    cells: np.ndarray
    total: int | None = None

    @property
    def members(self) -> Sequence[int]:
        """The cells, and the total where it is one."""
        return [*self.cells.tolist(), *([] if self.total is None else [self.total])]


class Table:
    """
    Cells and the lines that they stand in; all lines as pairs (line, cell), to be added up at once.

    `begun`: hidden already; `free`: never shown to anybody, so neither small nor given away;
    `ranks`: of cells hidden for others' sake those of the lowest go first.
    """

    def __init__(
        self,
        values: np.ndarray,
        lines: Sequence[Line],
        begun: np.ndarray,
        free: np.ndarray,
        ranks: np.ndarray,
    ) -> None:
        self.values, self.lines, self.begun = values, lines, begun | free
        self.free, self.ranks = free, ranks
        self.small = (values > 0) & (values <= SMALL) & ~free
        self.line = np.repeat(np.arange(len(lines)), [len(line.cells) for line in lines])
        self.cell = np.concatenate([line.cells for line in lines])
        self.summed = np.array([line.total is not None for line in lines])
        self.total = np.array([0 if line.total is None else line.total for line in lines])
        least, most = known(np.bincount(self.line, values[self.cell]))
        # Where all was hidden to begin with, so is what it adds up to.
        unknown = np.bincount(self.line, ~self.begun[self.cell]) == 0
        self.elsewhere = np.where(unknown, 0, least), np.where(unknown, np.inf, most)
        self.of_cell: dict[int, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for cell in line.members:
                self.of_cell[cell].append(number)


def known(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What a count may be as it is shown: 0 is 0, a small one is hidden, others are rounded."""
    shown = np.round(counts / BASE) * BASE
    half = np.where(counts > 0, KNOWN, 0)
    least = np.where(counts > SMALL, np.maximum(shown - half, SMALL + 1), 0)
    return least, np.where((counts > 0) & (counts <= SMALL), np.inf, shown + half)


def settled(table: Table) -> np.ndarray:
    """Which cells are hidden, so that of no line anything follows about a small one."""
    hidden = table.small | table.begun
    waiting = set(range(len(table.lines)))

    def hide(cells: Sequence[int]) -> None:
        for cell in cells:
            hidden[cell] = True
            waiting.update(table.of_cell[cell])

    while waiting:
        while waiting:
            hide(_more(table, hidden, table.lines[waiting.pop()]))
        for cell in _given_away(table, hidden):
            hide(_beyond(table, hidden, cell))
    return hidden


def _more(table: Table, hidden: np.ndarray, line: Line) -> list[int]:
    """Cells of a line to hide as well: none when it is safe, all when its total is hidden."""
    left = line.cells[~hidden[line.cells]].tolist()
    total_hidden = line.total is not None and hidden[line.total]
    if total_hidden or 0 < table.values[line.cells].sum() <= SMALL:
        return left
    return [] if safe(table, hidden, line.cells) else _first(table, left)


def safe(table: Table, hidden: np.ndarray, line: np.ndarray) -> bool:
    """
    Whether every small count of a line that is hidden could be anything from 1 to 7.

    Taken as known: the total and what is shown, and which of the hidden are small; where all is
    hidden, nothing but the total.
    """
    values, here, small = table.values[line], hidden[line], table.small[line]
    if here.all() or not small.any():
        return here.all() or (here & ~table.free[line]).sum() != 1
    least, most = known(values[~here])
    total_least, total_most = known(values.sum(keepdims=True))
    large = here & ~small & ~table.free[line] & (values > SMALL)
    others = small.sum() - 1
    up = total_most.sum() - least.sum() - others - large.sum() * (SMALL + 1)
    down = total_least.sum() - most.sum() - others * SMALL
    return bool(up >= SMALL and ((here & ~small).any() or down <= 1))


def _first(table: Table, left: list[int]) -> list[int]:
    """The cell that is hidden first for others' sake; all where none is large enough for it."""
    # Twice the limit may fall by all that a small count can rise, and stay above the limit.
    able = [cell for cell in left if table.values[cell] >= 2 * SMALL]
    return [min(able, key=lambda c: (table.ranks[c], table.values[c]))] if able else left


def _given_away(table: Table, hidden: np.ndarray) -> list[int]:
    """Small cells that several lines together narrow, each line limiting its cells in turn."""
    least, most = known(table.values)
    least, most = np.where(hidden, 0.0, least), np.where(hidden, np.inf, most)
    for _ in range(ROUNDS):
        before = least.copy(), most.copy()
        _narrow(table, least, most)
        if np.array_equal(before[0], least) and np.array_equal(before[1], most):
            break
    return np.flatnonzero(table.small & ((least > 1) | (most < SMALL))).tolist()


def _narrow(table: Table, least: np.ndarray, most: np.ndarray) -> None:
    """Each cell of a line is what the total and the others leave; a total is what its parts are."""
    line, cell, count = table.line, table.cell, len(table.lines)
    endless = np.isinf(most[cell])
    limited = np.where(endless, 0, most[cell])
    low = np.bincount(line, least[cell], count)
    high = np.bincount(line, limited, count)
    unlimited = np.bincount(line, endless, count)
    own, summed = table.total[table.summed], table.summed
    np.maximum.at(least, own, low[summed])
    np.minimum.at(most, own, np.where(unlimited > 0, np.inf, high)[summed])
    total_low = np.where(summed, least[table.total], table.elsewhere[0])
    total_high = np.where(summed, most[table.total], table.elsewhere[1])
    others_high = np.where(unlimited[line] > endless, np.inf, high[line] - limited)
    np.minimum.at(most, cell, total_high[line] - (low[line] - least[cell]))
    np.maximum.at(least, cell, total_low[line] - others_high)


def _beyond(table: Table, hidden: np.ndarray, cell: int) -> list[int]:
    """What is hidden for a cell that lines narrow: more of its own lines, else of theirs."""
    near = {other for n in table.of_cell[cell] for other in table.lines[n].members}
    far = {o for c in near for n in table.of_cell[c] for o in table.lines[n].members}
    for cells in (near, far):
        if left := sorted(other for other in cells if not hidden[other]):
            return _first(table, left)
    return []
