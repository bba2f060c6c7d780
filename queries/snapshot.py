"""The snapshot store: cubes per as-of day as Parquet, written whole or not at all.

`DIR/2026-10-31/2/` holds version 2 of a day, `DIR/2026-10-31/current` names the version to read.
A version never changes once it stands there; a later load that gives other figures for the day
becomes the next version, and both are kept.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

PARTIAL = ".partial-"


class SnapshotError(Exception):
    """The store has no such day, or what it holds cannot be read; the message says which."""


@dataclass(frozen=True)
class Snapshot:
    """One stored version of one as-of day."""

    folder: Path
    as_of: date
    version: int

    @property
    def path(self) -> Path:
        """Where the version's files stand."""
        return self.folder / self.as_of.isoformat() / str(self.version)

    @property
    def manifest(self) -> dict[str, Any]:
        """What was read, set aside and computed; see `refresh.py`."""
        return _manifest(self.path)

    @property
    def revision(self) -> list[dict[str, Any]]:
        """Figures that differ from the version this one supersedes; empty for a first version."""
        report = self.path.parent / f"revision-{self.version}.json"
        return json.loads(report.read_text(encoding="utf-8")) if report.exists() else []

    def cube(self, name: str) -> pl.DataFrame:
        """A cube by name; the frame is shared, nobody may change it."""
        return _cube(self.path, name)


@dataclass(frozen=True, eq=False)
class Draft:
    """Cubes of a day not yet stored; answers read it like a snapshot."""

    as_of: date
    cubes: Mapping[str, pl.DataFrame]
    manifest: Mapping[str, Any]

    def cube(self, name: str) -> pl.DataFrame:
        """A cube by name."""
        return self.cubes[name]


@lru_cache(maxsize=512)
def _manifest(path: Path) -> dict[str, Any]:
    return json.loads((path / "manifest.json").read_text(encoding="utf-8"))


# A day's cubes of a city take about 25 MB in memory; 256 frames hold some ten days at hand.
@lru_cache(maxsize=256)
def _cube(path: Path, name: str) -> pl.DataFrame:
    try:
        return pl.read_parquet(path / f"{name}.parquet")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SnapshotError(f"snapshot {path}: cube {name} cannot be read: {error}") from error


def stored_days(folder: Path) -> list[date]:
    """As-of days in the store, oldest first; empty when there is no store."""
    days = (path.parent.name for path in folder.glob("*-*-*/current"))
    return sorted(date.fromisoformat(day) for day in days)


def open_snapshot(folder: Path, as_of: date, version: int | None = None) -> Snapshot:
    """The current version of a day, or a given one; SnapshotError names the days there are."""
    pointer = folder / as_of.isoformat() / "current"
    if not pointer.exists():
        days = ", ".join(day.isoformat() for day in stored_days(folder)) or "none"
        raise SnapshotError(f"{as_of} is not stored in {folder}; stored days: {days}")
    found = Snapshot(folder, as_of, version or int(pointer.read_text()))
    if not (found.path / "manifest.json").exists():
        raise SnapshotError(f"{as_of} has no version {found.version} in {folder}")
    return found


def versions(folder: Path, as_of: date) -> list[int]:
    """Versions of a day, oldest first; more than one means the day was revised (数据修订)."""
    return sorted(int(p.name) for p in (folder / as_of.isoformat()).glob("[0-9]*"))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One refresh at a time; the lock goes with the process, so a killed one leaves none."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        yield


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def alike(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two cubes hold the same rows, in whatever order."""
    if one.schema != other.schema or one.height != other.height:
        return False
    return one.sort(one.columns).equals(other.sort(other.columns))


def same(stored: Snapshot, cubes: Mapping[str, pl.DataFrame]) -> bool:
    """Whether a stored version holds exactly these cubes."""
    names = {path.stem for path in stored.path.glob("*.parquet")}
    return names == set(cubes) and all(
        alike(pl.read_parquet(stored.path / f"{name}.parquet"), frame)
        for name, frame in cubes.items()
    )


def report_revision(new: Snapshot, changed: list[dict[str, Any]]) -> None:
    """Keeps what a version changed beside it (the version itself never changes)."""
    report = new.path.parent / f"revision-{new.version}.json"
    aside = report.with_suffix(f".{uuid4().hex}")
    aside.write_text(json.dumps(changed, ensure_ascii=False, indent=1), encoding="utf-8")
    _sync(aside)
    os.replace(aside, report)


def write(
    folder: Path, as_of: date, cubes: Mapping[str, pl.DataFrame], manifest: Mapping[str, Any]
) -> Snapshot:
    """
    Stores a day as its next version: written aside, synced, renamed; then the pointer likewise.

    Call it under `locked`. A reader sees the old version or the new one, never a half.
    """
    day = folder / as_of.isoformat()
    day.mkdir(parents=True, exist_ok=True)
    version = max(versions(folder, as_of), default=0) + 1
    aside = folder / f"{PARTIAL}{uuid4().hex}"
    aside.mkdir()
    for name, frame in cubes.items():
        frame.write_parquet(aside / f"{name}.parquet", compression="zstd", compression_level=1)
    text = json.dumps({**manifest, "version": version}, ensure_ascii=False, indent=1)
    (aside / "manifest.json").write_text(text, encoding="utf-8")
    for path in [*aside.iterdir(), aside]:
        _sync(path)
    os.rename(aside, day / str(version))
    pointer = day / f".current-{uuid4().hex}"
    pointer.write_text(str(version))
    _sync(pointer)
    os.replace(pointer, day / "current")
    for path in (day, folder):
        _sync(path)
    return Snapshot(folder, as_of, version)
