"""Engines that run the cubes: Polars by default, DuckDB to check it, Spark for a province.

Staged frames are written as Parquet once; an engine opens the folder and gives narwhals frames.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

ENGINES = ("polars", "duckdb", "pyspark")


@dataclass(frozen=True)
class Engine:
    """How an engine opens a Parquet file and keeps an intermediate result."""

    name: str
    scan: Callable[[Path], Any]
    keep: Callable[[Any], Any]

    def open(self, folder: Path) -> dict[str, nw.LazyFrame]:
        """Every staged frame of a folder, by name."""
        return {
            path.stem: nw.from_native(self.scan(path)) for path in sorted(folder.glob("*.parquet"))
        }

    def persist(self, frame: nw.LazyFrame) -> nw.LazyFrame:
        """The frame computed once, for several cubes to read."""
        return nw.from_native(self.keep(nw.to_native(frame)))

    def collect(self, frame: nw.LazyFrame) -> pl.DataFrame:
        """The frame as a Polars frame; integers as Int64, whatever width the engine used."""
        return self.collect_all([frame])[0]

    def collect_all(self, frames: Iterable[nw.LazyFrame]) -> list[pl.DataFrame]:
        """Frames as Polars frames, see `collect`; Polars computes them side by side."""
        if self.name == "polars":
            tables = pl.collect_all([nw.to_native(frame) for frame in frames], engine="streaming")
        else:
            tables = [pl.DataFrame(frame.collect("pyarrow").to_arrow()) for frame in frames]
        return [_in_int64(table) for table in tables]


def _in_int64(table: pl.DataFrame) -> pl.DataFrame:
    numbers = [name for name, dtype in table.schema.items() if dtype.is_numeric()]
    return table.with_columns(pl.col(numbers).cast(pl.Int64))


def _polars() -> Engine:
    return Engine("polars", pl.scan_parquet, lambda frame: frame.collect(engine="streaming").lazy())


def _duckdb() -> Engine:
    import duckdb

    connection = duckdb.connect()

    def keep(relation: Any) -> Any:
        name = f"kept_{len(connection.sql('SHOW TABLES').fetchall())}"
        relation.to_table(name)
        return connection.table(name)

    return Engine("duckdb", lambda path: connection.read_parquet(str(path)), keep)


def _pyspark() -> Engine:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    return Engine("pyspark", lambda path: session.read.parquet(str(path)), lambda f: f.cache())


def engine(name: str) -> Engine:
    """An engine by name; ValueError for an unknown one, ImportError when it is not installed."""
    match name:
        case "polars":
            return _polars()
        case "duckdb":
            return _duckdb()
        case "pyspark":
            return _pyspark()
    raise ValueError(f"unknown engine {name!r}: one of {', '.join(ENGINES)}")


def stage(frames: Mapping[str, pl.LazyFrame], folder: Path) -> None:
    """Writes frames as Parquet, streaming, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    pl.collect_all(
        [
            frame.sink_parquet(
                folder / f"{name}.parquet", compression="uncompressed", statistics=False, lazy=True
            )
            for name, frame in frames.items()
        ]
    )
