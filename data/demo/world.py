"""The frame of the demonstration registry: its size, its seed, its last day."""

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.demo.clock import day

#: Nothing is dated later, a handful of planted rows apart.
LAST_DAY = date(2026, 10, 31)
#: The size for which all monthly numbers below this package are written.
USUAL_PERSONS = 290_000
#: Months before the history proper, so that its first month-end has work under way.
LEAD_IN = 2
#: What slices of one registry have in common: places, how counties behave, and the rows of tables
#: that are added up.
COMMON = {
    *("villages", "county moods", "moods", "match days", "match runs", "submissions"),
    "blot 0",
}


@dataclass(frozen=True)
class World:
    """
    `persons` in the register on the last day; `months` of history, lead-in included.

    `slice`: its number in a registry of several (`slices`).
    """

    persons: int = USUAL_PERSONS
    seed: int = 1
    months: int = 36 + LEAD_IN
    slice: int = 0

    @property
    def scale(self) -> float:
        return self.persons / USUAL_PERSONS

    @property
    def last(self) -> int:
        return day(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day)

    @property
    def first(self) -> int:
        return int(self.month_starts[0])

    @property
    def month_starts(self) -> np.ndarray:
        """First day of every month of the history, as day numbers."""
        end = np.datetime64(LAST_DAY, "M")
        months = np.arange(end - self.months + 1, end + 1)
        return months.astype("datetime64[D]").astype(np.int64)

    def rng(self, subject: str) -> np.random.Generator:
        """A stream of its own for each subject: adding one changes no other."""
        words = [self.seed, zlib.crc32(subject.encode())]
        if self.slice and subject not in COMMON:
            words.append(self.slice)
        return np.random.default_rng(np.random.SeedSequence(words))

    def some(self, usual: float) -> int:
        """A number of rows that is `usual` at the usual size, at least one."""
        return max(1, round(usual * self.scale))
