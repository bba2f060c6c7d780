"""An attacker with a linear programme: what do the shown counts say of the hidden ones?

It knows the rule. A shown 0 is 0, another shown count lies within half a base and is not small, a
hidden one may be anything. It adds up whatever adds up: `total = sum of parts`.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

SMALL, HALF = 7, 2

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
    most: int | None = None,
) -> dict[Cell, tuple[float, float]]:
    """
    Hidden cells whose range follows to be narrower than 1–7, with that range.

    `exact`: cells that are known as they are. `most`: of targets that sums join, so many are tried.
    """
    rows = list(sums)
    cells = dict.fromkeys(
        [*shown, *(c for total, parts in rows for c in (total, *parts)), *targets]
    )
    number = {cell: i for i, cell in enumerate(cells)}
    # What is not shown at all is as good as hidden.
    bounds = {cell: possible(shown.get(cell, math.nan)) for cell in cells}
    bounds |= {cell: (value, value) for cell, value in (exact or {}).items()}
    least, greatest = np.array([bounds[cell] for cell in cells], dtype=float).T
    totals = [(r, number[total], 1) for r, (total, _) in enumerate(rows)]
    at = totals + [(r, number[part], -1) for r, (_, parts) in enumerate(rows) for part in parts]
    row, column, value = np.array(at, dtype=int).T if at else np.zeros((3, 0), dtype=int)
    equal = csr_matrix((value, (row, column)), shape=(len(rows), len(number)))
    joined = connected_components(equal.T @ equal, directed=False)[1]
    found, tried = {}, {}
    for cell in targets:
        group = joined[number[cell]]
        tried[group] = tried.get(group, 0) + 1
        if most and tried[group] > most:
            continue
        inside = np.flatnonzero(joined == group)
        own = equal[:, inside]
        own = own[np.diff(own.indptr) > 0]
        span = np.c_[least[inside], greatest[inside]]
        place = int(np.searchsorted(inside, number[cell]))
        low, high = (_extreme(place, sign, own, span) for sign in (1, -1))
        if low > 1 + 1e-6 or high < SMALL - 1e-6:
            found[cell] = (low, high)
    return found


def _extreme(cell: int, sign: int, equal: csr_matrix, bounds: np.ndarray) -> float:
    """The least (sign 1) or greatest (-1) value of a cell that all the sums allow."""
    wanted = np.zeros(equal.shape[1])
    wanted[cell] = sign
    solved = linprog(wanted, A_eq=equal, b_eq=np.zeros(equal.shape[0]), bounds=bounds)
    if solved.status == 3:
        return -sign * math.inf
    if solved.status != 0:
        raise ValueError(f"the shown counts contradict each other: {solved.message}")
    return sign * solved.fun
