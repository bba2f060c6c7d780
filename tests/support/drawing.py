"""Registries drawn in a test: tables as text, snapshots from them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from data.quality.loading import load_frames
from data.registry.contract import REQUIRED, TABLES, base_type, polars_schema
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.store.snapshot import Snapshot

REGIONS = """
    region_code | parent_code | region_level | region_name | sort_order
    621200      |             | city         | 陇南市      | 0
    621202      | 621200      | county       | 武都区      | 1
    621221      | 621200      | county       | 成县        | 2
    621202001   | 621202      | township     | 钟楼街道    | 1
    621202002   | 621202      | township     | 吉石坝街道  | 2
    621221001   | 621221      | township     | 城关镇      | 3
"""


def _typed(table: str, column: str, text: str) -> object:
    if text == "":
        return None
    match base_type(TABLES[table].columns[column].info["type"]):
        case "date":
            return date.fromisoformat(text)
        case "timestamp":
            return pl.Series([text]).str.to_datetime(strict=True, time_unit="us").item()
        case "integer" | "smallint":
            return int(text)
        case "double":
            return float(text)
        case "decimal":
            return int(Decimal(text) * 100)
        case _:
            return text


def draw(table: str, text: str) -> pl.DataFrame:
    """A contract table from lines of `a | b`; columns not drawn are null, money is in yuan."""
    lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    header, rows = lines[0], lines[1:]
    schema = polars_schema(table)
    known = [
        dict.fromkeys(schema) | {c: _typed(table, c, v) for c, v in zip(header, row, strict=True)}
        for row in rows
    ]
    return pl.DataFrame(known, schema=schema)


def registry(**tables: str) -> dict[str, pl.DataFrame]:
    """A registry with the tables drawn; required ones not drawn are empty, others absent."""
    empty = {name: pl.DataFrame(schema=polars_schema(name)) for name in REQUIRED}
    drawn = {name: draw(name, text) for name, text in tables.items()}
    return empty | {"region": draw("region", REGIONS)} | drawn


def snapshot_of(
    frames: Mapping[str, pl.DataFrame],
    folder: Path,
    as_of: date,
    engine_name: str = "polars",
    months: int = 0,
) -> Snapshot:
    """The snapshot of one day of a registry in memory; so many month-ends before it stay beside."""
    loaded = load_frames({name: frame.lazy() for name, frame in frames.items()}, folder / "loaded")
    runner = engine(engine_name)
    return refresh_loaded(loaded, folder / "snapshot", as_of, months, runner)[-1]
