"""What a snapshot store holds: which days and versions, which of them can serve, their cubes.

`DIR/2026-10-31/2/` holds version 2 of a day, `DIR/2026-10-31/current` names the version to read.
A version never changes once it stands there; a later load that gives other figures for the day
becomes the next version, and both are kept.
"""

import logging
import os
from datetime import date
from pathlib import Path
from threading import Condition
from time import monotonic

import polars as pl
from cachetools import TTLCache, cached

from queries.cache import forget, outdate
from queries.store.leaning import scanned
from queries.store.manifests import (
    DEFINITIONS,
    SnapshotError,
    base_of,
    definitions_of,
    fault,
    listed,
    manifest,
)
from queries.store.small_files import Signature, pointer_of, signature_of

log = logging.getLogger(__name__)

PARTIAL = ".partial-"

#: Seconds that what is published is taken to stay so: a click asks a hundred times, and each look
#: at a file waits for the interpreter's lock.
FRESH = 1

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


class OlderDefinitions(SnapshotError):
    """A day stored by an older version of the definitions lacks what is asked of it."""

    def __init__(self, path: Path, what: str, definitions: int):
        super().__init__(
            f"{path.parent.name} is stored by version {definitions} of the definitions, "
            f"which lacks {what}; python -m queries refresh --as-of {path.parent.name} --months 0 "
            "makes it anew"
        )
        self.definitions = definitions


def serves(path: Path) -> bool:
    """Whether a version is whole; the log says what to do about one that is not."""
    if path in _damaged:
        return False
    if why := fault(path):
        log.error("%s; run python -m queries refresh --as-of %s", why, path.parent.name)
        _damaged.add(path)
    return not why


def read_cube(path: Path, name: str, since: int | None) -> pl.DataFrame:
    """A cube of a version as it stands; SnapshotError for one that is missing or damaged."""
    try:
        cube = scanned(path, name, base_of(path))
        return (cube if since is None else cube.filter(pl.col("day") >= since)).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        # What older code did not store is no damage: other pages do not ask for it.
        if (path / f"{name}.parquet").exists() or f"{name}.parquet" in listed(path):
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
    before, found = _seen.get(folder), {}
    for name in sorted(_names(folder)):
        day, signature = _day(name), signature_of(f"{folder}/{name}/current")
        if day and signature:
            known, version = (before or {}).get(day, (None, None))
            if known != signature or not version or _is_damaged(folder, name, version):
                version = _serving(folder, day)
            found[day] = signature, version
    _seen[folder] = found
    now = {day: version for day, (_, version) in found.items()}
    if before is not None and now != {day: version for day, (_, version) in before.items()}:
        # An answer of one day may be made of others, such as a series: it ends with what they were.
        outdate()
    if before and before.keys() - found.keys():
        # Another day of this name would begin again with version 1.
        forget_versions()
    return now


def _is_damaged(folder: Path, name: str, version: int) -> bool:
    return bool(_damaged) and folder / name / str(version) in _damaged


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def forget_versions() -> None:
    """Days were taken out: nothing that was read of them holds for others of their name."""
    for known in (manifest, fault, definitions_of):
        known.cache_clear()
    _damaged.clear()
    forget()


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
