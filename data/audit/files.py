"""The folder of the audit log: a file a month, a lock, and a head that knows the last line."""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from data.atomic_write import atomic_write

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


def sizes_between_writes(folder: Path) -> tuple[Head | None, dict[str, int]]:
    """The head, and the size of each file by name; a copy without a lock is taken as it is."""
    path = folder / LOCK
    with path.open() if path.exists() else nullcontext() as lock:
        if lock:
            _take(lock.fileno(), fcntl.LOCK_SH)
        return head(folder), {path.name: path.stat().st_size for path in months(folder)}


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
        last = json.loads((folder / HEAD).read_bytes())
        return Head(str(last["file"]), int(last["size"]), int(last["count"]), str(last["hash"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def put_head(folder: Path, last: Head) -> None:
    """Replaces the head; after a power cut an older one stands, and `append` reads on from it."""
    atomic_write(folder / HEAD, json.dumps(asdict(last)), sync=False)
