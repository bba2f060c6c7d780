"""What a snapshot store holds: which days and versions, which of them can serve, their cubes.

`DIR/2026-10-31/2/` holds version 2 of a day, `DIR/2026-10-31/current` names the version to read.
A version never changes once it stands there; a later load that gives other figures for the day
becomes the next version, and both are kept.
"""

import json
import logging
import os
import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from threading import Condition
from time import monotonic
from typing import Any

import polars as pl
from cachetools import TTLCache, cached

from queries.cache import forget, outdate
from queries.store.leaning import GONE, scanned
from queries.store.small_files import Signature, pointer_of, read, signature_of

log = logging.getLogger(__name__)

PARTIAL = ".partial-"

#: Seconds that what is published is taken to stay so: a click asks a hundred times, and each look
#: at a file waits for the interpreter's lock.
FRESH = 1

#: What a version's manifest holds; one with a higher number was stored by later code.
FORMAT = 3

#: How a manifest names a version that this one leans on, if any: `2026-09-30/1`.
BASE = r"(\d{4}-\d{2}-\d{2}/\d+)?"

#: Version of `docs/definitions.md` that figures are made by; a manifest without one says 1.
DEFINITIONS = 2

#: Cubes whose columns or meaning version 2 changed; `stock` and `flow` hold version 1's figures.
CHANGED = (
    "coverage",
    "missing",
    "reach",
    "chain",
    "warnings",
    "warning_paths",
    "routing",
    "response",
    "open_warnings",
    "open_referrals",
)

#: Versions that turned out damaged when a cube was read; they are not offered again.
_damaged: set[Path] = set()

#: By store: what its days' pointers looked like when somebody last looked, and what they led to.
_seen: dict[Path, dict[date, tuple[Signature, int | None]]] = {}


class SnapshotError(Exception):
    """The store has no such day, or what it holds cannot be read; the message says which."""


class OlderDefinitions(SnapshotError):
    """A day stored by an older version of the definitions lacks what is asked of it."""

    def __init__(self, path: Path, what: str, definitions: int):
        super().__init__(
            f"{path.parent.name} is stored by version {definitions} of the definitions, "
            f"which lacks {what}; python -m queries refresh --as-of {path.parent.name} --months 0 "
            "makes it anew"
        )
        self.definitions = definitions


@lru_cache(maxsize=512)
def manifest(path: Path) -> dict[str, Any]:
    try:
        manifest_fields = json.loads(read(path / "manifest.json"))
    except (OSError, ValueError, RecursionError) as error:
        raise SnapshotError(f"snapshot {path}: its manifest cannot be read: {error}") from error
    if not isinstance(manifest_fields, dict) or not (
        isinstance(manifest_fields.get("files", {}), dict)
        and re.fullmatch(BASE, str(manifest_fields.get("base", "")))
    ):
        raise SnapshotError(f"snapshot {path}: its manifest is none of this program")
    later = manifest_fields.get("definitions", 1) not in range(DEFINITIONS + 1)
    if later or manifest_fields.get("format", FORMAT) not in range(FORMAT + 1):
        raise SnapshotError(f"snapshot {path} was stored by a later version of this program")
    if manifest_fields.get("as_of", path.parent.name) != path.parent.name:
        raise SnapshotError(f"snapshot {path} is a copy of another day, {manifest_fields['as_of']}")
    return manifest_fields


def base_of(path: Path) -> Path | None:
    """The version of an earlier day on whose cubes those of a version lean; None for most."""
    base = manifest(path).get("base")
    return path.parent.parent / base if base else None


def files_of(path: Path) -> dict[str, int]:
    """The cubes' files of a version and their sizes."""
    files = [file for file in path.iterdir() if file.suffix in (".parquet", GONE)]
    return {file.name: file.stat().st_size for file in sorted(files) if file.is_file()}


def _listed(path: Path) -> dict[str, int]:
    """Sizes of the version's files; empty for one stored before they were listed."""
    return manifest(path).get("files", {})


# Without a bound, and so are definitions: a look at the store asks for every version in order.
@cache
def _fault(path: Path) -> str:
    """Why a version cannot serve, empty when its manifest reads and its files are whole."""
    try:
        listed = _listed(path)
        sizes, base = files_of(path), base_of(path)
    except (SnapshotError, OSError) as error:
        return str(error)
    wrong = sorted(name for name, size in listed.items() if sizes.get(name) != size)
    if wrong:
        return f"snapshot {path}: {', '.join(wrong)} missing or not whole"
    return f"snapshot {path} leans on {base}, which cannot serve" if base and _fault(base) else ""


