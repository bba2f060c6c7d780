"""Versions of a row: each holds from `valid_from` until the day before `valid_to`."""

from datetime import date

import polars as pl


def holding(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The rows that hold on a day; days are texts like 2026-07-01, empty for no bound."""
    day = as_of.isoformat()
    begun = pl.col("valid_from").is_null() | (pl.col("valid_from") <= day)
    ended = pl.col("valid_to").is_not_null() & (pl.col("valid_to") <= day)
    return rows.filter(begun, ~ended)
