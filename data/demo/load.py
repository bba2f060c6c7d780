"""Writes the tables into a database: SQLite by way of a new file, PostgreSQL in one transaction."""

from collections.abc import Callable

import polars as pl
from sqlalchemy import MetaData, Table, make_url

from data.contract import TABLES

#: Made without their key, so that they can hold rows that carry one twice.
UNKEYED = ("data_submission", "field_visit")


class TableHoldsRows(Exception):
    """The database is in use; nothing was written."""


def tables() -> MetaData:
    """The contract's tables, some without their key."""
    made = MetaData()
    for name, table in TABLES.items():
        columns = [column._copy() for column in table.columns]
        if name in UNKEYED:
            for column in columns:
                column.primary_key = False
        Table(name, made, *columns)
    return made


def load(
    frames: dict[str, pl.DataFrame],
    url: str,
    replace: bool = False,
    say: Callable[[str], None] = lambda step: None,
) -> None:
    """Raises TableHoldsRows when PostgreSQL tables hold rows and `replace` is not given."""
    from data.demo import load_postgres, load_sqlite

    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        load_sqlite.load(frames, url, say)
    elif backend == "postgresql":
        load_postgres.load(frames, url, replace, say)
    else:
        raise ValueError(f"the demonstration registry goes to SQLite or PostgreSQL, not {backend}")
