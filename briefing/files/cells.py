"""Cells of a table: the same figures, dashes and stars on pages, in slides, bulletins and files."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from exhibits.suppressed import apart
from exhibits.wording.words import HIDDEN


def texts(table: pl.DataFrame) -> list[list[str]]:
    """Rows of texts: integers with separators, others with two decimals, missing ones as a dash."""
    columns = [_column(table[name]) for name in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def values(column: pl.Series) -> list[object]:
    """Values of a column: None where a value is missing, `*` where it is suppressed."""
    figures, hidden = apart(column)
    return [HIDDEN if star else figure for figure, star in zip(figures, hidden, strict=True)]


def is_whole(column: pl.Series) -> bool:
    """Whether a column holds counts, though as fractions where some are unknown."""
    figures, _ = apart(column)
    if not figures.dtype.is_float():
        return figures.dtype.is_integer()
    return "%" not in figures.name and bool((figures.drop_nulls() % 1 == 0).all())


def _column(column: pl.Series) -> list[str]:
    whole = is_whole(column)
    return [_cell(value, whole) for value in values(column)]


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
    weights = [min(max(length, 5), 24) for length in longest]
    return [weight / sum(weights) for weight in weights]
