"""Into SQLite: a new file beside the target takes its place when it is complete."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import adbc_driver_sqlite.dbapi
import polars as pl
from sqlalchemy import URL, create_engine
from sqlalchemy.pool import NullPool

from data.demo.dirt import with_unreadable
from data.demo.schema import TableHoldsRows, in_yuan, tables
from data.registry.contract import TABLES, base_type

_QUICK = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -200000")


def as_stored(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Days and moments as text, money in yuan."""
    kinds = {c.name: base_type(c.info["type"]) for c in TABLES[name].columns}
    return in_yuan(name, frame).with_columns(
        [pl.col(c).cast(pl.String) for c, kind in kinds.items() if kind == "date"]
        + [
            pl.col(c).cast(pl.String).str.slice(0, 19)
            for c, kind in kinds.items()
            if kind == "timestamp"
        ]
    )


def _create(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    tables().create_all(engine)
    engine.dispose()


def check(url: URL, replace: bool) -> None:
    """TableHoldsRows for a file that holds anything else than a demonstration."""
    target = Path(str(url.database)).absolute()
    if not replace and target.exists() and target.stat().st_size and not _is_made_up(target):
        raise TableHoldsRows(f"{target} is no demonstration registry; give --replace to lose it")


def _is_made_up(file: Path) -> bool:
    named = "SELECT count(*) FROM region_population WHERE source_note LIKE '%演示数据%'"
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute(named).fetchone() > (0,)
        except sqlite3.Error:
            return False


def load(
    frames: dict[str, pl.DataFrame], url: URL, replace: bool, say: Callable[[str], None]
) -> None:
    """Writes a new file and puts it in the place of the old one."""
    target = Path(str(url.database)).absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    try:
        _create(fresh)
        with (
            adbc_driver_sqlite.dbapi.connect(str(fresh), autocommit=True) as connection,
            connection.cursor() as cursor,
        ):
            for pragma in _QUICK:
                cursor.execute(pragma)
            for name, frame in frames.items():
                stored = with_unreadable(name, as_stored(name, frame))
                cursor.adbc_ingest(name, stored.to_arrow(), mode="append")
                say(f"{name}: {stored.height} rows")
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)
