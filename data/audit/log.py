"""Appending to the audit log: one line under a lock, on the disk before the call returns."""

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.audit.entry import GENESIS, AuditError, chained, digest, entry, parsed
from data.audit.files import Head, head, locked, months, put_head

log = logging.getLogger(__name__)


def append(
    folder: Path,
    *,
    account: str,
    unit: str,
    role: str,
    event: str,
    what: str,
    scope: Mapping[str, Any],
    source: str,
    now: datetime | None = None,
) -> None:
    """
    Writes one line; AuditError when it cannot be written, ValueError for an unknown event.

    `what`: page or file name; `scope`: keys of `SCOPE`; `source`: the client's address.
    """
    texts = {"account": account, "unit": unit, "role": role, "event": event, "what": what}
    try:
        with locked(folder):
            # Taken under the lock, so that lines stand in the order of their times.
            at = (now or datetime.now(UTC)).astimezone(UTC)
            stamp = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
            told = entry(stamp, scope, **texts, source=source)
            _write(folder, f"audit-{at:%Y-%m}.jsonl", told)
    except OSError as error:
        raise AuditError(f"the audit log in {folder} cannot be written: {error}") from error


def _write(folder: Path, month: str, told: Mapping[str, Any]) -> None:
    last = _last(folder)
    # A clock set back never opens an earlier month again.
    name = max(month, last.file)
    line, own = chained(told, last.hash)
    size = _added(folder / name, line)
    put_head(folder, Head(name, size, last.count + 1, own))


def _added(path: Path, line: bytes) -> int:
    """Size of the file with the line at its end; without it when the disk is full."""
    new = not path.exists()
    with open(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", 0) as file:
        if new and os.geteuid() == 0:
            # A command that root runs on the first of a month would lock the board out of its log.
            owner = _owner(path.parent)
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        before = file.seek(0, os.SEEK_END)
        try:
            rest = memoryview((b"" if _ended(file, before) else b"\n") + line)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
    if new:
        _persist(path.parent)
    return path.stat().st_size


def _owner(folder: Path) -> os.stat_result:
    return folder.stat()


def _ended(file, size: int) -> bool:
    """Whether the file ends with a whole line; half of one is left by a writer that was killed."""
    return size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"


def _persist(folder: Path) -> None:
    """Forces the new file's name to the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _last(folder: Path) -> Head:
    """The line to go on from. What is wrong is told, and stays visible to `verify`."""
    known, files = head(folder), months(folder)
    if known is None:
        if files:
            log.error("%s: the audit log lost its head; the chain begins anew", folder)
        return Head(files[-1].name if files else "", 0, 0, GENESIS)
    path = folder / known.file
    size = path.stat().st_size if path.exists() else 0
    if size < known.size:
        log.error("%s: the audit log is %d bytes short", path, known.size - size)
        return known
    return _caught_up(path, known) if size > known.size else known


def _caught_up(path: Path, known: Head) -> Head:
    """Past lines whose writer ended before it could replace the head."""
    with path.open("rb") as file:
        file.seek(known.size)
        behind = file.read()
    for line in filter(None, behind.split(b"\n")):
        told = parsed(line)
        if told and told["previous"] == known.hash and told["hash"] == digest(told):
            known = replace(known, count=known.count + 1, hash=told["hash"])
        else:
            log.error("%s: the audit log has a line that is not whole: %r", path, line[:80])
    return known
