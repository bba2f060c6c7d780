"""Bands of working days waited, named as the users read them: 0–5, 6–10, …, 41以上."""

import polars as pl


def band_names(ends: tuple[int, ...]) -> list[str]:
    """Names of the bands with these upper ends, shortest first; the last is open."""
    starts = [0, *[end + 1 for end in ends]]
    closed = [f"{start}–{end}" for start, end in zip(starts, ends, strict=False)]
    return [*closed, f"{starts[-1]}以上"]


def band(days: str, ends: tuple[int, ...]) -> pl.Expr:
    """The band of a column of days, as its name."""
    *closed, last = band_names(ends)
    name = pl.lit(last)
    for end, label in reversed(list(zip(ends, closed, strict=True))):
        name = pl.when(pl.col(days) <= end).then(pl.lit(label)).otherwise(name)
    return name


def band_order(column: str, ends: tuple[int, ...]) -> pl.Expr:
    """Sorts a column of names by the bands' order."""
    names = band_names(ends)
    return pl.col(column).replace_strict(names, range(len(names)), return_dtype=pl.Int8)
