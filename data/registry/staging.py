"""Batches of a contract table, typed or as text → typed Parquet files in the table's folder."""

import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree

import polars as pl
import pyarrow as pa
from sqlalchemy import Column

from data.registry import contract, days, texts
from data.registry.conversion import typed

WRONG = "_wrong"

#: File in which a table's folder names texts that could not be read: so many a column.
UNREAD, SAMPLES = "unread.json", 5

#: Units of a time in a day; the first and last day that can be written, in days since 1970.
PER_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}
CALENDAR = (-719_162, 2_932_896)


def write(
    name: str, batches: Iterable[pa.RecordBatch], folder: Path, progress: Callable[[], None]
) -> None:
    """
    Types and writes each batch, as a file of its own, while the database prepares the next.

    At last some of the texts that could not be read (`unread`).
    """
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    nothing = pl.DataFrame(schema={**contract.polars_schema(name), WRONG: pl.UInt32})
    nothing.write_parquet(folder / "empty.parquet")
    samples: dict[str, list[str]] = {}
    with ThreadPoolExecutor(1) as worker:
        pending = None
        for number, batch in enumerate(batches):
            progress()
            if pending:
                pending.result()
            pending = worker.submit(
                _write_batch, name, batch, folder / f"{number:06}.parquet", samples
            )
        if pending:
            pending.result()
    (folder / UNREAD).write_text(json.dumps(samples, ensure_ascii=False))


def unread(folder: Path, column: str) -> list[str]:
    """Some texts of a staged table that the type of their column cannot hold."""
    return json.loads((folder / UNREAD).read_text()).get(column, [])


def _write_batch(
    name: str, batch: pa.RecordBatch, file: Path, samples: dict[str, list[str]]
) -> None:
    batch.validate(full=True)
    frame = typed_batch(name, batch, samples)
    frame.write_parquet(file, compression="uncompressed", statistics=False)


def typed_batch(name: str, batch: pa.RecordBatch, samples: dict[str, list[str]]) -> pl.DataFrame:
    """Raw columns of a contract table → its typed columns and `_wrong`; adds to `samples`."""
    columns, wrong = [], pl.repeat(0, batch.num_rows, dtype=pl.UInt32, eager=True)
    for bit, each in enumerate(contract.TABLES[name].columns):
        values, cannot = typed_column(each, batch.column(each.name))
        columns.append(values)
        if cannot.any():
            wrong = wrong | cannot.cast(pl.UInt32) * (1 << bit)
            texts_there = pl.Series(batch.column(each.name)).filter(cannot)
            known = samples.setdefault(each.name, [])
            first = texts_there.unique(maintain_order=True).head(SAMPLES - len(known))
            known += _as_texts(first).to_list()
    return pl.DataFrame([*columns, wrong.alias(WRONG)])


def _as_texts(values: pl.Series) -> pl.Series:
    """Values as texts; a day that Polars cannot write, as PostgreSQL's `infinity`, is said so."""
    if not values.dtype.is_temporal():
        return values.cast(pl.String)
    unit = getattr(values.dtype, "time_unit", None)
    beyond = (values.to_physical() // PER_DAY.get(str(unit), 1)).is_between(*CALENDAR).not_()
    return values.set(beyond, None).cast(pl.String).fill_null("beyond the calendar")


def typed_column(column: Column, raw: pa.Array) -> tuple[pl.Series, pl.Series]:
    """
    The values of a contract column, and where its type cannot hold them.

    Beside what the type asks for: region codes are cut to their level, a household key of zeros is
    none, and 1 January 1900 is an unknown day except where a spell holds since.
    """
    text = pl.Series(column.name, raw)
    values, wrong = typed(text, column.info["type"], texts.is_plain(raw))
    if column.name in texts.REGIONS:
        values = texts.region_codes(values)
    elif column.name == "household_key":
        values = texts.without_zeros(values)
    elif values.dtype.is_temporal() and column.name != "valid_from":
        values = days.known(values)
    return values, wrong
