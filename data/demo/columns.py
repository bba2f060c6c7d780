"""From arrays of whole numbers to the columns of a contract table."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from data.demo.clock import FAR
from data.demo.world import LAST_DAY
from data.registry.contract import polars_schema

_LAST = pl.lit(LAST_DAY)


def keys(prefix: str, numbers: np.ndarray, width: int = 8) -> pl.Series:
    """`P00000017` from 17; a negative number is null."""
    n = pl.Series("n", numbers, dtype=pl.Int64)
    text = pl.concat_str(pl.lit(prefix), pl.col("n").cast(pl.String).str.zfill(width))
    return n.to_frame().select(pl.when(pl.col("n") >= 0).then(text)).to_series()


def labels(options: Sequence[str | None], numbers: np.ndarray) -> pl.Series:
    """The option of each number; a negative number is null."""
    words = pl.Series([*options, None], dtype=pl.String)
    return words.gather(np.where(numbers < 0, len(options), numbers))


def dates(numbers: np.ndarray) -> pl.Series:
    """Days; what lies after the last day has not happened and is null."""
    days = pl.Series("d", numbers, dtype=pl.Int64).cast(pl.Int32)
    happened = pl.when(pl.col("d").cast(pl.Date) <= _LAST).then(pl.col("d").cast(pl.Date))
    return days.to_frame().select(happened).to_series()


def plans(numbers: np.ndarray) -> pl.Series:
    """Days that are set in advance and may lie after the last day; FAR is null."""
    days = pl.Series("d", numbers, dtype=pl.Int64)
    happened = pl.when(pl.col("d") < FAR).then(pl.col("d")).cast(pl.Int32).cast(pl.Date)
    return days.to_frame().select(happened).to_series()


def times(seconds: np.ndarray) -> pl.Series:
    """Moments; what lies after the last day is null."""
    moment = pl.col("s").cast(pl.Datetime("us"))
    happened = pl.when(moment < _LAST.cast(pl.Datetime("us")) + pl.duration(days=1)).then(moment)
    moments = pl.Series("s", seconds, dtype=pl.Int64) * 1_000_000
    return moments.to_frame().select(happened).to_series()


def fen(yuan: np.ndarray) -> pl.Series:
    """Money in whole fen; NaN is null."""
    amounts = pl.Series(np.round(yuan * 100), dtype=pl.Float64, nan_to_null=True)
    return amounts.cast(pl.Int64)


def frame(table: str, columns: dict) -> pl.DataFrame:
    """A contract table from its columns; those not named are null."""
    schema = polars_schema(table)
    unknown = set(columns) - set(schema)
    if unknown:
        raise KeyError(f"{table}: {sorted(unknown)}")
    height = max(len(c) for c in columns.values() if c is not None and not isinstance(c, str))
    series = []
    for name, dtype in schema.items():
        values = columns.get(name)
        if values is None or isinstance(values, str):
            column = pl.Series(name, [values], dtype=dtype).new_from_index(0, height)
        else:
            column = pl.Series(name, values).cast(dtype).alias(name)
        series.append(column)
    return pl.DataFrame(series)


def stack(parts: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts, rechunk=True)
