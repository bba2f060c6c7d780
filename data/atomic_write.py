"""Atomic write: write aside, fsync, rename. A reader sees the old content or the new one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


def atomic_write(path: Path, content: bytes | str, *, sync: bool = True) -> None:
    """
    Replaces a file, and makes its folder where that is missing; text is UTF-8.

    After any exception the old file stands and nothing is left beside it. With `sync`, content
    and name are on the disk on return; without, a power cut may lose the content.
    """
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{uuid4().hex}")
    try:
        with aside.open("xb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    if sync:
        fsync(path.parent)


@contextmanager
def atomic_folder(path: Path, aside: Path, *, sync: bool = True) -> Iterator[Path]:
    """
    Makes `aside` to be filled, then renames it to `path`, where no folder may stand yet.

    Both lie on one file system. After an Exception neither of them is left; after a kill, `aside`.
    `sync` forces the folder and its files to the disk before it gets its name.
    """
    aside.mkdir(parents=True)
    try:
        yield aside
        if sync:
            for file in [*aside.iterdir(), aside]:
                fsync(file)
        os.rename(aside, path)
    except Exception:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def fsync(path: Path) -> None:
    """Forces a file's content, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
