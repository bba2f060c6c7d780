"""Days and times of a registry, as texts of many spellings or as a database types them.

Read are years 1900 to 2100. A zero date (`0000-00-00`, 1 January of the year 1, 30 or 31 December
1899) and a day without end (in the year 9999, `infinity`) say that there is none.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from data.registry.texts import bare, says_nothing

EPOCH = date(1970, 1, 1).toordinal()


def _number(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - EPOCH


FIRST, LAST = _number(1900, 1, 1), _number(2100, 12, 31)

#: The zero of SQL Server, .NET and Java, and the two of spreadsheets.
ZEROS = [_number(1, 1, 1), _number(1899, 12, 30), _number(1899, 12, 31)]

#: The year 9999, and in Shanghai the night after it.
NEVER = (_number(9999, 1, 1), _number(9999, 12, 31) + 1)

#: The same as texts that are no day or reach beyond the calendar.
NO_DAY = r"^(0[0\-/.: TZ]*|infinity|9999-.*|10000-01-01.*)$"

#: The first day of which SQL Server makes an empty text, and which many write for “unknown”.
UNKNOWN = date(1900, 1, 1)

TICKS = 86_400_000_000


def days(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Days of a column of dates or texts, and where they cannot be read."""
    read = _dates(values) if values.dtype == pl.String else values
    return _in_calendar(read, values)


def times(values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Times of a column of timestamps or texts, and where they cannot be read."""
    read = _timestamps(values) if values.dtype == pl.String else values
    return _in_calendar(read, values)


def known(values: pl.Series) -> pl.Series:
    """Days or times, null where they are of 1 January 1900."""
    unknown = values.dt.date() == UNKNOWN
    return values.set(unknown, None) if unknown.any() else values


def _in_calendar(read: pl.Series, values: pl.Series) -> tuple[pl.Series, pl.Series]:
    """What was read of `values` in the years that count, and where they hold anything else."""
    ticks = 1 if read.dtype == pl.Date else TICKS
    number = read.to_physical()
    outside = (number < FIRST * ticks) | (number >= (LAST + 1) * ticks)
    within = read.set(outside, None) if outside.any() else read
    wrong = within.is_null() & values.is_not_null()
    if not wrong.any():
        return within, wrong
    day = number // ticks
    wrong &= ~(day.is_in(ZEROS) | day.is_between(*NEVER)).fill_null(False)
    if values.dtype == pl.String and wrong.any():
        rest = values.filter(wrong)
        no_day = says_nothing(rest) | bare(rest).str.contains(NO_DAY)
        wrong = wrong.scatter(wrong.arg_true().filter(no_day), False)
    return within, wrong


def or_else(values: pl.Series, text: pl.Series, read: Callable) -> pl.Series:
    """`values`, and for those of `text` that are missing there what `read` makes of them."""
    if values.null_count() == text.null_count():
        return values
    missing = (values.is_null() & text.is_not_null()).arg_true()
    return values.scatter(missing, read(text.gather(missing)))


def or_bare(values: pl.Series, text: pl.Series, read: Callable) -> pl.Series:
    """The same, where what `read` gets is bare."""
    return or_else(values, text, lambda rest: read(bare(rest)))


def _dates(text: pl.Series) -> pl.Series:
    """ISO dates; of a timestamp its day."""
    return or_bare(_days(text), text, lambda rest: _timestamps(rest).dt.date())


def _days(text: pl.Series) -> pl.Series:
    return text.str.to_date("%Y-%m-%d", strict=False)


def _timestamps(text: pl.Series) -> pl.Series:
    """ISO timestamps with a space or a `T`, with or without a fraction or a zone; days at 0:00."""
    # Without a fraction they are read five times as fast.
    whole_seconds = _at("%Y-%m-%d %H:%M:%S")(text)
    read = or_else(whole_seconds, text, _at("%Y-%m-%d %H:%M:%S%.f"))
    for other in OTHER_TIMESTAMPS:
        read = or_bare(read, text, other)
    # A sixtieth second would be the next minute; Polars also reads “--001-01-01 00:00:00”.
    no_time = text.str.contains(":60", literal=True) | text.str.starts_with("-")
    return read.set(no_time, None) if no_time.any() else read


def _at(form: str) -> Callable:
    # Hardly two times are the same: looking each up among those read costs as much as reading it.
    return lambda text: text.str.to_datetime(form, time_unit="us", strict=False, cache=False)


def _zoned(text: pl.Series) -> pl.Series:
    """`2026-03-02T02:00:00Z` or `… 10:00:00+08` as local time of Shanghai."""
    full = (
        text.str.replace(" ", "T", literal=True)
        .str.replace(r"Z$", "+00:00")
        .str.replace(r"(T.*[+-]\d\d)$", "${1}:00")
        # PostgreSQL writes local times before 1901 with the seconds of that zone.
        .str.replace(r"(T.*[+-]\d\d:\d\d):\d\d$", "${1}")
    )
    read = full.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", time_unit="us", strict=False)
    return read.dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None)


#: Readers of what the first formats left unread, of which they get the bare text.
OTHER_TIMESTAMPS = [
    _at("%Y-%m-%d %H:%M:%S%.f"),
    _at("%Y-%m-%dT%H:%M:%S%.f"),
    _at("%Y-%m-%d %H:%M"),
    _at("%Y-%m-%dT%H:%M"),
    lambda text: _days(text).cast(pl.Datetime("us")),
    _zoned,
]
