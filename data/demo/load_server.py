"""Into PostgreSQL by COPY, tables and rows in one transaction; into MySQL and MariaDB by INSERT."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
from sqlalchemy import URL, Connection, create_engine, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from data.demo.schema import CannotLoad, TableHoldsRows, in_yuan, tables
from data.registry.contract import TABLES
from data.registry.masking import reason, shown_address
from data.registry.postgres import by_release

_ROWS_A_TIME = 200_000


@contextmanager
def _connected(url: URL) -> Iterator[Connection]:
    """A connection whose transaction ends with it."""
    try:
        engine = create_engine(url, poolclass=NullPool)
        if url.get_backend_name() == "postgresql":
            by_release(engine)
        with engine.begin() as connection:
            yield connection
    except (SQLAlchemyError, ImportError) as error:
        raise CannotLoad(f"cannot write into {shown_address(url)}: {reason(url, error)}") from error


def check(url: URL, replace: bool) -> None:
    """CannotLoad when the server does not answer, or its tables hold rows that must stay."""
    with _connected(url) as connection:
        _check(connection, replace)


def _check(connection: Connection, replace: bool) -> None:
    there = [name for name in TABLES if name in inspect(connection).get_table_names()]
    count = {name: select(func.count()).select_from(tables().tables[name]) for name in there}
    full = [name for name in there if connection.execute(count[name]).scalar()]
    if full and not replace:
        raise TableHoldsRows(
            f"these tables hold rows: {', '.join(full)}; give --replace to drop them"
        )


def _copy(connection: Connection, name: str, frame: pl.DataFrame) -> None:
    columns = ", ".join(f'"{c}"' for c in frame.columns)
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
        for part in frame.iter_slices(_ROWS_A_TIME):
            copy.write(part.write_csv(include_header=False).encode())


def _insert(connection: Connection, name: str, frame: pl.DataFrame) -> None:
    marks = ", ".join(["%s"] * frame.width)
    into = f"INSERT INTO `{name}` ({', '.join(frame.columns)}) VALUES ({marks})"
    cursor = connection.connection.cursor()
    for part in frame.iter_slices(_ROWS_A_TIME):
        cursor.executemany(into, part.rows())


def load(
    frames: dict[str, pl.DataFrame], url: URL, replace: bool, say: Callable[[str], None]
) -> None:
    """Drops the contract's tables, full ones where they may be replaced, and writes them anew."""
    write = _copy if url.get_backend_name() == "postgresql" else _insert
    with _connected(url) as connection:
        _check(connection, replace)
        tables().drop_all(connection)
        tables().create_all(connection)
        for name, frame in frames.items():
            write(connection, name, in_yuan(name, frame))
            say(f"{name}: {frame.height} rows")
