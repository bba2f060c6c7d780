"""Scope: which day, compared with which, for whom. A frozen value that pages share."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data import settings
from data.reference import calendar
from queries.answers.breakdowns import regions
from queries.answers.periods import last_cutoff
from queries.answers.trend import is_month_end
from queries.cache import cached
from queries.refresh.history import is_under_way
from queries.refresh.history import noted as unfinished_history
from queries.refresh.last_run import last as last_refresh
from queries.region import WHOLE_CITY, Region
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import OlderDefinitions, SnapshotError, broken_days, stored_days

#: What pages may ask of the store, beside scope itself.
__all__ = [
    "Meeting",
    "OlderDefinitions",
    "Scope",
    "Snapshot",
    "SnapshotError",
    "before",
    "broken_days",
    "comparable",
    "comparisons",
    "counties",
    "is_under_way",
    "last_refresh",
    "latest",
    "like_with_like",
    "meetings",
    "month_ends",
    "older_month_ends",
    "open_snapshot",
    "store",
    "stored_days",
    "townships",
    "unfinished_history",
]


@dataclass(frozen=True)
class Scope:
    """
    What a page shows.

    `department`, `category` and `residence` are codes, or empty for all; a region may be given as
    the code that an address has. `period`: one of `queries.answers.periods.PERIODS`.
    """

    as_of: date
    compared: date | None = None
    region: Region = WHOLE_CITY
    department: str = ""
    category: str = ""
    residence: str = ""
    period: str = "month"

    def __post_init__(self) -> None:
        object.__setattr__(self, "region", Region(self.region))


def store() -> Path:
    """The folder of the configured snapshot store."""
    return Path(settings.SNAPSHOT_DIR)


def counties(snapshot: Snapshot) -> dict[str, str]:
    """Names of the counties by code, in official order."""
    return dict(regions(snapshot, "county"))


def townships(snapshot: Snapshot, county: str) -> dict[str, str]:
    """Names of a county's townships by code, in official order."""
    inside = regions(snapshot, "township")
    return {code: name for code, name in inside if Region(code).county == county}


@dataclass(frozen=True)
class Meeting:
    """A joint meeting whose cut-off is stored, and the cut-off of the one before it."""

    id: str
    name: str
    held_on: date
    cutoff: date
    before: date | None


def meetings(folder: Path) -> list[Meeting]:
    """Meetings of the newest snapshot whose cut-off day is stored, the latest first."""
    newest, stored = latest(folder), set(stored_days(folder))
    if newest is None or "joint_meeting" not in newest.manifest["connected"]:
        return []
    rows = newest.cube("meetings").to_dicts()
    cutoffs = {row["meeting_id"]: row["data_cutoff_on"] for row in rows}
    found = [
        Meeting(
            row["meeting_id"],
            row["meeting_name"] or row["meeting_id"],
            row["held_on"],
            row["data_cutoff_on"],
            cutoffs.get(row["prev_meeting_id"]),
        )
        for row in rows
        if row["data_cutoff_on"] in stored
    ]
    return found[::-1]


def comparisons(folder: Path, snapshot: Snapshot) -> dict[str, date]:
    """
    Days to compare with that are stored: the last meeting's cut-off, a month, a year before.

    Those of other definitions come last; they are offered, and never compared (`comparable`).
    """
    day, stored = snapshot.as_of, set(stored_days(folder))
    a_year_before = calendar.months_before(day + timedelta(days=1), 12) - timedelta(days=1)
    choices = {
        "meeting": last_cutoff(snapshot),
        "month": day.replace(day=1) - timedelta(days=1),
        "year": a_year_before,
    }
    offered = [(name, chosen) for name, chosen in choices.items() if chosen in stored]
    return dict(sorted(offered, key=lambda choice: not comparable(snapshot, choice[1])))


def comparable(snapshot: Snapshot, day: date) -> bool:
    """Whether the same definitions made a stored day: figures of two are never compared."""
    return snapshot.at(day).definitions == snapshot.definitions


def like_with_like(snapshot: Snapshot, scope: Scope) -> Scope:
    """The scope without its compared day where that is of other definitions."""
    # What is not stored is another fault, for whoever opens it.
    if scope.compared not in stored_days(snapshot.folder):
        return scope
    if comparable(snapshot, scope.compared):
        return scope
    return replace(scope, compared=None)


def before(snapshot: Snapshot, scope: Scope) -> Snapshot | None:
    """The snapshot to compare with; None when the scope names none that is comparable."""
    compared = like_with_like(snapshot, scope).compared
    return snapshot.at(compared) if compared else None


def month_ends(snapshot: Snapshot) -> tuple[Snapshot, ...]:
    """The stored month-ends up to the snapshot's day that are comparable, oldest first."""
    return _opened(tuple(e for e in _ends(snapshot) if e.definitions == snapshot.definitions))


def older_month_ends(snapshot: Snapshot) -> tuple[Snapshot, ...]:
    """The stored month-ends up to the snapshot's day by older definitions, oldest first."""
    return _opened(tuple(e for e in _ends(snapshot) if e.definitions < snapshot.definitions))


def _ends(snapshot: Snapshot) -> list[Snapshot]:
    days = stored_days(snapshot.folder)
    return [snapshot.at(day) for day in days if day <= snapshot.as_of and is_month_end(day)]


@cached(8)
def _opened(snapshots: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    """The same tuple for equal ones, so that what is cached by it is found by identity."""
    return snapshots


def latest(folder: Path) -> Snapshot | None:
    """The newest stored day, None when nothing is stored yet."""
    days = stored_days(folder)
    return open_snapshot(folder, days[-1]) if days else None
