"""Scope: which day, compared with which, for which region. A frozen value that pages share."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data import calendar, settings
from queries.answers.regions import regions
from queries.snapshot import Snapshot, open_snapshot, stored_days

#: What pages may ask of the store, beside scope itself.
__all__ = [
    "Scope",
    "Snapshot",
    "comparisons",
    "counties",
    "last_meeting",
    "latest",
    "open_snapshot",
    "store",
    "stored_days",
]


@dataclass(frozen=True)
class Scope:
    """What a page shows; `region` is a county code or empty for the city."""

    as_of: date
    compared: date | None
    region: str = ""


def store() -> Path:
    """The folder of the configured snapshot store."""
    return Path(settings.SNAPSHOT_DIR)


def counties(snapshot: Snapshot) -> dict[str, str]:
    """Names of the counties by code, in official order."""
    return dict(regions(snapshot, "county"))


def last_meeting(snapshot: Snapshot) -> tuple[str, date] | None:
    """Name and data cut-off of the latest meeting held before the as-of day, None without one."""
    if "joint_meeting" not in snapshot.manifest["connected"]:
        return None
    held = snapshot.cube("meetings").filter(
        pl.col("held_on") < snapshot.as_of, pl.col("data_cutoff_on") < snapshot.as_of
    )
    if held.is_empty():
        return None
    return held.sort("held_on", "meeting_id").select("meeting_name", "data_cutoff_on").row(-1)


def comparisons(folder: Path, snapshot: Snapshot) -> dict[str, date]:
    """Days to compare with that are stored: the last meeting's cut-off, a month, a year before."""
    day, stored = snapshot.as_of, set(stored_days(folder))
    meeting = last_meeting(snapshot)
    a_year_before = calendar.months_before(day + timedelta(days=1), 12) - timedelta(days=1)
    choices = {
        "meeting": meeting[1] if meeting else None,
        "month": day.replace(day=1) - timedelta(days=1),
        "year": a_year_before,
    }
    return {name: chosen for name, chosen in choices.items() if chosen in stored}


def latest(folder: Path) -> Snapshot | None:
    """The newest stored day, None when nothing is stored yet."""
    days = stored_days(folder)
    return open_snapshot(folder, days[-1]) if days else None
