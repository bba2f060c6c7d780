"""The snapshot store: cubes per as-of day as Parquet, written whole or not at all.

`DIR/2026-10-31/2/` holds version 2 of a day, `DIR/2026-10-31/current` names the version to read.
A version never changes once it stands there; a later load that gives other figures for the day
becomes the next version, and both are kept.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Condition
from time import monotonic
from typing import Any

import polars as pl
from cachetools import TTLCache, cached

from queries.access import WHOLE, Access
from queries.files import pointed, pointer_of, read
from queries.kept import kept

log = logging.getLogger(__name__)

PARTIAL = ".partial-"

#: Bytes of cubes at hand. A day's take 180 MB when read whole, a few when read for one month;
#: series read many days once each, and their answers are kept, not what they were made from.
CUBES = 60_000_000

#: Seconds that what is published is taken to stay so: a click asks a hundred times, and each look
#: at a file waits for the interpreter's lock.
FRESH = 1

#: What a version's manifest holds; one with a higher number was stored by later code.
FORMAT = 1

#: Versions that turned out damaged when a cube was read; they are not offered again.
_damaged: set[Path] = set()


class SnapshotError(Exception):
    """The store has no such day, or what it holds cannot be read; the message says which."""


@dataclass(frozen=True)
class Snapshot:
    """One stored version of one as-of day, and what of it may be asked."""

    folder: Path
    as_of: date
    version: int
    access: Access = WHOLE

    @cached_property
    def path(self) -> Path:
        """Where the version's files stand."""
        return self.folder / self.as_of.isoformat() / str(self.version)

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was read, set aside and computed; see `refresh.py`."""
        return _manifest(self.path)

    @property
    def revision(self) -> list[dict[str, Any]]:
        """Figures that differ from the version this one supersedes; empty for a first version."""
        report = self.path.parent / f"revision-{self.version}.json"
        return json.loads(report.read_text(encoding="utf-8")) if report.exists() else []

    def cube(self, name: str, since: int | None = None) -> pl.DataFrame:
        """
        A cube by name, within the access; the frame is shared, nobody may change it.

        `since`: of a cube with a `day`, the rows from that day number on.
        """
        return _cube(self.path, name, since, self.access if self.access.narrows(name) else WHOLE)

    def holds(self, name: str) -> bool:
        """Whether the day has a cube; one stored by older code may lack it."""
        return (self.path / f"{name}.parquet").exists()

    def at(self, as_of: date) -> "Snapshot":
        """Another stored day with the same access."""
        return open_snapshot(self.folder, as_of, access=self.access)


@dataclass(frozen=True, eq=False)
class Draft:
    """
    Cubes of a day not yet stored; answers read it like a snapshot.

    With rounded counts it notes in `counted` what it is asked for (`disclosure.guarded`).
    """

    as_of: date
    cubes: Mapping[str, pl.DataFrame]
    manifest: Mapping[str, Any]
    access: Access = WHOLE
    counted: list[pl.DataFrame] = field(default_factory=list)

    def cube(self, name: str, since: int | None = None) -> pl.DataFrame:
        """A cube by name; of one with a `day` the rows from a day number on."""
        cube = self.cubes[name]
        return cube if since is None else cube.filter(pl.col("day") >= since)


@lru_cache(maxsize=512)
def _manifest(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(read(path / "manifest.json"))
    except (OSError, ValueError, RecursionError) as error:
        raise SnapshotError(f"snapshot {path}: its manifest cannot be read: {error}") from error
    if not isinstance(told, dict) or not isinstance(told.get("files", {}), dict):
        raise SnapshotError(f"snapshot {path}: its manifest is none of this program")
    if told.get("format", FORMAT) not in range(FORMAT + 1):
        raise SnapshotError(f"snapshot {path} was stored by a later version of this program")
    if told.get("as_of", path.parent.name) != path.parent.name:
        raise SnapshotError(f"snapshot {path} is a copy of another day, {told['as_of']}")
    return told


def _listed(path: Path) -> dict[str, int]:
    """Sizes of the version's files; empty for one stored before they were listed."""
    return _manifest(path).get("files", {})


