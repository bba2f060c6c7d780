"""Registry database → staged Parquet files, a folder per contract table.

Only contract columns are selected, without a row limit, a batch at a time. Values arrive as the
database types them where that can be relied on (`typed_reading`), else as text, and are typed by
`values`; the bits of the column `_wrong` name the contract columns (first column: bit 0) whose
value the type cannot hold.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing, nullcontext
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa
from adbc_driver_manager import Error as AdbcError
from adbc_driver_manager.dbapi import Connection as AdbcConnection
from sqlalchemy import URL, Connection, column, select, table
from sqlalchemy.exc import SQLAlchemyError

from data.registry.connection import failure, is_duckdb, open_adbc, open_engine, registry_url
from data.registry.inspection import Survey
from data.registry.masking import reason
from data.registry.staging import write
from data.registry.typed_reader import BATCH, batches, guaranteed, pure

log = logging.getLogger(__name__)

#: What ADBC and its drivers raise, also for what only a plainer query can read.
UNREADABLE = (AdbcError, pa.ArrowException, pl.exceptions.PolarsError, OSError)


def stage(
    url: str | URL,
    survey: Survey,
    folder: Path,
    *,
    fast: bool = True,
    progress: Callable[[], None] = lambda: None,
) -> Iterator[tuple[str, Path]]:
    """
    Reads every table of `survey` into Parquet files under `folder`; each table's name and folder,
    as soon as it is ready.

    Columns: the contract's, in its order and types, and `_wrong`. `fast` uses ADBC where there is a
    driver; a table it cannot read is read the portable way. RegistryError when that fails too.
    `progress` is called with each batch.
    """
    address = registry_url(url)
    if is_duckdb(address):
        from data.registry import duckdb_files

        yield from duckdb_files.stage(address, survey.columns, folder, progress)
        return
    try:
        with ExitStack() as opened:
            readers = _readers(opened, address, fast)
            free: SimpleQueue[_Reader] = SimpleQueue()
            for reader in readers:
                free.put(reader)

            def staged(name: str) -> tuple[str, Path]:
                reader = free.get()
                try:
                    _stage_table(reader, name, survey.columns[name], folder / name, progress)
                finally:
                    free.put(reader)
                return name, folder / name

            threads = ThreadPoolExecutor(len(readers))
            # Called before the connections are closed, also when a table cannot be read.
            opened.callback(threads.shutdown, cancel_futures=True)
            for done in as_completed([threads.submit(staged, name) for name in survey.columns]):
                yield done.result()
    except (SQLAlchemyError, OSError) as error:
        raise failure(address, "读取登记库时出错", error) from error


class _Reader(NamedTuple):
    """The two ways to read: by SQLAlchemy, and by ADBC where that can connect."""

    portable: Connection
    adbc: AdbcConnection | None


def _readers(opened: ExitStack, address: URL, fast: bool) -> list[_Reader]:
    """
    A reader; of an SQLite file, which a driver reads on one processor, a second that sees the same.

    Who has begun to read keeps writers from the file, so nothing changes before the second begins;
    but not with a write-ahead log, nor where something is in the way, which the first then tells.
    """
    first = _reader(opened, address, fast)
    if first.adbc is None or address.get_backend_name() != "sqlite":
        return [first]
    both = [first, _reader(opened, address, fast)]
    return both if all(reader.adbc and _begun(reader.adbc) for reader in both) else [first]


def _reader(opened: ExitStack, address: URL, fast: bool) -> _Reader:
    engine = open_engine(address)
    opened.callback(engine.dispose)
    portable = opened.enter_context(engine.connect())
    return _Reader(portable, opened.enter_context(_fast_connection(address, fast)))


def _begun(adbc: AdbcConnection) -> bool:
    """Keeps writers from an SQLite file from now on; false where it cannot."""
    try:
        with adbc.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            (mode,) = cursor.fetchall()[0]
            # What begins a transaction is the first row that is read.
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.fetchone()
            return mode != "wal"
    except AdbcError:
        adbc.rollback()
        return False


def _stage_table(
    reader: _Reader, name: str, columns: dict[str, str], folder: Path, progress: Callable[[], None]
) -> None:
    portable, adbc = reader
    if adbc and _read_fast(adbc, portable, name, columns, folder, progress):
        return
    try:
        write(name, _portable_batches(portable, name, columns), folder, progress)
    except SQLAlchemyError as error:
        raise failure(portable.engine.url, f"读取登记库的表或视图 {name} 时出错", error) from error


def _fast_connection(address: URL, fast: bool):
    """A context with an ADBC connection, or with None where there is none."""
    try:
        connection = open_adbc(address) if fast else None
    except (AdbcError, OSError) as error:
        why = reason(address, error)
        log.warning("ADBC cannot connect, reading through SQLAlchemy: %s", why)
        connection = None
    return closing(connection) if connection else nullcontext()


def _read_fast(
    adbc,
    portable: Connection,
    name: str,
    columns: dict[str, str],
    folder: Path,
    progress: Callable[[], None],
) -> bool:
    """Stages a table through ADBC; false, with the reason in the log, when it cannot."""
    dialect = portable.dialect

    def read(typed: set[str]) -> None:
        with adbc.cursor() as cursor:
            write(name, batches(cursor, dialect, name, columns, typed), folder, progress)

    try:
        with adbc.cursor() as cursor:
            typed = guaranteed(cursor, dialect, name, columns)
        try:
            read(typed)
        except UNREADABLE as error:
            log.info("%s has columns to be read as text: %s", name, _reason(portable, error))
            adbc.rollback()
            fewer = pure(portable, name, columns, typed) if dialect.name == "sqlite" else set()
            if fewer == typed:
                raise
            read(fewer)
        return True
    except UNREADABLE as error:
        why = _reason(portable, error)
        log.warning("ADBC cannot read %s, reading it through SQLAlchemy: %s", name, why)
        adbc.rollback()
        return False


def _reason(connection: Connection, error: Exception) -> str:
    return reason(connection.engine.url, error)


def _portable_batches(
    connection: Connection, name: str, columns: dict[str, str]
) -> Iterator[pa.RecordBatch]:
    """Batches of a table in any dialect: plain columns, turned to text here."""
    names: list[Any] = [column(there) for there in columns.values()]
    query = select(*names).select_from(table(name))
    options = {"stream_results": True, "yield_per": BATCH // 4}
    for rows in connection.execution_options(**options).execute(query).partitions():
        values = zip(*rows, strict=True)
        texts = [pa.array(map(_text, of_column), pa.large_string()) for of_column in values]
        yield pa.RecordBatch.from_arrays(texts, names=list(columns))


def _text(value) -> str | None:
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return _of_bytes(value)
    return str(value)


def _of_bytes(value: bytes) -> str:
    """Text, or the digits of a key that is kept as bytes: two keys never become one."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.hex()
