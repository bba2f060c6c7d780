"""Appending to the audit log: one line under a lock, on the disk before the call returns."""

import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data.atomic_write import fsync
from data.audit.entry import GENESIS, AuditError, chained, entry, follows, hash_over, parsed
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
            stamp = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            unlinked = entry(stamp, scope, **texts, source=source)
            last = _last(folder)
            # A clock set back never opens an earlier month again.
            name = max(f"audit-{at:%Y-%m}.jsonl", last.file)
            line, own_hash = chained(unlinked, last.hash)
            size = _add(folder / name, line)
            put_head(folder, Head(name, size, last.count + 1, own_hash))
    except OSError as error:
        raise AuditError(f"the audit log in {folder} cannot be written: {error}") from error


def _add(path: Path, line: bytes) -> int:
    """Size of the file with the line at its end; OSError leaves the file as it was."""
    new = not path.exists()
    with open(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "rb+", 0) as file:
        if new and os.geteuid() == 0:
            # A command that root runs on the first of a month would lock the board out of its log.
            owner = path.parent.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        before = file.seek(0, os.SEEK_END)
        # A writer that was killed leaves a line without its end.
        ended = before == 0 or os.pread(file.fileno(), 1, before - 1) == b"\n"
        try:
            rest = memoryview(line if ended else b"\n" + line)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(before)
            raise
        if new:
            fsync(path.parent)
        return file.tell()


def _last(folder: Path) -> Head:
    """The line to go on from. A fault goes to the server's log, and `verify` still finds it."""
    last, files = head(folder), months(folder)
    if last is None:
        if files:
            log.error("%s: the audit log lost its head; the chain begins anew", folder)
        return Head(files[-1].name if files else "", 0, 0, GENESIS)
    path = folder / last.file
    if not path.exists() or path.stat().st_size < last.size:
        log.error("%s: the audit log is cut off before byte %d", path, last.size)
        return last
    # Lines whose writer was killed before it could replace the head.
    for path in (path for path in files if path.name >= last.file):
        with path.open("rb") as file:
            file.seek(last.size if path.name == last.file else 0)
            for line in file:
                linked = parsed(line)
                if linked and follows(linked, last.hash):
                    last = Head(path.name, last.size, last.count + 1, linked["hash"])
                else:
                    if not linked:
                        last = replace(last, hash=hash_over(line, last.hash))
                    log.error("%s: the audit log has a line that is not whole: %r", path, line[:80])
    return last
