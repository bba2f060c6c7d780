"""Writing of the snapshot store: a version whole or not at all, one refresh at a time."""

import fcntl
import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from data.atomic_write import atomic_folder, atomic_write, fsync
from queries.store.leaning import GONE, LEAST, difference
from queries.store.manifests import (
    DEFINITIONS,
    FORMAT,
    SnapshotError,
    base_of,
    definitions_of,
    files_of,
)
from queries.store.small_files import pointed, pointer_of
from queries.store.snapshot import Snapshot
from queries.store.versions import (
    PARTIAL,
    current,
    look_again,
    read_cube,
    serves,
    stored_days,
    versions,
)

log = logging.getLogger(__name__)

#: A day leans on one that is so near: what was further back has changed more.
NEAR = timedelta(days=62)

#: Level 9 is a tenth smaller than 1, and read as fast.
PACKED: dict[str, Any] = {"compression": "zstd", "compression_level": 9}


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One refresh at a time; the lock goes with the process, so a killed one leaves none."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(f"{PARTIAL}*"):
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        yield


def alike(one: pl.DataFrame, other: pl.DataFrame) -> bool:
    """Whether two cubes hold the same rows, in whatever order."""
    if one.schema != other.schema or one.height != other.height:
        return False
    return one.sort(one.columns).equals(other.sort(other.columns))


def same(stored: Snapshot, cubes: Mapping[str, pl.DataFrame]) -> bool:
    """
    Whether a stored version holds exactly these cubes, by the definitions of this program.

    SnapshotError when it is damaged.
    """
    if stored.is_older:
        return False
    names = {path.stem for path in stored.path.glob("*.parquet")}
    return names == set(cubes) and all(
        alike(read_cube(stored.path, name, None), frame) for name, frame in cubes.items()
    )


def report_revision(new: Snapshot, changed: list[dict[str, Any]]) -> None:
    """Keeps what a version changed beside it (the version itself never changes)."""
    report = new.path.parent / f"revision-{new.version}.json"
    atomic_write(report, json.dumps(changed, ensure_ascii=False, indent=1))


def write(
    folder: Path, as_of: date, cubes: Mapping[str, pl.DataFrame], manifest: Mapping[str, Any]
) -> Snapshot:
    """
    Stores a day as its next version: written aside, synced, renamed; then the pointer likewise.

    Call it under `locked`. A reader sees the old version or the new one, never a half.
    """
    day = folder / as_of.isoformat()
    day.mkdir(parents=True, exist_ok=True)
    if left := _left(folder, as_of, cubes):
        _point(folder, left)
        return left
    version = max(versions(folder, as_of), default=0) + 1
    # After a full disk what was begun makes room again, and the last version stays in use.
    with atomic_folder(day / str(version), folder / f"{PARTIAL}{uuid4().hex}") as aside:
        _fill(aside, cubes, {**manifest, "version": version}, _base(folder, as_of))
    new = Snapshot(folder, as_of, version)
    _point(folder, new)
    return new


def _left(folder: Path, as_of: date, cubes: Mapping[str, pl.DataFrame]) -> Snapshot | None:
    """A whole version of these cubes whose writer was killed before it could point to it."""
    day, last = folder / as_of.isoformat(), max(versions(folder, as_of), default=0)
    pointer = pointer_of(day) if pointed(day) else "0"
    if (pointer and last <= int(pointer)) or not serves(day / str(last)):
        return None
    left = Snapshot(folder, as_of, last)
    try:
        return left if same(left, cubes) else None
    except SnapshotError:
        return None


def _point(folder: Path, new: Snapshot) -> None:
    """Makes a version the one to read."""
    day = new.path.parent
    atomic_write(day / "current", str(new.version))
    # The folder of the day may be new.
    fsync(folder)
    look_again()


def _base(folder: Path, as_of: date) -> Path | None:
    """
    The newest day stored whole before a day, in the two months before it.

    A month-end leans on none: it stays for ever, and the days after it lean on it.
    """
    if (as_of + timedelta(days=1)).day == 1:
        return None
    for day in reversed(stored_days(folder)):
        path = folder / day.isoformat() / str(current(folder, day))
        if (
            as_of - NEAR <= day < as_of
            and not base_of(path)
            and definitions_of(path) == DEFINITIONS
        ):
            return path
    return None


def _fill(
    aside: Path,
    cubes: Mapping[str, pl.DataFrame],
    manifest: Mapping[str, Any],
    base: Path | None,
) -> None:
    """Writes the files of a version; the manifest lists their sizes, and what they lean on."""
    leans = False
    for name, frame in cubes.items():
        apart = _apart(frame, base, name)
        leans |= apart is not None
        new, gone = apart or (frame, None)
        try:
            new.write_parquet(aside / f"{name}.parquet", **PACKED)
            if gone is not None:
                gone.write_parquet(aside / f"{name}{GONE}", **PACKED)
        except pl.exceptions.PolarsError as error:
            raise OSError(f"{name}.parquet cannot be written: {error}") from error
    written = {"format": FORMAT, "definitions": DEFINITIONS, "files": files_of(aside)}
    if base and leans:
        written["base"] = f"{base.parent.name}/{base.name}"
    described = {**manifest, **written}
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (aside / "manifest.json").write_text(text, encoding="utf-8")


def _apart(
    cube: pl.DataFrame, base: Path | None, name: str
) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """What a cube has that the base's lacks, and which of its rows go; None to store it whole."""
    if base is None or cube.height < LEAST or not (base / f"{name}.parquet").exists():
        return None
    try:
        return difference(cube, read_cube(base, name, None))
    except SnapshotError:
        return None
