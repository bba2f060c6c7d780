"""Folders for rows that must not outlive the command that reads them, however it ends."""

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

log = logging.getLogger(__name__)

PREFIX = "board-scratch-"

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
    folder, lock = _locked_folder(parent)
    _open.add(folder)
    try:
        yield folder
    finally:
        _open.discard(folder)
        # Locked until it is gone: killed in between, the next command finds it without a lock.
        shutil.rmtree(folder)
        os.close(lock)


def abandon() -> None:
    """Removes the folders of a process that is about to end without another word."""
    for folder in _open:
        # Under another name, so that a thread that still writes finds no place for another file.
        gone = folder.with_name(f"{folder.name}.gone")
        with suppress(OSError):
            folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _locked_folder(parent: Path) -> tuple[Path, int]:
    """A new folder, and the descriptor that holds its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        with suppress(FileNotFoundError, BlockingIOError):
            lock = _locked(folder)
            if folder.exists():
                return folder, lock
            os.close(lock)
        # Another command took it for one of a killed command, and removed it.


def _locked(folder: Path) -> int:
    """A descriptor that holds the folder's lock; BlockingIOError where another process has it."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _sweep(parent: Path) -> None:
    """Removes our folders whose command is gone: its lock went with it."""
    for folder in parent.glob(f"{PREFIX}*"):
        try:
            if folder.lstat().st_uid != os.getuid():
                continue
            lock = _locked(folder)
            try:
                shutil.rmtree(folder)
            finally:
                os.close(lock)
        except (BlockingIOError, FileNotFoundError):
            continue
        except OSError as error:
            log.warning("%s, left by a command that was killed, stays: %s", folder, error)
        else:
            log.info("%s, left by a command that was killed, is removed", folder)
