"""Into a DuckDB file, or a folder of Parquet files: written aside, then in the place of the old."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl
from sqlalchemy import URL

from data.demo.schema import TableHoldsRows, in_yuan
from data.registry.contract import TABLES, base_type


def check(url: URL, replace: bool) -> None:
    """TableHoldsRows for a folder that holds anything, and for a file."""
    target = Path(url.database or "")
    if target.is_dir() and any(target.iterdir()) and not replace:
        raise TableHoldsRows(f"{target} holds files; give --replace to write tables into it")
    if target.is_file() and target.stat().st_size and not replace:
        raise TableHoldsRows(f"{target} is there; give --replace to lose what it holds")


def load(
    frames: dict[str, pl.DataFrame], url: URL, replace: bool, say: Callable[[str], None]
) -> None:
    """Writes every table; what stood there before stays until all is written."""
    with _aside(url) as (aside, target):
        for name, frame in frames.items():
            _as_decimals(name, frame).write_parquet(aside / f"{name}.parquet")
            say(f"{name}: {frame.height} rows")
        if url.get_backend_name() == "duckdb":
            os.replace(_into_a_file(aside), target)
        else:
            _put(aside, target)


def load_parts(parts: Iterable[tuple[int, str, pl.DataFrame]], url: URL) -> None:
    """Writes tables that come in numbered parts as Parquet: a folder a table, a file a part."""
    with _aside(url) as (aside, target):
        for number, name, frame in parts:
            (aside / name).mkdir(exist_ok=True)
            _as_decimals(name, frame).write_parquet(aside / name / f"{number:03}.parquet")
        _put(aside, target)


@contextmanager
def _aside(url: URL) -> Iterator[tuple[Path, Path]]:
    """A folder to write in, gone at the end, and where it goes to."""
    target = Path(url.database or "").absolute()
    aside = target.with_name(f".{target.name}.{os.getpid()}")
    aside.mkdir(parents=True)
    try:
        yield aside, target
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, target: Path) -> None:
    """Tables in the place of those of before, be they files or folders."""
    target.mkdir(exist_ok=True)
    for table in aside.iterdir():
        shutil.rmtree(target / table.stem, ignore_errors=True)
        (target / f"{table.stem}.parquet").unlink(missing_ok=True)
        os.replace(table, target / table.name)


def _as_decimals(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    money = [c.name for c in TABLES[name].columns if base_type(c.info["type"]) == "decimal"]
    return in_yuan(name, frame).with_columns(pl.col(money).cast(pl.Decimal(14, 2)))


def _into_a_file(folder: Path) -> Path:
    file = folder / "registry.duckdb"
    with duckdb.connect(file) as connection:
        for each in sorted(folder.glob("*.parquet")):
            connection.read_parquet(str(each)).create(each.stem)
    return file