@lru_cache(maxsize=512)
def _fault(path: Path) -> str:
    """Why a version cannot serve, empty when its manifest reads and its files are whole."""
    try:
        listed = _listed(path)
        files = [file for file in path.glob("*.parquet") if file.is_file()]
        sizes = {file.name: file.stat().st_size for file in files}
    except (SnapshotError, OSError) as error:
        return str(error)
    wrong = sorted(name for name, size in listed.items() if sizes.get(name) != size)
    return f"snapshot {path}: {', '.join(wrong)} missing or not whole" if wrong else ""


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
        cube = pl.scan_parquet(path / f"{name}.parquet")
        return (cube if since is None else cube.filter(pl.col("day") >= since)).collect()
    except (OSError, pl.exceptions.PolarsError) as error:
        # What older code did not store is no damage: other pages do not ask for it.
        if (path / f"{name}.parquet").exists() or f"{name}.parquet" in _listed(path):
            _damaged.add(path)
            look_again()
        raise SnapshotError(f"snapshot {path}: cube {name} cannot be read: {error}") from error


@kept(CUBES, weigh=pl.DataFrame.estimated_size)
def _cube(path: Path, name: str, since: int | None, access: Access) -> pl.DataFrame:
    return access.cube(name, read_cube(path, name, since))


def _day(folder: Path) -> date | None:
    """The as-of day that a folder is named by; None for what is not ours."""
    try:
        return date.fromisoformat(folder.name)
    except ValueError:
        return None


@cached(TTLCache(16, FRESH, lambda: monotonic()), condition=Condition())
def _published(folder: Path) -> list[date]:
    """Days that have a pointer, whatever it is and wherever it leads, oldest first."""
    return sorted(day for path in folder.glob("*-*-*") if (day := _day(path)) and pointed(path))


def stored_days(folder: Path) -> list[date]:
    """As-of days with a version that can serve, oldest first; empty when there is no store."""
    return [day for day in _published(folder) if _current(folder, day)]


def days_for(folder: Path, access: Access) -> list[date]:
    """
    Stored days that a role may see, oldest first.

    Of a role whose counts are rounded these are month-ends and the newest day: between two days of
    a month too little happens to be hidden in it.
    """
    days = stored_days(folder)
    if not access.rounded:
        return days
    held = rounded_days(folder)
    if not access.by_month:
        return held
    return [day for day in held if day == days[-1] or (day + timedelta(days=1)).day == 1]


def rounded_days(folder: Path) -> list[date]:
    """Stored days of which rounded counts can be shown, oldest first."""
    return [day for day in stored_days(folder) if open_snapshot(folder, day).holds("hidden")]


def broken_days(folder: Path) -> list[date]:
    """As-of days of which no version can serve any more, oldest first."""
    return [day for day in _published(folder) if not _current(folder, day)]


@cached(TTLCache(1024, FRESH, lambda: monotonic()), condition=Condition())
def _current(folder: Path, as_of: date) -> int | None:
    """The version that the pointer names, or the last whole one before it; None without one."""
    day = folder / as_of.isoformat()
    pointer = pointer_of(day)
    if pointer and serves(day / pointer):
        return int(pointer)
    last = int(pointer) if pointer else max(versions(folder, as_of), default=0)
    known = [version for version in versions(folder, as_of) if version <= last]
    return next((version for version in known[::-1] if serves(day / str(version))), None)


def open_snapshot(
    folder: Path, as_of: date, version: int | None = None, access: Access = WHOLE
) -> Snapshot:
    """
    The current version of a day, or a given one; SnapshotError names the days there are.

    Of a day whose current version is damaged, the last whole one before it.
    """
    if not pointed(folder / as_of.isoformat()):
        days = ", ".join(day.isoformat() for day in stored_days(folder)) or "none"
        raise SnapshotError(f"{as_of} is not stored in {folder}; stored days: {days}")
    chosen = version or _current(folder, as_of)
    if not chosen or not (folder / as_of.isoformat() / str(chosen)).is_dir():
        which = f"version {version}" if version else "whole version"
        raise SnapshotError(f"{as_of} has no {which} in {folder}")
    found = Snapshot(folder, as_of, chosen, access)
    if access.rounded and not found.holds("hidden"):
        raise SnapshotError(
            f"{as_of} holds no rounded counts: run python -m queries refresh --as-of {as_of}"
        )
    if access.by_month and as_of not in days_for(folder, access):
        raise SnapshotError(f"{as_of} is no month-end and not the newest day: not for this role")
    return found


def look_again() -> None:
    """What is published changed just now."""
    _published.cache_clear()
    _current.cache_clear()


def versions(folder: Path, as_of: date) -> list[int]:
    """Versions of a day, oldest first; more than one means the day was revised (数据修订)."""
    places = (folder / as_of.isoformat()).glob("[0-9]*")
    return sorted(int(place.name) for place in places if place.name.isdecimal())
