"""Cells of a table as text, the same in slides, bulletins and PDF."""

from collections.abc import Sequence
from datetime import date

import polars as pl


def said(table: pl.DataFrame) -> list[list[str]]:
    """Rows of texts: whole numbers with separators, others with two decimals, nothing as a dash."""
    columns = [_column(table[name]) for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _column(values: pl.Series) -> list[str]:
    # Counts that stand in a column of fractions because some are unknown are still whole.
    whole = values.dtype.is_integer() or (
        values.dtype.is_float() and "%" not in values.name and (values.drop_nulls() % 1 == 0).all()
    )
    return [_cell(value, whole) for value in values]


def _cell(value: object, whole: bool) -> str:
    if value is None:
        return "—"
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
