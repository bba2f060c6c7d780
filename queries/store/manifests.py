"""What a version of a day says of itself, and whether its files are what it says."""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from queries.store.leaning import GONE
from queries.store.small_files import read

#: What a version's manifest holds; one with a higher number was stored by later code.
FORMAT = 3

#: How a manifest names a version that this one leans on, if any: `2026-09-30/1`.
BASE = r"(\d{4}-\d{2}-\d{2}/\d+)?"

#: Version of `docs/definitions.md` that figures are made by; a manifest without one says 1.
DEFINITIONS = 2


class SnapshotError(Exception):
    """The store has no such day, or what it holds cannot be read; the message says which."""


@lru_cache(maxsize=512)
def manifest(path: Path) -> dict[str, Any]:
    """The manifest of a version; SnapshotError when it is none that this program reads."""
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


def listed(path: Path) -> dict[str, int]:
    """Sizes of the version's files; empty for one stored before they were listed."""
    return manifest(path).get("files", {})


# Without a bound, and so are definitions: a look at the store asks for every version in order.
@cache
def fault(path: Path) -> str:
    """Why a version cannot serve, empty when its manifest reads and its files are whole."""
    try:
        said = listed(path)
        sizes, base = files_of(path), base_of(path)
    except (SnapshotError, OSError) as error:
        return str(error)
    wrong = sorted(name for name, size in said.items() if sizes.get(name) != size)
    if wrong:
        return f"snapshot {path}: {', '.join(wrong)} missing or not whole"
    return f"snapshot {path} leans on {base}, which cannot serve" if base and fault(base) else ""


@cache
def definitions_of(path: Path) -> int:
    """The version of the definitions that a version of a day is made by."""
    return manifest(path).get("definitions", 1)
