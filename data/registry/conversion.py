"""A database value → value of the contract's type, or "its type cannot hold it".

What a database does not guarantee the type of, it hands over as text (see `typed_reading`), so
dates, money and whole numbers are read by one parser and not by what a driver infers from the first
rows it sees.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from data.registry.contract import base_type

EPOCH = date(1970, 1, 1).toordinal()

WHOLE_LIMITS = {"smallint": 2**15, "integer": 2**31}

#: Days of the years 1 to 9999, as day numbers.
FIRST_DAY, LAST_DAY = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH


def typed(text: pl.Series, declared: str) -> tuple[pl.Series, pl.Series]:
    """
    The values of a column in the contract's type, and where the type cannot hold them.

    `text` as a database hands it over: text, or numbers, days or times. `declared` as in the
    contract, e.g. `decimal(14,2)`; its values come as whole fen. A value that cannot be held is
    null in the first series and true in the second.
    """
    match base_type(declared):
        case "varchar":
            values = text
        case "integer" | "smallint" as name:
            values = _whole_numbers(text, WHOLE_LIMITS[name])
        case "double":
            values = _numbers(text)
        case "decimal":
            precision = int(re.findall(r"\d+", declared)[0])
            values = _fen(text, 10**precision)
        case "date":
            values = _in_calendar(_dates(text) if text.dtype == pl.String else text)
        case "timestamp":
            values = _in_calendar(_timestamps(text) if text.dtype == pl.String else text)
        case name:
            raise ValueError(f"unknown contract type {name}")
    return values, values.is_null() & text.is_not_null()


def _or_else(values: pl.Series, text: pl.Series, read: Callable) -> pl.Series:
    """`values`, and for those of `text` that are missing there what `read` makes of them."""
    if values.null_count() == text.null_count():
        return values
    missing = (values.is_null() & text.is_not_null()).arg_true()
    return values.scatter(missing, read(text.gather(missing)))


def _or_stripped(values: pl.Series, text: pl.Series, read: Callable) -> pl.Series:
    """The same, where what `read` gets has no spaces around it."""
    return _or_else(values, text, lambda rest: read(rest.str.strip_chars()))


def _numbers(text: pl.Series) -> pl.Series:
    """Finite numbers; spaces around them are ignored."""
    numbers = text.cast(pl.Float64, strict=False)
    if text.dtype == pl.String:
        numbers = _or_stripped(numbers, text, lambda rest: rest.cast(pl.Float64, strict=False))
    return numbers.set(~numbers.is_finite(), None)


def _whole_numbers(text: pl.Series, limit: int) -> pl.Series:
    """Whole numbers in [-limit, limit); `12.0` is 12, a boolean is 1 or 0, `12.5` is none."""
    whole = _or_stripped(text.cast(pl.Int64, strict=False), text, _written_otherwise)
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


def _dates(text: pl.Series) -> pl.Series:
    """ISO dates; of a timestamp its day."""
    return _or_stripped(_days(text), text, lambda rest: _timestamps(rest).dt.date())


def _days(text: pl.Series) -> pl.Series:
    return text.str.to_date("%Y-%m-%d", strict=False)


def _timestamps(text: pl.Series) -> pl.Series:
    """ISO timestamps with a space or a `T`, with or without a fraction or a zone; days at 0:00."""
    # Without a fraction they are read five times as fast.
    whole_seconds = _at("%Y-%m-%d %H:%M:%S")(text)
    # Polars reads “--001-01-01 00:00:00” as a day of the year 1 by this format alone.
    signed = text.str.starts_with("-").fill_null(False)
    whole_seconds = whole_seconds.set(signed, None) if signed.any() else whole_seconds
    times = _or_else(whole_seconds, text, _at("%Y-%m-%d %H:%M:%S%.f"))
    for read in OTHER_TIMESTAMPS:
        times = _or_stripped(times, text, read)
    return times


def _at(form: str) -> Callable:
    # Hardly two times are the same: looking each up among those read costs as much as reading it.
    return lambda text: text.str.to_datetime(form, time_unit="us", strict=False, cache=False)


def _zoned(text: pl.Series) -> pl.Series:
    """`2026-03-02T02:00:00Z` or `… 10:00:00+08` as local time of Shanghai."""
    full = (
        text.str.replace(" ", "T", literal=True)
        .str.replace(r"Z$", "+00:00")
        .str.replace(r"(T.*[+-]\d\d)$", "${1}:00")
    )
    times = full.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", strict=False)
    return times.dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None)


#: Readers of what the first format left unread.
OTHER_TIMESTAMPS = [
    _at("%Y-%m-%dT%H:%M:%S%.f"),
    _at("%Y-%m-%d %H:%M"),
    _at("%Y-%m-%dT%H:%M"),
    lambda text: _days(text).cast(pl.Datetime("us")),
    _zoned,
]


def _in_calendar(values: pl.Series) -> pl.Series:
    """Years 1 to 9999; what lies outside (`infinity` among them) no page could print."""
    ticks = 1 if values.dtype == pl.Date else 86_400_000_000
    number = values.to_physical()
    outside = (number < FIRST_DAY * ticks) | (number >= (LAST_DAY + 1) * ticks)
    return values.set(outside, None) if outside.any() else values
