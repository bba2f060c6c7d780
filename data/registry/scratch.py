"""Folders for rows that must not outlive the command that reads them, however it ends."""

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)

PREFIX, HELD = "board-rows-", "held"

#: Folders of this process.
_open: set[Path] = set()


@contextmanager
def scratch(within: Path | None = None) -> Iterator[Path]:
    """
    A folder that is removed at the end; what a killed command left is removed first.

    `within`: a folder that is there, the system's own for temporary files without it.
    """
    parent = within or Path(tempfile.gettempdir())
    _sweep(parent)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent) as name:
        # Locked before it has its name, so that nobody finds it without the lock.
        aside = Path(name) / "new"
        with aside.open("w") as lock_file:
            fcntl.flock(lock_file, fcntl.LOCK_EX)
            aside.rename(aside.with_name(HELD))
            _open.add(Path(name))
            try:
                yield Path(name)
            finally:
                _open.discard(Path(name))


def abandon() -> None:
    """Removes the folders of a process that is about to end without another word."""
    for folder in _open:
        for each in [each for each in folder.iterdir() if each.name != HELD]:
            shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink()
        # Where a thread still wrote, the next command removes the rest, which it knows by the lock.
        if os.listdir(folder) == [HELD]:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Removes our folders whose command is gone: its lock went with it."""
    for lock_file in parent.glob(f"{PREFIX}*/{HELD}"):
        try:
            if lock_file.lstat().st_uid != os.getuid():
                continue
            with lock_file.open() as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock_file.parent)
        except BlockingIOError:
            continue
        except OSError as error:
            log.warning("%s, left by a command that was killed, stays: %s", lock_file.parent, error)
        else:
            log.info("%s, left by a command that was killed, is removed", lock_file.parent)
