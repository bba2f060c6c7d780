"""Old days are thinned: `python -m queries prune --keep daily=90,month-ends=all,meetings=all`."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from queries.answers.trend import is_month_end
from queries.arguments import UsageError
from queries.refresh import history
from queries.store.manifests import SnapshotError, base_of
from queries.store.publication import locked
from queries.store.snapshot import open_snapshot
from queries.store.versions import (
    PARTIAL,
    look_again,
    published,
    stored_days,
    versions,
)

USUAL = "daily=90,month-ends=all,meetings=all"

#: Month-ends that a refresh makes anew where they are missing.
LEAST = 24


@dataclass(frozen=True)
class Keep:
    """The last so many days, the last so many month-ends; all where it is None."""

    daily: int
    month_ends: int | None


@dataclass(frozen=True)
class Removed:
    """A day that goes, its versions and the bytes that they take."""

    day: date
    versions: int
    size: int


def kept(text: str) -> Keep:
    """Of `daily=90,month-ends=all,meetings=all`; UsageError for what is said otherwise."""
    said = dict(part.split("=", 1) for part in text.split(",") if "=" in part)
    if {*said} != {"daily", "month-ends", "meetings"} or len(said) != len(text.split(",")):
        raise UsageError(f"--keep {text}: write it as {USUAL}")
    if said["meetings"] != "all":
        raise UsageError("--keep: meetings=all; what a meeting used always stays")
    if not re.fullmatch("[1-9][0-9]*", said["daily"]):
        raise UsageError("--keep: daily is a number of days, 1 or more")
    ends = said["month-ends"]
    if ends != "all" and not (ends.isdecimal() and int(ends) >= LEAST):
        raise UsageError(f"--keep: month-ends is all, or {LEAST} or more, which refresh wants")
    return Keep(int(said["daily"]), None if ends == "all" else int(ends))


def superfluous(folder: Path, keep: Keep) -> list[date]:
    """Published days that may go, oldest first; never the newest, nor what a meeting used."""
    days = stored_days(folder)
    if not days:
        return []
    ends = [day for day in days if is_month_end(day)]
    owed = history.noted(folder)
    needed = {
        *(day for day in days if day > days[-1] - timedelta(days=keep.daily)),
        *ends[-(keep.month_ends or len(ends)) :],
        *(owed.wanted if owed else ()),
        *of_meetings(folder),
    }
    # A day that cannot serve stays for whoever mends it.
    staying = {*published(folder)} - {*days} | needed
    needed |= {base for day in staying for base in _bases(folder, day)}
    return [day for day in days if day not in needed]


def _bases(folder: Path, day: date) -> Iterator[date]:
    """Days on which a version of a day leans."""
    for version in versions(folder, day):
        with suppress(SnapshotError):
            if base := base_of(folder / day.isoformat() / str(version)):
                yield date.fromisoformat(base.parent.name)


def of_meetings(folder: Path) -> set[date]:
    """Cut-offs of every meeting that a stored day knows, and each day that its files name."""
    used = set()
    for day in stored_days(folder):
        snapshot = open_snapshot(folder, day)
        if snapshot.holds("meetings"):
            used |= {*snapshot.cube("meetings")["data_cutoff_on"].drop_nulls()}
    for file in (folder / "meetings").rglob("*"):
        texts = file.read_text(encoding="utf-8") if file.suffix == ".json" else ""
        used |= {*_days_in(file.name), *_days_in(texts)}
    return used


def _days_in(text: str) -> Iterator[date]:
    for found in re.findall(r"\d{4}-\d{2}-\d{2}", text):
        try:
            yield date.fromisoformat(found)
        except ValueError:
            continue


def staying(folder: Path, removed: list[Removed]) -> int:
    """Number of published days without the removed ones."""
    return len({*published(folder)} - {each.day for each in removed})


def prune(folder: Path, keep: Keep, dry_run: bool = False) -> Iterator[Removed]:
    """Takes out each superfluous day, whole, and says so; with `dry_run` only what would go."""
    with locked(folder):
        for day in superfluous(folder, keep):
            place = folder / day.isoformat()
            files = [file for file in place.rglob("*") if file.is_file()]
            versions = sum(each.name.isdecimal() for each in place.iterdir())
            size = sum(file.stat().st_size for file in files)
            if not dry_run:
                # Renamed first: a reader finds the whole day or none; what a kill leaves the next
                # refresh removes.
                aside = place.rename(folder / f"{PARTIAL}{uuid4().hex}")
                shutil.rmtree(aside)
            yield Removed(day, versions, size)
        look_again()
