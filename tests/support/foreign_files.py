"""What may stand where a file of a store is expected."""

import os
from pathlib import Path


def replaced(path: Path, make) -> None:
    """Something else where a file was."""
    path.unlink()
    make(path)


def loop(path: Path) -> None:
    path.symlink_to(path)


#: What may stand where a file is expected.
KINDS = {
    "directory": Path.mkdir,
    "symlink loop": loop,
    "dangling link": lambda path: path.symlink_to("/nowhere/at/all"),
    "pipe": os.mkfifo,
    "empty": Path.touch,
    "not UTF-8": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "huge": lambda path: path.write_bytes(b"9" * 50_000_000),
    "deep": lambda path: path.write_bytes(b"[" * 100_000),
}