def serves(path: Path) -> bool:
    """Whether a version is whole; the log says what to do about one that is not."""
    if path in _damaged:
        return False
    if fault := _fault(path):
        log.error("%s; run python -m queries refresh --as-of %s", fault, path.parent.name)
        _damaged.add(path)
    return not fault


def read_cube(path: Path, name: str, since: int | None) -> pl.DataFrame:
    """A cube of a version as it stands; SnapshotError for one that is missing or damaged."""
    try:
        cube = scanned(path, name, base_of(path))
        return (cube if since is None else cube.filter(pl.col("day") >= since)).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        # What older code did not store is no damage: other pages do not ask for it.
        if (path / f"{name}.parquet").exists() or f"{name}.parquet" in _listed(path):
            _damaged.add(path)
            look_again()
        raise SnapshotError(f"snapshot {path}: cube {name} cannot be read: {error}") from error


def _day(name: str) -> date | None:
    """The as-of day that a folder is named by; None for what is not ours."""
    try:
        return date.fromisoformat(name) if len(name) == len("2026-10-31") else None
    except ValueError:
        return None


@cached(TTLCache(16, FRESH, lambda: monotonic()), condition=Condition())
def _looked(folder: Path) -> dict[date, int | None]:
    """
    Days that have a pointer, oldest first, and the version that serves, None without one.

    Only what has changed since the last look is read: a store holds years of days.
    """
    is_first, before, found = folder not in _seen, _seen.get(folder, {}), {}
    for name in sorted(_names(folder)):
        day, signature = _day(name), signature_of(f"{folder}/{name}/current")
        if day and signature:
            known = before.get(day)
            is_same = (
                known and known[0] == signature and known[1] and _is_sound(folder, day, known[1])
            )
            found[day] = known if known and is_same else (signature, _serving(folder, day))
    _seen[folder] = found
    now = {day: version for day, (_, version) in found.items()}
    if not is_first and now != {day: version for day, (_, version) in before.items()}:
        # An answer of one day may be made of others, such as a series: it ends with what they were.
        outdate()
    if before.keys() - found.keys():
        # Another day of this name would begin again with version 1.
        forget_versions()
    return now


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_sound(folder: Path, day: date, version: int) -> bool:
    return not _damaged or folder / day.isoformat() / str(version) not in _damaged


def forget_versions() -> None:
    """Days were taken out: nothing that was read of them holds for others of their name."""
    for known in (manifest, _fault, definitions_of):
        known.cache_clear()
    _damaged.clear()
    forget()


@cache
def definitions_of(path: Path) -> int:
    """The version of the definitions that a version of a day is made by."""
    return manifest(path).get("definitions", 1)


def published(folder: Path) -> list[date]:
    """Days that have a pointer, whatever it is and wherever it leads, oldest first."""
    return list(_looked(folder))


def days_made(folder: Path) -> list[date]:
    """Stored days whose figures are of this program's definitions, oldest first."""
    return [
        day
        for day, version in _looked(folder).items()
        if version and definitions_of(folder / day.isoformat() / str(version)) == DEFINITIONS
    ]


def stored_days(folder: Path) -> list[date]:
    """As-of days with a version that can serve, oldest first; empty when there is no store."""
    return [day for day, version in _looked(folder).items() if version]


def broken_days(folder: Path) -> list[date]:
    """As-of days of which no version can serve any more, oldest first."""
    return [day for day, version in _looked(folder).items() if not version]


def current(folder: Path, as_of: date) -> int | None:
    """The version that the pointer names, or the last whole one before it; None without one."""
    return _looked(folder).get(as_of)


def _serving(folder: Path, as_of: date) -> int | None:
    day = folder / as_of.isoformat()
    pointer = pointer_of(day)
    if pointer and serves(day / pointer):
        return int(pointer)
    last = int(pointer) if pointer else max(versions(folder, as_of), default=0)
    up_to_last = [version for version in versions(folder, as_of) if version <= last]
    return next((version for version in up_to_last[::-1] if serves(day / str(version))), None)


def look_again() -> None:
    """What is published changed just now."""
    _looked.cache_clear()


def versions(folder: Path, as_of: date) -> list[int]:
    """Versions of a day, oldest first; for why there are several see `Snapshot.changes`."""
    places = (folder / as_of.isoformat()).glob("[0-9]*")
    return sorted(int(place.name) for place in places if place.name.isdecimal())
