"""Engines by name: Polars by default, DuckDB to check it, Spark for a nation."""

from pathlib import Path
from typing import Any

from queries.cubes.engine import POLARS, Engine, stage
from queries.cubes.spark import spark

ENGINES = ("polars", "duckdb", "spark")


def _duckdb() -> Engine:
    import duckdb

    connection = duckdb.connect()

    def keep(relation: Any, _file: Path) -> Any:
        name = f"kept_{len(connection.sql('SHOW TABLES').fetchall())}"
        relation.to_table(name)
        return connection.table(name)

    return Engine("duckdb", lambda path: connection.read_parquet(str(path)), keep, stage)


def engine(name: str, work: Path | None = None) -> Engine:
    """An engine by name, `work`: see `Engine`; EngineError when Spark is not installed or there."""
    match name:
        case "polars":
            return POLARS
        case "duckdb":
            return _duckdb()
        case "spark":
            return spark(work)
    raise ValueError(f"unknown engine {name!r}: one of {', '.join(ENGINES)}")
