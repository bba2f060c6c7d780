"""A parcel: what of a stored day leaves the city, as a store of its own, with sums and signature.

`DIR/2026-10-31/2/` holds the cubes that are counts, `manifest.json`, `SHA256SUMS` of them all and
`SHA256SUMS.sig`. Lists of single cases and of the joint meeting stay at home: a cube leaves only
when it is named here.
"""

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import polars as pl

from data.atomic_write import atomic_folder, atomic_write
from queries.federation.keys import FederationError, Receiver, sign, signed
from queries.refresh.manifest import contract_version
from queries.region import LEVELS
from queries.store.manifests import DEFINITIONS, files_of
from queries.store.publication import PACKED
from queries.store.small_files import pointed, pointer_of, read
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import PARTIAL, look_again, read_cube

#: Cubes that are counts by region, and what of their columns is counted.
MEASURES = {
    "chain": ("households", "missing"),
    "stock": ("numerator", "denominator"),
    "flow": ("numerator", "denominator"),
    "coverage": (
        *("eligible", "covered", "covered_eligible"),
        *("excluded", "pending", "gap", "beyond_rule"),
    ),
    "last_season": (
        *("eligible", "covered", "covered_eligible"),
        *("excluded", "pending", "gap", "beyond_rule"),
    ),
    "missing": ("n",),
    "reach": ("n",),
    "support": ("persons", "monthly", "yearly"),
    "warnings": ("n",),
    "warning_paths": ("n",),
    "routing": ("n",),
    "warning_history": ("n",),
    "response": ("n",),
}

#: What was computed from them, and what counts need beside them.
COMPUTED = (
    *("figures.city", "figures.county", "figures.township", "figures.department"),
    *("rates.county", "rates.department"),
    *("attention.city", "attention.county", "attention.township"),
    "attention_departments.county",
)
BESIDE = ("regions", "population", "policies", "freshness", "completeness")

SENT = frozenset(
    {f"{cube}.{level}" for cube in MEASURES for level in LEVELS} | {*COMPUTED, *BESIDE}
)

#: Tables whose rows are shown one by one: in a parcel, as at the receiver, they are not connected.
LISTED = ("joint_meeting", "meeting_item", "task_progress")

#: A column that names a person, a household, a case or an item.
IDENTIFYING = re.compile(r"case|.*_(key|id)")

SUMS, SIGNATURE, MANIFEST = "SHA256SUMS", "SHA256SUMS.sig", "manifest.json"

#: Bytes of the longest list of sums and manifest that are read.
LONGEST = 1_000_000


def pack(folder: Path, as_of: date, to: Path) -> Path:
    """Signs a stored day: writes its parcel into `to` and returns the parcel's version folder."""
    snapshot = open_snapshot(folder, as_of)
    if snapshot.is_older or snapshot.manifest.get("counts_alone"):
        made = "older definitions" if snapshot.is_older else "a parcel"
        raise FederationError(f"{snapshot.path} is made by {made}; a city signs what it refreshed")
    place = to / as_of.isoformat() / str(snapshot.version)
    if place.exists():
        raise FederationError(f"{place} is there already; it is not signed again")
    place.parent.mkdir(parents=True, exist_ok=True)
    with atomic_folder(place, to / f"{PARTIAL}{uuid4().hex}") as aside:
        for name in sorted(name for name in SENT if snapshot.holds(name)):
            # Whole: the days that the store's own files lean on are not sent.
            _fill(aside / f"{name}.parquet", read_cube(snapshot.path, name, None))
        described = _described(snapshot) | {"files": files_of(aside)}
        text = json.dumps(described, ensure_ascii=False, indent=1)
        (aside / MANIFEST).write_text(text, encoding="utf-8")
        sums = "".join(f"{_sum(aside / n)}  {n}\n" for n in [*described["files"], MANIFEST])
        (aside / SUMS).write_text(sums, encoding="ascii")
        (aside / SIGNATURE).write_text(f"{sign(sums.encode())}\n", encoding="ascii")
    atomic_write(place.parent / "current", place.name)
    look_again()
    return place


def _fill(file: Path, cube: pl.DataFrame) -> None:
    if names := [name for name in cube.columns if IDENTIFYING.fullmatch(name)]:
        raise FederationError(f"{file.name} has a column {', '.join(names)}, which leaves no city")
    cube.write_parquet(file, **PACKED)


