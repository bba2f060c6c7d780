"""What two figures leave that are shown side by side: the suspected share, and who is not covered.

Shown as such by nobody; with them it is seen what a sum less another says of the parts between.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import polars as pl

from queries.defined import AUXILIARY, programmes
from queries.sums import Sum

if TYPE_CHECKING:
    from queries.relations import Cells

Key = tuple[str, str, str, str]

#: Of whole and part: the marks of programmes that their difference is the sum of, and the bases.
BOTH, FIRM = ("firm", "suspected"), ("firm",)
BETWEEN = {
    (("numerator", "I0893"), ("numerator", "I0891")): (("covered_eligible",), ("suspected",)),
    (("denominator", "I0893"), ("denominator", "I0891")): (("eligible",), ("suspected",)),
    (("denominator", "I0891"), ("numerator", "I0891")): (("gap", "excluded"), FIRM),
    (("denominator", "I0893"), ("numerator", "I0893")): (("gap", "excluded"), BOTH),
}


def _told(known: dict[Key, int]) -> Iterator[tuple[Key, Key, Key, list[Key]]]:
    """Whole, part, what is between them, and the cells that this is the sum of."""
    for (whole, part), (marks, bases) in BETWEEN.items():
        for name, cut, place, label in list(known):
            group = label.removesuffix(whole[1])
            other = (f"indicators.{part[0]}", cut, place, f"{group}{part[1]}")
            if name != f"indicators.{whole[0]}" or group == label or other not in known:
                continue
            between = (AUXILIARY, f"{whole} less {part} {cut}", place, group)
            parts = [
                cell for mark in marks for cell in programmes(cut, place, group[:-1], mark, bases)
            ]
            yield (name, cut, place, label), other, between, parts


def between_rates(cells: pl.DataFrame) -> pl.DataFrame:
    """The differences as cells; columns CELL, n."""
    known = {tuple(key): n for *key, n in cells.rows()}
    rows = [(*between, known[w] - known[p]) for w, p, between, _ in _told(known)]
    return pl.DataFrame(rows, cells.schema, orient="row")


def differences(cells: "Cells") -> Iterator[Sum]:
    """A whole is a part and what is between; this is a sum of programmes' marks."""
    at = cells.at
    for whole, part, between, parts in _told(at):
        if between in at:
            held = [at[key] for key in parts if key in at]
            told = ((at[whole], [at[part], at[between]]), (at[between], held))
            yield from filter(None, (cells.summed(*each) for each in told))
