"""A snapshot: one stored version of an as-of day, as far as an access reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import polars as pl

from queries.access import WHOLE, Access, AccessError
from queries.access.own_rows import CASES, NOT_SENT, narrowed, narrows
from queries.cache import cached
from queries.store.manifests import DEFINITIONS, SnapshotError, definitions_of, manifest
from queries.store.versions import (
    CHANGED,
    OlderDefinitions,
    current,
    published,
    read_cube,
    serves,
    stored_days,
    versions,
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

    @cached_property
    def definitions(self) -> int:
        """The version of the definitions that the figures are made by."""
        return definitions_of(self.path)

    @property
    def is_older(self) -> bool:
        """Whether an older version of the definitions made the figures."""
        return self.definitions < DEFINITIONS

    @property
    def changes(self) -> list[Literal["definitions", "revision"]]:
        """Why each earlier version was superseded: other definitions (口径调整), or 数据修订."""
        if self.version == 1:
            return []
        paths = [self.path.parent / str(number) for number in versions(self.folder, self.as_of)]
        made = [definitions_of(p) if serves(p) else None for p in paths[: self.version]]
        return [
            "definitions" if None not in pair and pair[0] != pair[1] else "revision"
            for pair in pairwise(made)
        ]

    @property
    def revision(self) -> list[dict[str, Any]]:
        """Figures that differ from the version this one supersedes; empty for a first version."""
        report = self.path.parent / f"revision-{self.version}.json"
        return json.loads(report.read_text(encoding="utf-8")) if report.exists() else []

    def cube(self, name: str, since: int | None = None) -> pl.DataFrame:
        """
        A cube by name, within the access; the frame is shared, nobody may change it.

        `since`: of a cube with a `day`, the rows from that day number on. OlderDefinitions where
        the day is of a version of the definitions that has no such cube, or another of this name;
        AccessError for a list of cases of a day that was received from a city, or merged.
        """
        if self.is_older and (name.partition(".")[0] in CHANGED or not self.holds(name)):
            raise OlderDefinitions(self.path, name, self.definitions)
        if name in CASES and self.manifest.get("counts_alone"):
            raise AccessError(NOT_SENT)
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
    is_older = False  # the present definitions make it

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
    serving = current(folder, as_of)
    if serving is None and as_of not in published(folder):
        days = ", ".join(day.isoformat() for day in stored_days(folder)) or "none"
        raise SnapshotError(f"{as_of} is not stored in {folder}; stored days: {days}")
    chosen = version or serving
    if not chosen or not (folder / as_of.isoformat() / str(chosen)).is_dir():
        which = f"version {version}" if version else "whole version"
        raise SnapshotError(f"{as_of} has no {which} in {folder}")
    return Snapshot(folder, as_of, chosen, access)