def _described(snapshot: Snapshot) -> dict[str, Any]:
    """The manifest of a parcel: that of the day, without tables that are not sent."""
    cities = snapshot.cube("regions").filter(region_level="city")["region_code"].to_list()
    if len(cities) != 1:
        raise FederationError(f"{snapshot.path} has {len(cities)} cities; a parcel is of one")
    manifest = {name: each for name, each in snapshot.manifest.items() if name != "base"}
    return {
        **without(manifest, LISTED),
        "city": cities[0],
        "counts_alone": True,
        "version": snapshot.version,
        "definitions": snapshot.definitions,
    }


def without(manifest: dict[str, Any], tables: tuple[str, ...]) -> dict[str, Any]:
    """A manifest in which some tables are not connected: whoever asks is told so, never 0."""
    gone = [table for table in tables if table in manifest["connected"]]
    by_table = {
        name: {table: each for table, each in rows.items() if table not in gone}
        for name, rows in manifest.items()
        if name.startswith("rows_") or name == "last_records"
    }
    return {
        **manifest,
        **by_table,
        "connected": [table for table in manifest["connected"] if table not in gone],
        "absent": sorted([*manifest["absent"], *gone]),
    }


def receive(parcel: Path, as_of: date, into: Path, listed: Receiver) -> Snapshot:
    """
    Takes a day of a parcel into `into/cities/CODE`, a store of its own, and opens it there.

    FederationError when no listed key signed it, when a file is not as it was signed, when other
    definitions or another contract made it, or when a later version was received before.
    """
    source = _version_folder(parcel, as_of)
    sums = _read(source / SUMS)
    code = _signer(sums, _read(source / SIGNATURE), listed, source)
    kept = into / "cities" / code
    place = kept / as_of.isoformat() / source.name
    place.parent.mkdir(parents=True, exist_ok=True)
    before = int(pointer_of(place.parent) or 0) if pointed(place.parent) else 0
    if before > int(source.name):
        raise FederationError(f"{source}: version {before} of {code} was received before")
    if not place.exists():
        with atomic_folder(place, into / f"{PARTIAL}{uuid4().hex}") as aside:
            _copy(source, aside, sums)
            _check(json.loads(_read(aside / MANIFEST)), code, as_of, source)
    elif _read(place / SUMS) != sums:
        raise FederationError(f"{source}: the same version came before with other figures")
    atomic_write(place.parent / "current", place.name)
    look_again()
    return open_snapshot(kept, as_of, int(place.name))


def _version_folder(parcel: Path, as_of: date) -> Path:
    day = parcel / as_of.isoformat()
    pointer = pointer_of(day) if day.is_dir() else ""
    if not pointer:
        raise FederationError(f"{parcel} holds no parcel of {as_of}")
    return day / str(int(pointer))


def _signer(sums: bytes, signature: bytes, listed: Receiver, source: Path) -> str:
    """The listed city whose key signed the sums."""
    for code, city in listed.cities.items():
        if signed(sums, signature, city.key):
            return code
    raise FederationError(f"{source} is signed by no key of the list; nothing of it is read")


def _copy(source: Path, aside: Path, sums: bytes) -> None:
    """Copies the files that the sums name, and no other; the copies must be as they were signed."""
    for line in sums.decode("ascii").splitlines():
        digest, _, name = line.partition("  ")
        if name != MANIFEST and name.removesuffix(".parquet") not in SENT:
            raise FederationError(f"{source}: {name} is nothing that a parcel holds")
        try:
            shutil.copyfile(source / name, aside / name)
        except OSError as error:
            raise FederationError(f"{source}: {name} cannot be read: {error}") from error
        if _sum(aside / name) != digest:
            raise FederationError(f"{source}: {name} is not as it was signed")
    for name in (SUMS, SIGNATURE):
        shutil.copyfile(source / name, aside / name)


def _check(manifest: dict[str, Any], code: str, as_of: date, source: Path) -> None:
    """FederationError unless the manifest agrees with the signer, the day and this program."""
    here = {
        "city": code,
        "as_of": as_of.isoformat(),
        "definitions": DEFINITIONS,
        "contract_version": contract_version(),
    }
    for name, ours in here.items():
        if (theirs := manifest.get(name)) != ours:
            raise FederationError(
                f"{source} (city {code}) says {name} {theirs}, the receiver {ours}; both must agree"
            )


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> bytes:
    try:
        return read(path, LONGEST)
    except OSError as error:
        raise FederationError(f"{path} cannot be read: {error}") from error
