"""A database value → value of the contract's type, or "its type cannot hold it".

What a database does not guarantee the type of, it hands over as text (see `typed_reading`), so
dates, money and whole numbers are read by one parser and not by what a driver infers from the first
rows it sees.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from data.registry import days, texts
from data.registry.contract import base_type
from data.registry.days import or_bare

#: The contract's type of keys and codes; names and remarks are longer.
CODE = "varchar(32)"

WHOLE_LIMITS = {"smallint": 2**15, "integer": 2**31}


def typed(text: pl.Series, declared: str, plain: bool = False) -> tuple[pl.Series, pl.Series]:
    """
    The values of a column in the contract's type, and where the type cannot hold them.

    `text` as a database hands it over: text, or numbers, days or times. `declared` as in the
    contract, e.g. `decimal(14,2)`; its values come as whole fen. A value that cannot be held is
    null in the first series and true in the second; one that says nothing is null in the first
    alone. `plain`: texts with nothing around them.
    """
    match base_type(declared):
        case "varchar":
            values = texts.read(text, declared == CODE, plain)
            return values, pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)
        case "date":
            return days.days(text)
        case "timestamp":
            return days.times(text)
        case "integer" | "smallint" as name:
            values = _whole_numbers(text, WHOLE_LIMITS[name])
        case "double":
            values = _numbers(text)
        case "decimal":
            precision = int(re.findall(r"\d+", declared)[0])
            values = _fen(text, 10**precision)
        case name:
            raise ValueError(f"unknown contract type {name}")
    wrong = values.is_null() & text.is_not_null()
    if text.dtype == pl.String and wrong.any():
        wrong = wrong.scatter(wrong.arg_true(), ~texts.says_nothing(text.filter(wrong)))
    return values, wrong


def _numbers(text: pl.Series) -> pl.Series:
    """Finite numbers; spaces around them are ignored, full-width digits read."""
    numbers = text.cast(pl.Float64, strict=False)
    if text.dtype == pl.String:
        numbers = or_bare(numbers, text, lambda rest: rest.cast(pl.Float64, strict=False))
    return numbers.set(~numbers.is_finite(), None)


def _whole_numbers(text: pl.Series, limit: int) -> pl.Series:
    """Whole numbers in [-limit, limit); `12.0` is 12, a boolean is 1 or 0, `12.5` is none."""
    whole = or_bare(text.cast(pl.Int64, strict=False), text, _written_otherwise)
    return whole.set((whole < -limit) | (whole >= limit), None)


def _written_otherwise(text: pl.Series) -> pl.Series:
    numbers = _numbers(text.replace({"true": "1", "false": "0"}))
    return numbers.set(numbers != numbers.floor(), None).cast(pl.Int64, strict=False)


def _fen(text: pl.Series, limit: int) -> pl.Series:
    """
    Yuan → whole fen, exactly; more than two places are rounded half up.

    Up to 10¹² yuan a float is within 0.015 fen of its text, and 0.065 of its text of 15 digits,
    so rounding is exact unless the third place stands near a half; those few go through `Decimal`.
    """
    fen = _numbers(text) * 100
    fen = fen.set(fen.abs() > limit, None)
    near_half = ((fen - fen.floor() - 0.5).abs() < 0.07).fill_null(False).arg_true()
    rounded = fen.round().cast(pl.Int64)
    if len(near_half):
        rounded = rounded.scatter(near_half, [_exact_fen(each) for each in text.gather(near_half)])
    return rounded.set(rounded.abs() >= limit, None)


def _exact_fen(yuan: str | float) -> int:
    # A float as SQLite writes it as text, where 0.285 is no more than 0.285.
    text = yuan.strip() if isinstance(yuan, str) else f"{yuan:.15g}"
    return int((Decimal(text) * 100).quantize(Decimal(1), ROUND_HALF_UP))
