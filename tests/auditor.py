"""An attacker with a linear programme: what do the shown counts say of the hidden ones?

It knows the rule. A shown 0 is 0, another shown count lies within half a base and is not small, a
hidden one may be anything. It adds up whatever adds up: `total = sum of parts`.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

SMALL, HALF = 7, 2

Cell = Hashable
Sum = tuple[Cell, Sequence[Cell]]


def possible(shown: float) -> tuple[float, float | None]:
    """Least and greatest value of a count as it is shown; NaN is hidden."""
    if math.isnan(shown):
        return 0, None
    return (0, 0) if shown == 0 else (max(shown - HALF, SMALL + 1), shown + HALF)


def recovered(
    shown: Mapping[Cell, float], sums: Iterable[Sum], targets: Iterable[Cell]
) -> dict[Cell, tuple[float, float]]:
    """Hidden cells whose range follows to be narrower than 1–7, with that range."""
    rows = list(sums)
    cells = dict.fromkeys([*shown, *(c for total, parts in rows for c in (total, *parts))])
    number = {cell: i for i, cell in enumerate(cells)}
    at = [(r, number[total], 1) for r, (total, _) in enumerate(rows)]
    at += [(r, number[part], -1) for r, (_, parts) in enumerate(rows) for part in parts]
    row, column, value = zip(*at, strict=True)
    equal = csr_matrix((value, (row, column)), shape=(len(rows), len(number)))
    # What is not shown at all is as good as hidden.
    bounds = [possible(shown.get(cell, math.nan)) for cell in cells]
    found = {}
    for cell in targets:
        least, most = (_extreme(number[cell], sign, equal, bounds) for sign in (1, -1))
        if least > 1 + 1e-6 or most < SMALL - 1e-6:
            found[cell] = (least, most)
    return found


def _extreme(cell: int, sign: int, equal: csr_matrix, bounds: list) -> float:
    """The least (sign 1) or greatest (-1) value of a cell that all the sums allow."""
    wanted = np.zeros(equal.shape[1])
    wanted[cell] = sign
    solved = linprog(wanted, A_eq=equal, b_eq=np.zeros(equal.shape[0]), bounds=bounds)
    if solved.status == 3:
        return -sign * math.inf
    if solved.status != 0:
        raise ValueError(f"the shown counts contradict each other: {solved.message}")
    return sign * solved.fun
