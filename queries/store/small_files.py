"""The small files of a store, which anything may have happened to."""

import logging
import os
from functools import lru_cache
from pathlib import Path

log = logging.getLogger(__name__)

#: Bytes of the longest pointer that is read.
LONGEST = 20


def read(path: Path, most: int = -1) -> bytes:
    """Up to so many bytes of a file. OSError also for what is no file: a pipe would never end."""
    if path.exists() and not path.is_file():
        raise OSError(f"{path} is no file")
    with path.open("rb") as file:
        return file.read(most)


#: What tells whether a file is still the one that was read; 0 for what may not be looked at.
Signature = tuple[int, ...]


def signature_of(path: str) -> Signature | None:
    """Of a pointer, whatever it is and wherever it leads; None where there is none."""
    try:
        seen = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # A folder that we may not enter: the day is there and cannot serve.
        return (0,)
    return seen.st_ino, seen.st_ctime_ns, seen.st_size


def pointed(day: Path) -> bool:
    """Whether the folder of a day has a pointer."""
    return signature_of(f"{day}/current") is not None


def pointer_of(day: Path) -> str:
    """The version that `current` names; empty when it is no file, or none that names one."""
    path = day / "current"
    try:
        pointer = read(path, LONGEST).decode("ascii", "replace").strip()
    except OSError as error:
        pointer, why = "", str(error)
    else:
        why = f"{path} names no version"
    if not pointer.isdecimal():
        _tell(f"{why}; the last whole version serves. Remove {path}, then refresh the day")
        return ""
    return pointer


@lru_cache(maxsize=512)
def _tell(fault: str) -> None:
    """Says it once: a page asks many times."""
    log.error("%s", fault)
