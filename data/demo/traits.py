"""Who has something from when to when: the form in which circumstances travel."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

#: An attribute that a circumstance does not have.
NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Has:
    """Persons (positions) with the days of start and end; `one` and `two` are attributes."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    one: np.ndarray = field(default_factory=lambda: NONE)
    two: np.ndarray = field(default_factory=lambda: NONE)

    def where(self, mask: np.ndarray) -> "Has":
        parts = (self.person, self.start, self.end, self.one, self.two)
        return Has(*(NONE if part is NONE else part[mask] for part in parts))


def both(one: Has, other: Has) -> Has:
    """When a person has both; the attributes of the second stay."""
    left = pl.DataFrame({"p": one.person, "a": one.start, "b": one.end})
    right = pl.DataFrame(
        {"p": other.person, "c": other.start, "d": other.end, "i": np.arange(len(other.person))}
    )
    met = (
        left.join(right, on="p")
        .select("p", "i", start=pl.max_horizontal("a", "c"), end=pl.min_horizontal("b", "d"))
        .filter(pl.col("end") > pl.col("start"))
        .sort("p", "start", "i", "end")
    )
    rows = met["i"].to_numpy()
    first, second = (NONE if each is NONE else each[rows] for each in (other.one, other.two))
    return Has(met["p"].to_numpy(), met["start"].to_numpy(), met["end"].to_numpy(), first, second)


def joined(parts: list[Has]) -> Has:
    """One after the other, without attributes."""
    names = ("person", "start", "end")
    return Has(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def first_only(has: Has) -> Has:
    """The first entry of each person."""
    return has.where(np.isin(np.arange(len(has.person)), np.unique(has.person, True)[1]))
