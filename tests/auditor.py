"""An attacker with a linear programme: what do the shown counts say of the hidden ones?

It knows the rule. A shown 0 is 0, another shown count lies within half a base and is not small, a
hidden one may be anything. It adds up whatever adds up: `total = sum of parts`.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csc_array, hstack
from scipy.sparse.csgraph import connected_components

SMALL, HALF = 7, 2

#: What rounding errors of the solver come to.
SLACK = 1e-6

#: Worlds looked for in vain before cells are looked at one by one.
IN_VAIN = 4

Cell = Hashable
Sum = tuple[Cell, Sequence[Cell]]


def possible(shown: float) -> tuple[float, float]:
    """Least and greatest value of a count as it is shown; NaN is hidden."""
    if math.isnan(shown):
        return 0, math.inf
    return (0, 0) if shown == 0 else (max(shown - HALF, SMALL + 1), shown + HALF)


def recovered(
    shown: Mapping[Cell, float],
    sums: Iterable[Sum],
    targets: Iterable[Cell],
    exact: Mapping[Cell, float] | None = None,
) -> dict[Cell, tuple[float, float]]:
    """
    Hidden cells whose range follows to be narrower than 1–7, with that range; all are tried.

    `exact`: cells that are known as they are.
    """
    rows, targets = list(sums), list(targets)
    parts = (cell for total, parts in rows for cell in (total, *parts))
    cells = list(dict.fromkeys([*shown, *parts, *targets]))
    number = {cell: i for i, cell in enumerate(cells)}
    # What is not shown at all is as good as hidden.
    bounds = {cell: possible(shown.get(cell, math.nan)) for cell in cells}
    bounds |= {cell: (value, value) for cell, value in (exact or {}).items()}
    span = np.array([bounds[cell] for cell in cells], dtype=float)
    wanted, found = np.array([number[cell] for cell in targets], dtype=int), {}
    for inside, group in _groups(_matrix(rows, number), span):
        for place, low, high in group.narrowed(np.flatnonzero(np.isin(inside, wanted))):
            found[cells[inside[place]]] = (low, high)
    return found


def _matrix(rows: Sequence[Sum], number: Mapping[Cell, int]) -> csc_array:
    """A row a sum: 1 at the total, −1 at each part."""
    totals = [(r, number[total], 1) for r, (total, _) in enumerate(rows)]
    at = totals + [(r, number[part], -1) for r, (_, parts) in enumerate(rows) for part in parts]
    row, column, value = np.array(at, dtype=int).T if at else np.zeros((3, 0), dtype=int)
    return csc_array((value, (row, column)), shape=(len(rows), len(number)))


def _groups(equal: csc_array, span: np.ndarray) -> Iterator[tuple[np.ndarray, "Group"]]:
    """Unknown cells that sums join, by number, and what is known of them."""
    known = span[:, 0] == span[:, 1]
    left = -(equal[:, known] @ span[known, 0])
    unknown, equal = np.flatnonzero(~known), equal[:, ~known]
    joined = abs(equal)
    label = connected_components(joined.T @ joined, directed=False)[1]
    order = np.argsort(label, kind="stable")
    for inside in np.split(order, np.flatnonzero(np.diff(label[order])) + 1):
        own = equal[:, inside]
        rows = np.unique(own.indices)
        yield unknown[inside], Group(own[rows], left[rows], span[unknown[inside]])


@dataclass(frozen=True)
class Group:
    """Cells, the sums that join them (`equal` @ cells = `left`), least and greatest of each."""

    equal: csc_array
    left: np.ndarray
    span: np.ndarray

    def narrowed(self, cells: np.ndarray) -> list[tuple[int, float, float]]:
        """Of these cells those that can only be more than 1, or less than 7; with their range."""
        low = [c for c in self._doubtful(cells, False) if self._extreme(c, 1) > 1 + SLACK]
        high = [c for c in self._doubtful(cells, True) if self._extreme(c, -1) < SMALL - SLACK]
        return [(c, self._extreme(c, 1), self._extreme(c, -1)) for c in sorted({*low, *high})]

    def _doubtful(self, cells: np.ndarray, upward: bool) -> np.ndarray:
        """
        Cells that no world found here takes to 7 or more (to 1 or less).

        A world is any set of counts that agrees with all that is shown; one serves hundreds.
        """
        chance, in_vain = np.random.default_rng(0), 0
        while len(cells) and in_vain < IN_VAIN:
            # Unlike weights: cells that cannot go together are not all taken half-way.
            world = self._world(cells, chance.random(len(cells)) ** 3 + SLACK, upward)[cells]
            there = world >= SMALL - SLACK if upward else world <= 1 + SLACK
            in_vain = 0 if there.any() else in_vain + 1
            cells = cells[~there]
        return cells

    def _world(self, cells: np.ndarray, weights: np.ndarray, upward: bool) -> np.ndarray:
        """The world in which hidden cells, weighed, reach furthest up to 7 (down to 1)."""
        width = len(self.span)
        # Each cell in two parts: up to the level, and beyond it.
        bounds = np.vstack([self.span, np.tile([0, math.inf], (len(cells), 1))])
        bounds[cells, 1] = SMALL if upward else 1
        wanted = np.zeros(len(bounds))
        if upward:
            wanted[cells] = -weights
        else:
            wanted[width:] = weights
        solved = self._solved(wanted, hstack([self.equal, self.equal[:, cells]]), bounds).x
        world = solved[:width]
        world[cells] += solved[width:]
        return world

    def _extreme(self, cell: int, sign: int) -> float:
        """The least (sign 1) or greatest (-1) value of a cell that all the sums allow."""
        wanted = np.zeros(len(self.span))
        wanted[cell] = sign
        solved = self._solved(wanted, self.equal, self.span)
        return -sign * math.inf if solved.status == 3 else sign * solved.fun

    def _solved(self, wanted: np.ndarray, equal: csc_array, bounds: np.ndarray) -> OptimizeResult:
        """The least of a sum of counts, or none (status 3)."""
        solved = linprog(wanted, A_eq=equal, b_eq=self.left, bounds=bounds)
        if solved.status not in (0, 3):
            raise ValueError(f"the shown counts contradict each other: {solved.message}")
        return solved
