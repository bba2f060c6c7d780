"""Writes the tables into a database: SQLite by way of a new file, PostgreSQL in one transaction."""

from collections.abc import Callable

import polars as pl
from sqlalchemy import make_url

from data.demo import load_postgres, load_sqlite


def load(
    frames: dict[str, pl.DataFrame],
    url: str,
    replace: bool = False,
    say: Callable[[str], None] = lambda step: None,
) -> None:
    """Raises TableHoldsRows when PostgreSQL tables hold rows and `replace` is not given."""
    backend = make_url(url).get_backend_name()
    if backend == "sqlite":
        load_sqlite.load(frames, url, say)
    elif backend == "postgresql":
        load_postgres.load(frames, url, replace, say)
    else:
        raise ValueError(f"the demonstration registry goes to SQLite or PostgreSQL, not {backend}")
