"""Removing whole old months of the audit log: by command only, the chain stays checkable."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from data.audit.entry import GENESIS, AuditError, parsed
from data.audit.files import months
from data.audit.records import AT

#: Days that the log is kept at least.
LEAST = 180

#: Days that a stretch without any line counts at most: a clock that jumped makes no line older.
QUIET = timedelta(days=31)


def old(folder: Path, keep_days: int, now: datetime) -> list[Path]:
    """
    Files whose lines are all more than `keep_days` old; ValueError below 180.

    AuditError when the newest line is of a later time than now: the clock is or was wrong.
    """
    if keep_days < LEAST:
        raise ValueError(f"the audit log is kept for {LEAST} days at least, not {keep_days}")
    kept, files = timedelta(days=keep_days), months(folder)
    before, ages = (now - kept).date(), _ages(files, now)
    return [
        path
        for path in files[:-1]
        if _last_day(path) < before and ages.get(path, timedelta(0)) > kept
    ]


def _ages(files: list[Path], now: datetime) -> dict[Path, timedelta]:
    """
    How long ago the last line of each file was written, told by the lines written since.

    What lies between two lines counts `QUIET` at most, and a clock set back nothing, so that no
    jump to another year makes the log look old.
    """
    lines = [(path, at) for path in files for at in _times(path)]
    if lines and lines[-1][1] > now + timedelta(minutes=1):
        raise AuditError(
            f"the newest line of the audit log is of {lines[-1][1]:%Y-%m-%d %H:%M}, later than "
            f"now, {now:%Y-%m-%d %H:%M}: check the machine's clock. Nothing is removed"
        )
    ages: dict[Path, timedelta] = {}
    since, later = timedelta(0), now
    for path, at in reversed(lines):
        since += min(max(later - at, timedelta(0)), QUIET)
        ages.setdefault(path, since)
        later = at
    return ages


def _times(path: Path) -> list[datetime]:
    """When its lines were written, in their order."""
    with path.open("rb") as file:
        told = [each["at"] for each in map(parsed, file) if each]
    texts = pl.Series(told, dtype=pl.String)
    return texts.str.to_datetime(AT, strict=False, time_zone="UTC").drop_nulls().to_list()


def _last_day(path: Path) -> date:
    year, month = (int(part) for part in path.stem.removeprefix("audit-").split("-"))
    return date(year, month, monthrange(year, month)[1])


def prune(
    folder: Path, keep_days: int, now: datetime, note: Callable[[str, str], None]
) -> Iterator[Path]:
    """
    Removes them, oldest first; each file removed.

    `note` logs the file and the hash that its successor follows, before the file goes: from that
    line `verify` knows where the log begins.
    """
    for path in old(folder, keep_days, now):
        note(path.name, _begins(months(folder)[1]))
        path.unlink()
        yield path


def _begins(path: Path) -> str:
    """The hash that the file's first line follows."""
    with path.open("rb") as file:
        told = next(filter(None, map(parsed, file)), None)
    return told["previous"] if told else GENESIS
