"""Cells of a table as text, the same in slides, bulletins and PDF."""

import math
from collections.abc import Sequence
from datetime import date

import polars as pl

from exhibits.words import HIDDEN


def said(table: pl.DataFrame) -> list[list[str]]:
    """Rows of texts: whole numbers with separators, others with two decimals, nothing as a dash."""
    columns = [_column(table[name]) for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(values: pl.Series) -> list[str]:
    whole = is_whole(values)
    return [_cell(value, whole) for value in values]


def is_whole(values: pl.Series) -> bool:
    """Whether a column holds counts, though as fractions where some are unknown or hidden."""
    if not values.dtype.is_float():
        return values.dtype.is_integer()
    known = values.drop_nulls().drop_nans()
    return "%" not in values.name and bool((known % 1 == 0).all())


def _cell(value: object, whole: bool) -> str:
    if value is None:
        return "—"
    if isinstance(value, float) and math.isnan(value):
        return HIDDEN
    if isinstance(value, bool | str | date):
        return str(value)
    return f"{value:,.0f}" if whole else f"{value:,.2f}"


def shares(rows: Sequence[Sequence[str]]) -> list[float]:
    """Share of each column in the width, by its longest text; a Latin letter is half as wide."""
    longest = [
        max(sum(1 if ord(letter) > 255 else 0.55 for letter in cell) for cell in column)
        for column in zip(*rows, strict=True)
    ]
    weights = [min(max(each, 5), 24) for each in longest]
    return [weight / sum(weights) for weight in weights]
