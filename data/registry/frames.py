"""Frames of the engine that reads a registry: Polars in this process, or workers of a cluster.

Rules are written once, in narwhals. What is asked for here is small: sums, keys, codes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw
import polars as pl

#: A frame of the engine's own: a Polars frame, or one of Spark's, whose rows are elsewhere.
Native = Any


def opened(frames: Mapping[str, Native]) -> dict[str, nw.LazyFrame]:
    """Every frame, for expressions of narwhals."""
    return {name: nw.from_native(frame).lazy() for name, frame in frames.items()}


def is_here(frame: nw.LazyFrame) -> bool:
    """Whether the rows are in this process, so that Polars can be asked for what it has alone."""
    return frame.implementation.is_polars()


def collected(frame: nw.LazyFrame) -> pl.DataFrame:
    """The frame as a Polars frame; integers as Int64, whatever width the engine used."""
    return collected_all([frame])[0]


def collected_all(frames: Iterable[nw.LazyFrame]) -> list[pl.DataFrame]:
    """Frames of one engine as Polars frames, see `collected`; Polars computes them side by side."""
    frames = list(frames)
    if all(is_here(frame) for frame in frames):
        tables = pl.collect_all([nw.to_native(frame) for frame in frames], engine="streaming")
    else:
        tables = [pl.DataFrame(frame.collect("pyarrow").to_arrow()) for frame in frames]
    return [_in_int64(table) for table in tables]


def _in_int64(table: pl.DataFrame) -> pl.DataFrame:
    numbers = [name for name, dtype in table.schema.items() if dtype.is_integer()]
    return table.with_columns(pl.col(numbers).cast(pl.Int64))


def small(frame: Native) -> pl.LazyFrame:
    """A table that is small in a nation too, such as meetings, as a frame of this process."""
    there = nw.from_native(frame)
    return frame if is_here(there) else collected(there).lazy()


def rows_where(condition: nw.Expr) -> nw.Expr:
    """Rows of which it is true: no engine but Polars adds up what is true."""
    return nw.when(condition).then(nw.lit(1)).count()


def sums(frame: nw.LazyFrame, *wanted: nw.Expr) -> tuple:
    """Sums of a frame, in one pass."""
    numbered = [each.alias(str(number)) for number, each in enumerate(wanted)]
    return collected(frame.select(*numbered)).row(0)
