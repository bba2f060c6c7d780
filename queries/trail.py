"""The audit log for who may see it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

import polars as pl

from data import audit, settings
from data.audit import CHINA, Fault
from queries.access import Access, AccessError

__all__ = ["CHINA", "Fault", "entries", "faults"]


def entries(access: Access, since: date, until: date) -> pl.DataFrame:
    """Entries of the days, both included, columns of `data.audit.read`; AccessError."""
    return audit.read(_folder(access), since, until)


def faults(access: Access) -> Sequence[Fault]:
    """Where the log is not as it was written; AccessError."""
    folder = _folder(access)
    files = sorted(path for path in folder.glob("*.json*") if path.is_file())
    return _verified(folder, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _verified(folder: Path, _written: tuple) -> Sequence[Fault]:
    # A year of a city's log takes seconds: once for each state of its files.
    return audit.verify(folder)


def _folder(access: Access) -> Path:
    if not access.log:
        raise AccessError("审计日志仅供审计角色查看")
    return Path(settings.AUDIT_DIR)
