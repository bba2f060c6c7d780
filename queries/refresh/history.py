"""The days before an as-of day that its refresh owes: noted in the store, for pages and for later.

Owed are days that are not stored, and days stored by older definitions (口径调整). The note stands
from before the as-of day is published until all of its days are made. Whether somebody is computing
them is a lock, which goes with its process however that ends.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from data.atomic_write import atomic_write
from data.reference import calendar
from data.registry.frames import small
from queries.answers.trend import is_month_end
from queries.store.small_files import read
from queries.store.versions import days_made, stored_days

if TYPE_CHECKING:
    # With it comes all that reads a registry, which pages do not.
    from data.quality.loading import Loaded

log = logging.getLogger(__name__)

FILE = "history.json"


@dataclass(frozen=True)
class History:
    """The wanted days before an as-of day, newest first, and those of them that are made."""

    as_of: date
    wanted: tuple[date, ...]
    done: frozenset[date]

    @property
    def missing(self) -> list[date]:
        """Wanted days that are not stored, or by older definitions, newest first."""
        return [day for day in self.wanted if day not in self.done]


def days_before(loaded: "Loaded", folder: Path, as_of: date, months: int) -> set[date]:
    """
    What history wants before a day: its month-ends, and the meetings' cut-offs among them.

    Also earlier ones that are stored by older definitions; none at all for 0 `months`.
    """
    if months == 0:
        return set()
    ends, cutoffs = set(calendar.month_ends(as_of, months)), _cutoffs(loaded)
    older = {day for day in days_older(folder) if is_month_end(day) or day in cutoffs}
    wanted = {day for day in ends | cutoffs if min(ends) <= day} | older
    return {day for day in wanted if day < as_of}


def _cutoffs(loaded: "Loaded") -> set[date]:
    if "joint_meeting" not in loaded.frames:
        return set()
    meetings = small(loaded.frames["joint_meeting"]).select("data_cutoff_on").collect()
    return set(meetings["data_cutoff_on"].drop_nulls())


def days_older(folder: Path) -> set[date]:
    """Stored days whose figures are of older definitions."""
    return set(stored_days(folder)) - set(days_made(folder))


def days_wanted(loaded: "Loaded", folder: Path, as_of: date, months: int | None) -> list[date]:
    """
    The as-of day, then the days before it that are not stored, then those to be made anew by
    these definitions, each newest first.

    They are noted as owed until they are made. `months` None: what is noted already, and the
    as-of day only where it is not made.
    """
    made = set(days_made(folder))
    if months is None:
        owed = noted(folder)
        missing = set(owed.missing if owed else [])
        return [day for day in [as_of, *_in_order(folder, missing)] if day not in made]
    wanted = days_before(loaded, folder, as_of, months)
    if months:
        note(folder, as_of, wanted)
    return [as_of, *_in_order(folder, wanted - made)]


def _in_order(folder: Path, days: set[date]) -> list[date]:
    older = days_older(folder)
    return sorted(days - older, reverse=True) + sorted(days & older, reverse=True)


def note(folder: Path, as_of: date, wanted: Iterable[date]) -> None:
    """Notes the days that a refresh owes, or that it owes none; what cannot be noted is logged."""
    days = sorted(wanted, reverse=True)
    try:
        if set(days) <= set(days_made(folder)):
            (folder / FILE).unlink(missing_ok=True)
            return
        fields = {"as_of": as_of.isoformat(), "days": [day.isoformat() for day in days]}
        atomic_write(folder / FILE, json.dumps(fields))
    except OSError as error:
        log.error("cannot note which days before %s are wanted: %s", as_of, error)


def noted(folder: Path) -> History | None:
    """What an unfinished refresh owes; None when nothing is noted, or the note is damaged."""
    try:
        fields = json.loads(read(folder / FILE))
        as_of = date.fromisoformat(fields["as_of"])
        wanted = {date.fromisoformat(day) for day in fields["days"]}
        if not wanted or max(wanted) >= as_of:
            raise ValueError(f"no days before {as_of}")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        log.warning("%s cannot be read: %s; the next refresh notes anew", folder / FILE, error)
        return None
    done = frozenset(wanted & set(days_made(folder)))
    return History(as_of, tuple(sorted(wanted, reverse=True)), done)


def progress(folder: Path, day: date) -> str:
    """How far history is once a day of it is made, for the log; empty when it is none of it."""
    owed = noted(folder)
    if owed is None or day not in owed.wanted:
        return ""
    return f"history {len(owed.done)} of {len(owed.wanted)}: "


@contextmanager
def under_way(folder: Path) -> Iterator[None]:
    """Pages say that days are being computed while this lasts; several refreshes may at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder, fcntl.LOCK_SH):
        yield


def is_under_way(folder: Path) -> bool:
    """Whether some process is refreshing the store just now."""
    try:
        with _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB):
            return False
    except BlockingIOError:
        return True
    except OSError:
        return False


@contextmanager
def _locked(folder: Path, how: int) -> Iterator[None]:
    """The folder itself bears the lock: nothing stands in it that could be in the way."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield
    finally:
        os.close(descriptor)
