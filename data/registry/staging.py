"""Batches of a contract table, typed or as text → typed Parquet files in the table's folder."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree

import polars as pl
import pyarrow as pa

from data.registry import contract
from data.registry.conversion import typed

WRONG = "_wrong"


def write(
    name: str, batches: Iterable[pa.RecordBatch], folder: Path, progress: Callable[[], None]
) -> None:
    """Types and writes each batch, as a file of its own, while the database prepares the next."""
    rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    nothing = pl.DataFrame(schema={**contract.polars_schema(name), WRONG: pl.UInt32})
    nothing.write_parquet(folder / "empty.parquet")
    with ThreadPoolExecutor(1) as worker:
        pending = None
        for number, batch in enumerate(batches):
            progress()
            if pending:
                pending.result()
            pending = worker.submit(_write_batch, name, batch, folder / f"{number:06}.parquet")
        if pending:
            pending.result()


def _write_batch(name: str, batch: pa.RecordBatch, file: Path) -> None:
    batch.validate(full=True)
    frame = typed_batch(name, pl.DataFrame(pl.from_arrow(batch)))
    frame.write_parquet(file, compression="uncompressed", statistics=False)


def typed_batch(name: str, batch: pl.DataFrame) -> pl.DataFrame:
    """Raw columns of a contract table → its typed columns and `_wrong`."""
    values, wrong = [], pl.repeat(0, batch.height, dtype=pl.UInt32, eager=True)
    for bit, each in enumerate(contract.TABLES[name].columns):
        series, cannot = typed(batch[each.name], each.info["type"])
        values.append(series.alias(each.name))
        if cannot.any():
            wrong = wrong | cannot.cast(pl.UInt32) * (1 << bit)
    return pl.DataFrame([*values, wrong.alias(WRONG)])
