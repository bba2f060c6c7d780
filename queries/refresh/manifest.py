"""What a stored version says of itself: from what, by what and when it was made."""

import hashlib
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl

from data import china
from data.quality.loading import Loaded
from data.reference.files import FOLDER as REFERENCE
from data.reference.files import path
from data.registry.frames import Native, small


def code_version() -> str:
    """Digest of what decides a figure: `queries`, what reads the registry, reference, calendar."""
    rooms = (Path(__file__).parents[1], REFERENCE.parent)
    sources = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    sources += [path(table.stem) for table in sorted(REFERENCE.glob("*.csv"))]
    digest = hashlib.sha256(version("chinesecalendar").encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]


def contract_version() -> str:
    """Digest of the registry contract."""
    contract = REFERENCE / "registry_contract.csv"
    return hashlib.sha256(contract.read_bytes()).hexdigest()[:12]


def is_demonstration(frames: Mapping[str, Native]) -> bool:
    """Whether the registry calls itself 演示数据 where it names its source; every page says so."""
    if "region_population" not in frames:
        return False
    note = pl.col("source_note").str.contains("演示数据")
    return bool(small(frames["region_population"]).select(note.any()).collect().item())


def manifest(loaded: Loaded, as_of: date, engine_name: str) -> dict[str, Any]:
    """What a version says of itself."""
    return {
        "as_of": as_of.isoformat(),
        "created_at": china.now().isoformat(timespec="seconds"),
        "registry_fingerprint": loaded.fingerprint,
        "contract_version": contract_version(),
        "code_version": code_version(),
        "engine": engine_name,
        "connected": sorted(loaded.frames),
        "absent": sorted(loaded.absent),
        "demonstration": is_demonstration(loaded.frames),
        "rows_read": loaded.rows_read,
        "rows_kept": loaded.rows_kept,
        "rows_set_aside": loaded.rows_set_aside,
        "rows_reported": reported(loaded),
    }


def last_records(cubes: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The last day on which anything was recorded, by table; every page names the stale ones."""
    last = cubes["freshness"].group_by("table", maintain_order=True).agg(pl.col("last").max())
    return {table: day.isoformat() for table, day in last.rows()}


def reported(loaded: Loaded) -> dict[str, dict[str, int]]:
    """Rows that count as they stand though a rule finds fault: table → rule → rows."""
    rows_by_rule: dict[str, dict[str, int]] = {}
    for finding in loaded.findings:
        if finding.rows and not finding.set_aside:
            rules = rows_by_rule.setdefault(finding.table, {})
            rules[finding.rule] = rules.get(finding.rule, 0) + finding.rows
    return rows_by_rule
