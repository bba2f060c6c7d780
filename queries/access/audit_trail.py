"""The audit log for who may see it, and what the command line notes in it."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from data import audit, settings
from data.audit import CHINA, AuditError, Fault, by_hand
from queries.access import Access, AccessError

__all__ = ["CHINA", "AuditError", "Fault", "entries", "exported", "fault", "folder", "operator"]


def entries(access: Access, since: date, until: date) -> pl.DataFrame:
    """Entries of the days, both included, columns of `data.audit.read`; AccessError."""
    return audit.read(_allowed(access), since, until)


def fault(access: Access) -> Fault | None:
    """The first line of the log that is not as it was written; AccessError."""
    log = _allowed(access)
    files = sorted(path for path in log.glob("*.json*") if path.is_file())
    return _verified(log, tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=1)
def _verified(log: Path, _modified: tuple) -> Fault | None:
    # A year of a city's log takes seconds: once for each state of its files.
    return audit.verify(log)


def operator() -> tuple[str, str]:
    """Account and unit of whoever runs a command."""
    return by_hand.account(), by_hand.UNIT


def exported(what: str, role: str, scope: Mapping[str, Any]) -> None:
    """Notes a file or an answer of a command before it is handed over; AuditError."""
    by_hand.note(folder(), "export", what, scope, role)


def thinned(days: list[date]) -> None:
    """Notes that stored days are about to be removed; AuditError."""
    listed = " ".join(day.isoformat() for day in days)
    by_hand.note(folder(), "thin", "queries prune", {"options": {"days": listed}})


def folder() -> Path:
    """The folder of the configured audit log."""
    return Path(settings.AUDIT_DIR)


def _allowed(access: Access) -> Path:
    if not access.log:
        raise AccessError("审计日志仅供审计角色查看")
    return folder()
