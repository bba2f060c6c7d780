"""The tables of the contract, read into Parquet by DuckDB: nothing typed, nothing checked."""

import json
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from data.registry.connection import open_adbc, open_engine, registry_url
from data.registry.inspection import Survey, survey
from data.registry.typed_reader import batches, guaranteed


def measure(url: str) -> dict[str, float | str]:
    """Seconds on the wall and of processor, and by which scanner."""
    surveyed = survey(url)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        wall, processor = time.perf_counter(), time.process_time()
        try:
            connection.execute("INSTALL sqlite; LOAD sqlite")
            by = "sqlite_scan"
            _by_extension(connection, str(registry_url(url).database), surveyed, Path(folder))
        except duckdb.Error:
            by = "Arrow batches of ADBC"
            wall, processor = time.perf_counter(), time.process_time()
            _by_batches(connection, url, surveyed, Path(folder))
        return {
            "by": by,
            "read_s": round(time.perf_counter() - wall, 2),
            "read_cpu_s": round(time.process_time() - processor, 2),
        }


def _by_extension(
    connection: duckdb.DuckDBPyConnection, file: str, surveyed: Survey, folder: Path
) -> None:
    for name, columns in surveyed.columns.items():
        listed = ", ".join(f'"{there}"' for there in columns.values())
        connection.sql(f"SELECT {listed} FROM sqlite_scan('{file}', '{name}')").write_parquet(
            str(folder / f"{name}.parquet")
        )


def _by_batches(
    connection: duckdb.DuckDBPyConnection, url: str, surveyed: Survey, folder: Path
) -> None:
    """The batches that `data.registry.reader` gets, of which DuckDB writes what it is given."""
    address = registry_url(url)
    dialect = open_engine(address).dialect
    with open_adbc(address) as adbc:
        for name, columns in surveyed.columns.items():
            with adbc.cursor() as cursor:
                typed = guaranteed(cursor, dialect, name, columns)
                given = batches(cursor, dialect, name, columns, typed)
                first = next(given)
                reader = pa.RecordBatchReader.from_batches(first.schema, chain([first], given))
                connection.from_arrow(reader).write_parquet(str(folder / f"{name}.parquet"))


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
