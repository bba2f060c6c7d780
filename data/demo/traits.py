"""Who has something from when to when: the form in which circumstances travel."""

from dataclasses import dataclass

import numpy as np
import polars as pl


@dataclass(frozen=True)
class Has:
    """Persons (positions) with the days of start and end; `one` and `two` are attributes."""

    person: np.ndarray
    start: np.ndarray
    end: np.ndarray
    one: np.ndarray | None = None
    two: np.ndarray | None = None

    def where(self, mask: np.ndarray) -> "Has":
        parts = {name: None if v is None else v[mask] for name, v in vars(self).items()}
        return Has(**parts)


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
    first = None if other.one is None else other.one[rows]
    second = None if other.two is None else other.two[rows]
    return Has(met["p"].to_numpy(), met["start"].to_numpy(), met["end"].to_numpy(), first, second)


def joined(parts: list[Has]) -> Has:
    """One after the other, without attributes."""
    names = ("person", "start", "end")
    return Has(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def first_only(has: Has) -> Has:
    """The first entry of each person."""
    return has.where(np.isin(np.arange(len(has.person)), np.unique(has.person, True)[1]))
