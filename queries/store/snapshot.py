"""A snapshot: one stored version of an as-of day, as far as an access reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from queries.access import WHOLE, Access
from queries.access.own_rows import narrowed, narrows
from queries.cache import cached
from queries.store.versions import (
    SnapshotError,
    current,
    manifest,
    published,
    read_cube,
    stored_days,
)

#: Bytes of cubes at hand. A day's take 180 MB when read whole, a few when read for one month;
#: series read many days once each, and their answers are kept, not what they were made from.
CUBES = 30_000_000


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
        """What was read, set aside and computed; see `queries/refresh/manifest.py`."""
        return manifest(self.path)

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
        return _cube(self.path, name, since, self.access if narrows(self.access, name) else WHOLE)

    def holds(self, name: str) -> bool:
        """Whether the day has a cube; one stored by older code may lack it."""
        return (self.path / f"{name}.parquet").exists()

    def at(self, as_of: date) -> "Snapshot":
        """Another stored day with the same access."""
        return open_snapshot(self.folder, as_of, access=self.access)


@dataclass(frozen=True, eq=False)
class Draft:
    """Cubes of a day not yet stored; answers read it like a snapshot."""

    as_of: date
    cubes: Mapping[str, pl.DataFrame]
    manifest: Mapping[str, Any]
    access: Access = WHOLE

    def cube(self, name: str, since: int | None = None) -> pl.DataFrame:
        """A cube by name, within the access; of one with a `day` the rows from a day number on."""
        cube = narrowed(self.access, name, self.cubes[name])
        return cube if since is None else cube.filter(pl.col("day") >= since)


#: What answers read cubes of.
Cubes = Snapshot | Draft


@cached(CUBES, weigh=pl.DataFrame.estimated_size, lasting=True)
def _cube(path: Path, name: str, since: int | None, access: Access) -> pl.DataFrame:
    return narrowed(access, name, read_cube(path, name, since))


def open_snapshot(
    folder: Path, as_of: date, version: int | None = None, access: Access = WHOLE
) -> Snapshot:
    """
    The current version of a day, or a given one; SnapshotError names the days there are.

    Of a day whose current version is damaged, the last whole one before it.
    """
    if as_of not in published(folder):
        days = ", ".join(day.isoformat() for day in stored_days(folder)) or "none"
        raise SnapshotError(f"{as_of} is not stored in {folder}; stored days: {days}")
    chosen = version or current(folder, as_of)
    if not chosen or not (folder / as_of.isoformat() / str(chosen)).is_dir():
        which = f"version {version}" if version else "whole version"
        raise SnapshotError(f"{as_of} has no {which} in {folder}")
    return Snapshot(folder, as_of, chosen, access)
