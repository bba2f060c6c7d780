"""What adds up among everything that is shown: by regions, by definition, and by what is found.

Each sum is taken at each place where it really holds. That counties add up to the city follows from
the cells' own names; what definitions say stands in `defined.py`; figures that agree in every
county, or of which one is the sum of two others or of a table's parts, are found.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations

import numpy as np
import polars as pl

from queries.defined import AUXILIARY, between_weeks, defined
from queries.differences import between_rates, differences
from queries.disclosure import CELL, JOINED
from queries.sums import Sum, Table

#: Counties in which figures must be there, and agree, to be taken for the same.
FEWEST = 5

#: What the names of cells of earlier days begin with.
BEFORE = "before:"

#: Who was excluded, which is hidden whole.
EXCLUDED = "coverage.excluded"

#: What no reader is shown: that, and what is only put in between.
UNSHOWN = (EXCLUDED, AUXILIARY)

#: Counts that rates are made of: among their like they are hidden for others' sake last.
LAST = ("coverage.eligible", "coverage.covered_eligible", "indicators.denominator")


def with_between(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells, and those that are shown to nobody and only put in between two sums."""
    return pl.concat([cells, between_weeks(cells), between_rates(cells)])


class Cells:
    """Cells with their numbers; columns CELL, n. Those of days before are not of today."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame.with_row_index("cell")

    @cached_property
    def values(self) -> np.ndarray:
        """The counts."""
        return self.frame["n"].to_numpy()

    @cached_property
    def today(self) -> np.ndarray:
        """Which cells are this day's, and shown."""
        name = self.frame["name"]
        return (~name.str.starts_with(BEFORE) & ~name.is_in(UNSHOWN)).to_numpy()

    @cached_property
    def at(self) -> dict[tuple[str, ...], int]:
        """Number of a cell by its name, cut, place and part."""
        return {key: number for number, key in enumerate(self.frame.select(CELL).rows())}

    def summed(self, total: int, parts: list[int]) -> Sum | None:
        """The sum where it holds."""
        cells = np.array(parts, dtype=np.int64)
        holds = len(cells) and self.values[total] == self.values[cells].sum()
        return Sum(total, cells) if holds else None

    def table(self, more: list[Sum], begun: np.ndarray) -> Table:
        """Everything that `suppression.settled` wants to know."""
        place, name = self.frame["place"], self.frame["name"]
        digits = place.str.len_chars().to_numpy()
        # What is cut further before regions, townships before counties before the city, and there
        # the catalogue's figures, which leaders look at first, last of all.
        regional = (self.frame["cut"] == "region").to_numpy() * (1 + (digits <= 6))
        leading = name.str.starts_with("indicators.").to_numpy()
        ranks = (10 + 7 * leading) * regional + 5 * (digits == 0) + name.is_in(LAST).to_numpy()
        return Table(
            values=self.values,
            sums=[*self._of_regions(), *self._found(), *defined(self), *differences(self), *more],
            free=(name == AUXILIARY).to_numpy(),
            begun=begun | (name == EXCLUDED).to_numpy(),
            fixed=name.str.starts_with(BEFORE).to_numpy(),
            ranks=ranks,
            exact=digits <= 6,
        )

    def _of_regions(self) -> Iterator[Sum]:
        """The city is its counties, a county its townships."""
        inside = self.frame.filter(pl.col("place") != "").with_columns(
            whole=pl.when(pl.col("place").str.len_chars() > 6)
            .then(pl.col("place").str.head(6))
            .otherwise(pl.lit(""))
        )
        of = ["name", "cut", "part"]
        parts = inside.group_by(*of, "whole").agg(parts="cell", summed=pl.col("n").sum())
        joined = self.frame.join(
            parts, left_on=[*of, "place"], right_on=[*of, "whole"], nulls_equal=True
        )
        held = joined.filter(pl.col("n") == pl.col("summed")).sort("cell")
        for total, cells in held.select("cell", "parts").rows():
            yield Sum(total, np.array(cells, dtype=np.int64))

    def _found(self) -> Iterator[Sum]:
        """Sums that hold in every county and are told by no name."""
        figures = Figures(self.frame.filter(~pl.col("name").is_in(UNSHOWN)))
        for total, parts in figures.sums():
            places = figures.places[total]
            for place, cell in places.items():
                cells = [figures.places[p][place] for p in parts if place in figures.places[p]]
                if found := self.summed(cell, cells):
                    yield found


class Figures:
    """Figures as they stand in the counties: a row a figure, a column a county."""

    def __init__(self, frame: pl.DataFrame) -> None:
        of = ["name", "cut", "part"]
        grouped = frame.group_by(of, maintain_order=True).agg("place", "cell", "n")
        self.names = grouped.select(of).rows()
        self.places = [
            dict(zip(places, cells, strict=True))
            for places, cells in grouped.select("place", "cell").rows()
        ]
        counties = frame.filter(pl.col("place").str.len_chars() == 6)["place"].unique().sort()
        column = {county: i for i, county in enumerate(counties)}
        self.counts = np.zeros((len(self.names), len(column)), dtype=np.int64)
        for row, (places, counts) in enumerate(grouped.select("place", "n").rows()):
            for place, n in zip(places, counts, strict=True):
                if place in column:
                    self.counts[row, column[place]] = n
        # One number a figure, equal for equal ones.
        self.weights = np.random.default_rng(0).integers(1, 2**40, len(column))
        self.digest = self.counts @ self.weights
        self.told = (self.counts > 0).sum(axis=1) >= FEWEST

    def sums(self) -> Iterator[tuple[int, list[int]]]:
        """Equal figures, sums of two, sums of the parts of a table."""
        chosen = np.flatnonzero(self.told)
        first: dict[int, int] = {}
        for figure in chosen:
            same = first.setdefault(int(self.digest[figure]), int(figure))
            if same != figure:
                yield same, [int(figure)]
        yield from self._of_two(np.array(sorted(first.values()), dtype=np.int64))
        yield from self._of_tables(first)

    def _of_two(self, chosen: np.ndarray) -> Iterator[tuple[int, list[int]]]:
        if not len(chosen):
            return
        digests = self.digest[chosen]
        order = np.argsort(digests)
        ordered = digests[order]
        for i, figure in enumerate(chosen):
            wanted = digests[i] + digests[i:]
            at = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
            for j in np.flatnonzero(ordered[at] == wanted):
                yield int(chosen[order[at[j]]]), [int(figure), int(chosen[i + j])]

    def _of_tables(self, first: dict[int, int]) -> Iterator[tuple[int, list[int]]]:
        """Over each of a table's dimensions, and over several of them."""
        tables: dict[tuple, list[int]] = {}
        for row, (name, cut, part) in enumerate(self.names):
            parts = part.split(JOINED)
            for size in range(len(parts)):
                for kept in combinations(range(len(parts)), size):
                    key = (name, cut, kept, *(parts[i] for i in kept))
                    tables.setdefault(key, []).append(row)
        for rows in tables.values():
            whole = first.get(int(self.digest[rows].sum())) if len(rows) > 1 else None
            if whole is not None and whole not in rows:
                yield whole, rows
