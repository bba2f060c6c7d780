"""Which cells are hidden beside the small ones, so that nothing gives these away.

What is assumed of the reader: all that is shown, as it is rounded, everything that adds up, and
the rule itself. First bounds are carried from sum to sum until they stay, which is quick and finds
nearly all; then a linear programme proves every small cell safe, or says what else must be hidden.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from queries.sums import SMALL, Sum, Table, Web
from queries.worlds import Worlds

log = logging.getLogger(__name__)


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
    # What is 0 is shown as 0, if at all, and says nothing more.
    told = (table.values > 0) | table.free | table.begun
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
    web, guarded = Web(table), small & hidden
    # Who knows whole regions exactly must not find out their parts; a small whole limits its own.
    limited = (table.exact & small)[web.total]
    inside = guarded & ~table.exact
    inside[web.cell[limited[web.row]]] = False
    readers = ((inside, table.exact), (guarded, np.zeros_like(hidden)))
    while True:
        more = np.any([_round(web, hidden, *reader) for reader in readers], axis=0)
        if not (more & ~hidden).any():
            break
        hidden = hidden | more
    # Each wants a world of 1 or less and one of 7 or more; what the first reader must think
    # possible, the second must too.
    wanted = [guarded & (table.values > 1), guarded & (table.values < SMALL)]
    for cells, known in readers:
        hidden, unproved = _proved(web, hidden, [want & cells for want in wanted], known)
        wanted = [want & ~cells | left for want, left in zip(wanted, unproved, strict=True)]
    if count := int(np.any(wanted, axis=0).sum()):
        log.warning("%d small counts can be narrowed whatever is hidden today", count)
    return hidden


def _round(web: Web, hidden: np.ndarray, guarded: np.ndarray, known: np.ndarray) -> np.ndarray:
    """What more is hidden for the cells that bounds give away to who knows some exactly."""
    least, most = web.bounds(hidden, known)
    given_away = np.flatnonzero(guarded & ((least > 1) | (most < SMALL)))
    left = web.left(hidden, known)
    more = np.zeros_like(hidden)
    changed: set[int] = set()
    for cell in given_away:
        chosen = web.beside(web.narrowing(cell, least, most), left, changed)
        more[chosen], left[chosen] = True, False
        changed.update(n for c in chosen for n in web.of_cell[c])
    return more


def _proved(
    web: Web, hidden: np.ndarray, wanted: list[np.ndarray], known: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    """What is hidden when the cells have the worlds they want; and those that cannot have them."""
    hidden = hidden.copy()
    if not np.any(wanted):
        return hidden, wanted
    left = web.left(hidden, known)

    def hide(in_the_way: np.ndarray) -> list[int]:
        able = in_the_way[left[in_the_way]]
        chosen = web.first(able) if len(able) else []
        hidden[chosen], left[chosen] = True, False
        return chosen

    worlds = Worlds(web, *web.read(hidden, known), wanted[1])
    return hidden, [worlds.prove(want, bool(high), hide) for high, want in enumerate(wanted)]
