"""A DuckDB file, or a folder with a Parquet file or a folder of them a table, as the registry.

`duckdb:////srv/registry.duckdb`, `parquet:////srv/registry`. DuckDB guarantees the type of a
column, so what the contract asks for is taken as it is, and all else as text.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import URL, Column

from data.registry import contract
from data.registry.connection import failure
from data.registry.contract import base_type
from data.registry.staging import write
from data.registry.typed_reader import BATCH

#: The users' time zone; nothing is fetched from outside.
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "TimeZone": "Asia/Shanghai",
    "autoinstall_known_extensions": "false",
}

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")

#: Contract type → DuckDB's types that hold just its values.
TAKEN = {
    "integer": WHOLE,
    "smallint": WHOLE,
    "double": ("DOUBLE",),
    "date": ("DATE",),
    "timestamp": ("TIMESTAMP",),
}

COLUMNS = """
    SELECT lower(table_name), column_name FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY ordinal_position
"""


def columns(url: URL) -> dict[str, dict[str, str]]:
    """Lower-case table or view → lower-case column → its name there."""
    there: dict[str, dict[str, str]] = {}
    with _opened(url) as connection, _failing(url, "无法读取登记库的表结构"):
        for table, column in connection.sql(COLUMNS).fetchall():
            there.setdefault(table, {})[column.lower()] = column
    return there


def stage(
    url: URL, tables: dict[str, dict[str, str]], folder: Path, progress: Callable[[], None]
) -> Iterator[tuple[str, Path]]:
    """Reads contract tables into Parquet files under `folder`; each one's name and folder."""
    with _opened(url) as connection:
        for name, there in tables.items():
            with _failing(url, f"读取登记库的表或视图 {name} 时出错"):
                write(name, _batches(connection, name, there), folder / name, progress)
            yield name, folder / name


@contextmanager
def _failing(url: URL, what: str) -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        raise failure(url, what, error) from error


@contextmanager
def _opened(url: URL) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that cannot write what it reads."""
    source, is_file = Path(url.database or ""), url.get_backend_name() == "duckdb"
    with _failing(url, "无法连接登记库"):
        if not (source.is_file() if is_file else source.is_dir()):
            raise OSError(f"没有这个文件{'' if is_file else '夹'} {source}")
        connection = duckdb.connect(source if is_file else ":memory:", is_file, CONFIG)
    with connection:
        if not is_file:
            for table, files in _parquet(source):
                with _failing(url, f"读取登记库的表 {table} 时出错"):
                    connection.read_parquet(files, union_by_name=True).create_view(table)
        yield connection


def _parquet(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Contract tables of a folder: `person.parquet`, or whatever Parquet lies below `person/`."""
    for path in sorted(folder.iterdir()):
        files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
        if path.stem.lower() in contract.TABLES and files and files[0].suffix == ".parquet":
            yield path.stem.lower(), [str(file) for file in files]


def _batches(
    connection: duckdb.DuckDBPyConnection, name: str, there: dict[str, str]
) -> Iterator[pa.RecordBatch]:
    relation = connection.table(name)
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    wanted = (
        f"{_selected(there[each.name], types[there[each.name]], each)} AS {each.name}"
        for each in contract.TABLES[name].columns
    )
    yield from relation.project(", ".join(wanted)).to_arrow_reader(BATCH)


def _selected(there: str, type_there: str, column: Column) -> str:
    wanted = base_type(column.info["type"])
    if type_there not in TAKEN.get(wanted, ()):
        return f'CAST("{there}" AS VARCHAR)'
    # What has no end has no day in Arrow.
    return f"""nullif("{there}", 'infinity')""" if wanted in ("date", "timestamp") else f'"{there}"'
