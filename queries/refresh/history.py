"""The days before an as-of day that its refresh owes: noted in the store, for pages and for later.

The note stands from before the as-of day is published until all of its days are stored. Whether
somebody is computing them is a lock, which goes with its process however that ends.
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

from data.atomic_write import atomic_write
from data.quality.loading import Loaded
from data.reference import calendar
from queries.store.small_files import read
from queries.store.versions import stored_days

log = logging.getLogger(__name__)

FILE = "history.json"


@dataclass(frozen=True)
class History:
    """The wanted days before an as-of day, newest first, and those of them that are stored."""

    as_of: date
    wanted: tuple[date, ...]
    done: frozenset[date]

    @property
    def missing(self) -> list[date]:
        """Wanted days that are not stored, newest first."""
        return [day for day in self.wanted if day not in self.done]


def days_before(loaded: Loaded, as_of: date, months: int) -> set[date]:
    """What history wants before a day: its month-ends, and the meetings' cut-offs among them."""
    if months == 0:
        return set()
    ends = calendar.month_ends(as_of, months)
    cutoffs: list[date] = []
    if "joint_meeting" in loaded.frames:
        meetings = loaded.frames["joint_meeting"].select("data_cutoff_on").collect()
        cutoffs = meetings["data_cutoff_on"].drop_nulls().to_list()
    return {day for day in [*ends, *cutoffs] if min(ends) <= day < as_of}


def days_wanted(loaded: Loaded, folder: Path, as_of: date, months: int | None) -> list[date]:
    """
    The as-of day, then the days before it that are not stored, newest first.

    They are noted as owed until they are there. `months` None: what is noted already, and the
    as-of day only where it is not stored.
    """
    stored = set(stored_days(folder))
    if months is None:
        owed = noted(folder)
        return [day for day in [as_of, *(owed.missing if owed else [])] if day not in stored]
    wanted = days_before(loaded, as_of, months)
    if months:
        note(folder, as_of, wanted)
    return [as_of, *sorted(wanted - stored, reverse=True)]


def note(folder: Path, as_of: date, wanted: Iterable[date]) -> None:
    """Notes the days that a refresh owes, or that it owes none; what cannot be noted is logged."""
    days = sorted(wanted, reverse=True)
    try:
        if set(days) <= set(stored_days(folder)):
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
    done = frozenset(wanted & set(stored_days(folder)))
    return History(as_of, tuple(sorted(wanted, reverse=True)), done)


def progress(folder: Path, day: date) -> str:
    """How far history is once a day of it is stored, for the log; empty when it is none of it."""
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
