"""Into PostgreSQL: tables and rows in one transaction, by COPY."""

from collections.abc import Callable
from typing import Any

import polars as pl
from sqlalchemy import Connection, create_engine, func, inspect, make_url, select
from sqlalchemy.pool import NullPool

from data.demo.schema import TableHoldsRows, tables
from data.registry.contract import TABLES, base_type

_ROWS_A_TIME = 200_000


def _money(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    columns = [c.name for c in TABLES[name].columns if base_type(c.info["type"]) == "decimal"]
    return frame.with_columns(pl.col(c) / 100 for c in columns)


def _make_room(connection: Connection, replace: bool) -> None:
    """Drops empty tables of the contract, and full ones when they may be replaced."""
    there = [name for name in TABLES if name in inspect(connection).get_table_names()]
    schema = tables()
    full = [
        name
        for name in there
        if connection.execute(select(func.count()).select_from(schema.tables[name])).scalar()
    ]
    if full and not replace:
        raise TableHoldsRows(
            f"these tables hold rows: {', '.join(full)}; give --replace to drop them"
        )
    schema.drop_all(connection)


def _copy(connection: Connection, name: str, frame: pl.DataFrame) -> None:
    columns = ", ".join(f'"{c}"' for c in frame.columns)
    driver: Any = connection.connection.driver_connection
    cursor = driver.cursor()
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
        for part in _money(name, frame).iter_slices(_ROWS_A_TIME):
            copy.write(part.write_csv(include_header=False).encode())


def load(
    frames: dict[str, pl.DataFrame], url: str, replace: bool, say: Callable[[str], None]
) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    with engine.begin() as connection:
        _make_room(connection, replace)
        tables().create_all(connection)
        for name, frame in frames.items():
            _copy(connection, name, frame)
            say(f"{name}: {frame.height} rows")
    engine.dispose()
