"""Worlds that a reader must think possible: a linear programme looks for them, cell by small cell.

A world gives every cell a value that agrees with all that is shown and with every sum. A small cell
is safe where one world has 1 or less of it and another 7 or more. One world serves many cells, so
few programmes prove thousands of them safe; those that are left are tried alone.
"""

from collections.abc import Callable

import highspy
import numpy as np
from scipy.sparse import block_array, csr_array, eye_array

from queries.sums import SMALL, Web

#: How far from 1 or 7 a value is taken for it: what the solver allows itself, in sums of thousands.
CLOSE = 1e-4

#: Worlds that are looked for with all cells together; after four most are proved.
TOGETHER = 4

#: Worlds in which a cell has others beside it, before it is tried alone.
TRIES = 2

#: Ways to a world: from the last one, and where that leads nowhere, from inside.
ONWARDS, AFRESH = "simplex", "ipm"

#: The solver's number of the primal simplex, which needs no more than that the last world is one.
PRIMAL = 4


class Solver(highspy.Highs):
    """HiGHS without its callbacks: where they are enabled it prints its name, told to or not."""

    def enableCallbacks(self) -> None:
        """Called when it is made."""
        self.silent()


class Worlds:
    """
    The worlds of a reader who knows each cell to lie from `least` to `most`.

    Columns of the programme are the cells and, of each guarded one, a second that follows it up to
    7 and no further, so that nothing is won by more. Only what is looked for changes from one
    world to the next.
    """

    def __init__(self, web: Web, least: np.ndarray, most: np.ndarray, guarded: np.ndarray) -> None:
        self.size, self.guarded = len(least), np.flatnonzero(guarded)
        self.near = web.near
        self.random = np.random.default_rng(0)
        self.solver = Solver()
        self.solver.setOptionValue("simplex_strategy", PRIMAL)
        self.solver.passModel(self._programme(web.matrix, least, most))

    def _programme(self, held: csr_array, least: np.ndarray, most: np.ndarray) -> highspy.HighsLp:
        count, more = held.shape[0], len(self.guarded)
        follows = csr_array((np.ones(more), (np.arange(more), self.guarded)), (more, self.size))
        matrix = block_array([[held, None], [follows, -eye_array(more)]], format="csc")
        programme = highspy.HighsLp()
        programme.num_row_, programme.num_col_ = matrix.shape
        programme.col_cost_ = np.zeros(self.size + more)
        programme.col_lower_ = np.r_[least, np.full(more, -np.inf)]
        programme.col_upper_ = np.r_[most, np.full(more, float(SMALL))]
        programme.row_lower_ = np.zeros(count + more)
        programme.row_upper_ = np.r_[np.zeros(count), np.full(more, np.inf)]
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = matrix.indptr
        programme.a_matrix_.index_ = matrix.indices
        programme.a_matrix_.value_ = matrix.data
        return programme

    def prove(
        self, cells: np.ndarray, high: bool, hide: Callable[[np.ndarray], list[int]]
    ) -> np.ndarray:
        """
        Looks for a world of 7 or more (`high`), or of 1 or less, of each cell that is marked.

        Where there is none, `hide` is given the cells whose bounds are in its way and says which of
        them are hidden from now on; where it says none, the cell stays marked in what is returned.
        """
        left, tries = cells.copy(), np.zeros(self.size, dtype=int)
        for _ in range(TOGETHER):
            if left.any():
                self.solver.clearSolver()
                left &= ~_found(self._world(np.flatnonzero(left), high), high)
        given_away = np.zeros(self.size, dtype=bool)
        while left.any():
            chosen = self._chosen(np.flatnonzero(left), tries)
            left &= ~_found(self._world(chosen, high), high)
            alone = chosen[0]
            if left[alone] and tries[alone] >= TRIES:
                hidden = hide(self._in_the_way())
                self._free(hidden)
                left[alone], given_away[alone] = len(hidden) > 0, len(hidden) == 0
            tries[chosen] += 1
        return given_away

    def _chosen(self, left: np.ndarray, tries: np.ndarray) -> np.ndarray:
        """Cells that no sum joins, so that each goes as far as it can; alone what failed so."""
        order = left[np.lexsort((self.random.random(len(left)), -tries[left]))]
        if tries[order[0]] >= TRIES:
            return order[:1]
        beside, chosen = np.zeros(self.size, dtype=bool), []
        for cell in order:
            if not beside[cell]:
                chosen.append(cell)
                first, end = self.near.indptr[cell : cell + 2]
                beside[self.near.indices[first:end]] = True
        return np.array(chosen)

    def _world(self, cells: np.ndarray, high: bool) -> np.ndarray:
        """The world in which the cells, together, are as great as can be up to 7, or as small."""
        weights = 0.5 + self.random.random(len(cells))
        costs = np.zeros(self.size + len(self.guarded))
        if high:
            costs[self.size + np.searchsorted(self.guarded, cells)] = -weights
        else:
            costs[cells] = weights
        self.solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        if not (self.solver.getBasis().valid and self._solved(ONWARDS)):
            self.solver.clearSolver()
            if not self._solved(AFRESH):
                raise ValueError("what is shown contradicts itself")
        return np.array(self.solver.getSolution().col_value)[: self.size]

    def _solved(self, way: str) -> bool:
        self.solver.setOptionValue("solver", way)
        self.solver.run()
        return self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def _in_the_way(self) -> np.ndarray:
        """The cells that the last world would be another without the bounds of."""
        return np.flatnonzero(np.abs(self.solver.getSolution().col_dual[: self.size]) > CLOSE)

    def _free(self, cells: list[int]) -> None:
        """The cells may be anything from now on."""
        bounds = np.zeros(len(cells)), np.full(len(cells), np.inf)
        self.solver.changeColsBounds(len(cells), np.array(cells, dtype=np.int32), *bounds)


def _found(world: np.ndarray, high: bool) -> np.ndarray:
    return world >= SMALL - CLOSE if high else world <= 1 + CLOSE
