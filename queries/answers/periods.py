"""Reporting periods [S, D]: which a day offers, their length in months, figures within them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from data.reference.calendar import months_before
from queries.answers.indicators import indicators
from queries.cache import cached
from queries.catalogue import SPANS, Indicator, catalogue
from queries.store.snapshot import Cubes, Snapshot

#: Every period by name, in the order in which they are offered.
PERIODS = ("since_meeting", "month", "year", "twelve_months")


@dataclass(frozen=True)
class Period:
    """The days from `since` to `until`, both included, and what the period is called."""

    name: str
    since: date
    until: date

    @property
    def months(self) -> Fraction:
        """Calendar months: each day counts as its share of its own month."""
        return _months_to(self.until) - _months_to(self.since - timedelta(days=1))


def _months_to(day: date) -> Fraction:
    """Calendar months from a fixed start to the end of a day."""
    days_in_month = monthrange(day.year, day.month)[1]
    return day.year * 12 + day.month + Fraction(day.day, days_in_month)


def last_cutoff(snapshot: Cubes) -> date | None:
    """Data cut-off of the latest meeting held by the day, None without one."""
    return _kept(snapshot) if isinstance(snapshot, Snapshot) else _last_cutoff(snapshot)


@cached(512, lasting=True)
def _kept(snapshot: Snapshot) -> date | None:
    return _last_cutoff(snapshot)


def _last_cutoff(snapshot: Cubes) -> date | None:
    if "joint_meeting" not in snapshot.manifest["connected"]:
        return None
    held = snapshot.cube("meetings").filter(
        pl.col("held_on") <= snapshot.as_of, pl.col("data_cutoff_on") < snapshot.as_of
    )
    cutoffs = held.sort("held_on", "meeting_id")["data_cutoff_on"].to_list()
    return cutoffs[-1] if cutoffs else None


def offered(snapshot: Cubes) -> dict[str, Period]:
    """
    The periods that end on the snapshot's day; 上次会议以来 only where there is a meeting, and of a
    day by older definitions the month alone, whose figures are stored.
    """
    day = snapshot.as_of
    if snapshot.is_older:
        return {"month": Period("month", day.replace(day=1), day)}
    cutoff = last_cutoff(snapshot)
    first_days = {"since_meeting": cutoff + timedelta(days=1)} if cutoff else {}
    first_days |= {
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
        "twelve_months": months_before(day, 12) + timedelta(days=1),
    }
    return {name: Period(name, since, day) for name, since in first_days.items()}


def in_period(
    snapshot: Cubes,
    name: str,
    by: str = "city",
    region: str = "",
    residence: str | None = None,
    category: str | None = None,
) -> pl.DataFrame:
    """`indicators` of a period; where the day has none of the name, only what does not need it."""
    period = offered(snapshot).get(name)
    # The default period without its day: equal questions have one key in the cache.
    since = None if period is None or name == "month" else period.since
    rows = indicators(snapshot, by, since, residence, category, region)
    if period:
        return rows
    timeless = [i for i, about in catalogue().items() if about.kind == "stock" or i in SPANS]
    return rows.filter(pl.col("id").is_in(timeless))


def by_month(
    about: Indicator, now: Period | None, before: Period | None
) -> tuple[Fraction, Fraction] | None:
    """The months of two periods where counts of them compare by 月均; None where they need not."""
    if not about.counts_a_period or now is None or before is None or now.months == before.months:
        return None
    return now.months, before.months


def per_month(
    now: float | None, before: float | None, months: tuple[Fraction, Fraction] | None
) -> tuple[float | None, float | None]:
    """Two counts as they are, or of a month each: 月均."""
    if months is None or now is None or before is None:
        return now, before
    return now / float(months[0]), before / float(months[1])
