"""The audit log for who may see it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import audit, settings
from data.audit import CHINA, Fault
from queries.access import Access, AccessError

__all__ = ["CHINA", "Fault", "entries", "faults", "folder"]


def entries(access: Access, since: date, until: date) -> pl.DataFrame:
    """Entries of the days, both included, columns of `data.audit.read`; AccessError."""
    return audit.read(_allowed(access), since, until)


def faults(access: Access) -> Sequence[Fault]:
    """Where the log is not as it was written; AccessError."""
    place = _allowed(access)
    files = sorted(path for path in place.glob("*.json*") if path.is_file())
    return _verified(place, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _verified(place: Path, _written: tuple) -> Sequence[Fault]:
    # A year of a city's log takes seconds: once for each state of its files.
    return audit.verify(place)


def folder() -> Path:
    """The folder of the configured audit log."""
    return Path(settings.AUDIT_DIR)


def _allowed(access: Access) -> Path:
    if not access.log:
        raise AccessError("审计日志仅供审计角色查看")
    return folder()
