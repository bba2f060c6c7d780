"""Suppressed figures: null in a row whose column `suppressed` is true, written as `*`.

An exhibit's table has no column `suppressed`. A column with a suppressed figure holds pairs
instead, so that suppressed and unknown stay distinct, however rows are filtered later.
"""

from typing import cast

import polars as pl

#: Fields of a pair.
FIGURE, SUPPRESSED = "figure", "suppressed"


def paired(table: pl.DataFrame) -> pl.DataFrame:
    """The table without `suppressed`; columns with a suppressed figure hold pairs."""
    if SUPPRESSED not in table.columns:
        return table
    hidden = pl.col(SUPPRESSED).fill_null(False)
    figures = table.drop(SUPPRESSED)
    kinds = figures.schema.items()
    numbers = [name for name, kind in kinds if kind.is_numeric() and figures[name].null_count()]
    lacking = table.select((hidden & pl.col(name).is_null()).any().alias(name) for name in numbers)
    pairs = [
        pl.struct(
            pl.col(name).alias(FIGURE), (hidden & pl.col(name).is_null()).alias(SUPPRESSED)
        ).alias(name)
        for name in numbers
        if lacking[name].item()
    ]
    return table.with_columns(pairs).drop(SUPPRESSED)


def apart(column: pl.Series) -> tuple[pl.Series, list[bool]]:
    """The figures of a table's column, and which of them are suppressed."""
    if not isinstance(column.dtype, pl.Struct):
        return column, [False] * len(column)
    pairs = column.struct
    return pairs.field(FIGURE).alias(column.name), pairs.field(SUPPRESSED).to_list()


def hidden_in(data: pl.DataFrame, value: str) -> list[bool]:
    """Which rows of a chart's data are suppressed; none without a column `suppressed`."""
    if SUPPRESSED not in data.columns:
        return [False] * data.height
    hidden = pl.col(value).is_null() & pl.col(SUPPRESSED).fill_null(False)
    return data.select(hidden).to_series().to_list()


def total(figures: pl.Series) -> float | None:
    """The sum of figures, None where one is suppressed: the sum of the rest is not the total."""
    return None if figures.null_count() else cast(float, figures.sum())


def with_suppressed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of `indicators` with `suppressed`, by their status."""
    return rows.with_columns(suppressed=pl.col("status") == "suppressed")
