"""Removing whole old months of the audit log: by command only, the chain stays checkable."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from data.audit.entry import GENESIS, parsed
from data.audit.files import months

#: Days that the log is kept at least.
LEAST = 180


def old(folder: Path, keep_days: int, today: date) -> list[Path]:
    """Files whose last day is more than `keep_days` ago; ValueError below 180."""
    if keep_days < LEAST:
        raise ValueError(f"the audit log is kept for {LEAST} days at least, not {keep_days}")
    before = today - timedelta(days=keep_days)
    return [path for path in months(folder)[:-1] if _last_day(path) < before]


def _last_day(path: Path) -> date:
    year, month = (int(part) for part in path.stem.removeprefix("audit-").split("-"))
    return date(year, month, monthrange(year, month)[1])


def prune(
    folder: Path, keep_days: int, today: date, note: Callable[[str, str], None]
) -> Iterator[Path]:
    """
    Removes them, oldest first; each file removed.

    `note` logs the file and the hash that its successor follows, before the file goes: from that
    line `verify` knows where the log begins.
    """
    for path in old(folder, keep_days, today):
        note(path.name, _begins(months(folder)[1]))
        path.unlink()
        yield path


def _begins(path: Path) -> str:
    """The hash that the file's first line follows."""
    with path.open("rb") as file:
        told = next(filter(None, map(parsed, file)), None)
    return told["previous"] if told else GENESIS
