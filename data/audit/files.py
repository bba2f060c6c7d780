"""The folder of the audit log: a file a month, a lock, and a head that knows the last line."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

PATTERN = "audit-[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"
LOCK, HEAD = "lock", "head.json"

#: Seconds to wait for other writers: a page must not hang behind a process that was stopped.
WAIT = 5.0


@dataclass(frozen=True)
class Head:
    """The last line that was written: its file, that file's size (bytes), its hash; all lines."""

    file: str
    size: int
    count: int
    hash: str


def months(folder: Path) -> list[Path]:
    """The files, oldest first."""
    return sorted(folder.glob(PATTERN))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer at a time, of all processes and threads; TimeoutError (an OSError)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        _take(lock.fileno(), fcntl.LOCK_EX)
        yield


@contextmanager
def still(folder: Path) -> Iterator[None]:
    """Nobody writes meanwhile; a copy of the folder without a lock is read as it is."""
    if not (folder / LOCK).exists():
        yield
        return
    with (folder / LOCK).open() as lock:
        _take(lock.fileno(), fcntl.LOCK_SH)
        yield


def _take(lock: int, kind: int) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            return fcntl.flock(lock, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise TimeoutError(f"the lock is held for more than {WAIT:.0f} s") from None
            time.sleep(0.002)


def head(folder: Path) -> Head | None:
    """The head; None when it is missing or damaged."""
    try:
        told = json.loads((folder / HEAD).read_bytes())
        return Head(str(told["file"]), int(told["size"]), int(told["count"]), str(told["hash"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def put_head(folder: Path, told: Head) -> None:
    """
    Replaces the head as a whole.

    It is not forced to the disk: after a power cut an older head is caught up with from the lines
    behind it, which are.
    """
    aside = folder / f".{uuid4().hex}"
    try:
        aside.write_text(json.dumps(asdict(told)), encoding="ascii")
        os.replace(aside, folder / HEAD)
    finally:
        aside.unlink(missing_ok=True)
