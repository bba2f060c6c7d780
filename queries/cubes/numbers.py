"""How an engine gets the numbers that staged frames hold: the only place that asks which it is.

Polars holds days, times and categories as integers and hands them over. Elsewhere days and times
are calculated from their parts, and codes and keys by comparison.
"""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl

from data.registry.frames import is_here

#: Days from 1 March of the year 0, on which no leap day has to be looked for, to 1970-01-01.
BEFORE_1970 = 719_468

SECOND = 1_000_000

#: More than there are programmes.
PROGRAMMES = 1000

KEYS = ("person_key", "household_key")


def number(frame: nw.LazyFrame, column: str) -> nw.Expr:
    """The days from 1970-01-01 to a date, or to the day of a time."""
    value = nw.col(column)
    if not is_here(frame):
        return _day(value.dt.year(), value.dt.month(), value.dt.day())
    is_time = frame.collect_schema()[column] == nw.Datetime
    return (value.dt.date() if is_time else value).cast(nw.Int32)


def _day(year: nw.Expr, month: nw.Expr, day: nw.Expr) -> nw.Expr:
    """Years begin in March here, so that a leap day is the last of its year."""
    months = year.cast(nw.Int64) * 12 + month - 3
    of_year, in_year = months // 12, months % 12
    leap_days = of_year // 4 - of_year // 100 + of_year // 400
    days = of_year * 365 + leap_days + (153 * in_year + 2) // 5
    return (days + day - 1 - BEFORE_1970).cast(nw.Int32)


def microseconds(frame: nw.LazyFrame, column: str) -> nw.Expr:
    """The microseconds from 1970-01-01 to a time."""
    time = nw.col(column)
    if is_here(frame):
        return time.cast(nw.Int64)
    minutes = number(frame, column).cast(nw.Int64) * 24 * 60 + time.dt.hour() * 60
    seconds = (minutes + time.dt.minute()) * 60 + time.dt.second()
    return seconds * SECOND + time.dt.microsecond()


def adult_on(frame: nw.LazyFrame) -> nw.Expr:
    """`adult_on`: the day on which a person turns 18, the first of a month."""
    born = nw.col("birth_month")
    if is_here(frame):
        turned = born.dt.truncate("1mo").dt.offset_by("18y").cast(nw.Int32)
    else:
        turned = _day(born.dt.year() + 18, born.dt.month(), nw.lit(1))
    return turned.alias("adult_on")


def month_of_birth() -> nw.Expr:
    """`born`: running number of the month."""
    born = nw.col("birth_month")
    return (born.dt.year().cast(nw.Int32) * 12 + born.dt.month()).cast(nw.Int32).alias("born")


def keyed(table: str, frame: nw.LazyFrame) -> nw.LazyFrame:
    """Keys as numbers where there are any; of identification spells `person_order` beside them."""
    columns = frame.collect_schema().names()
    # Who heads a household is decided by the keys as texts, whose order integers do not have.
    ordered = table == "identification_spell"
    if not is_here(frame):
        return frame.with_columns(person_order=nw.col("person_key")) if ordered else frame
    order = pl.col("person_key").rank("dense").cast(pl.Int64)
    keys = [
        pl.col(k).cast(pl.Categorical).to_physical().cast(pl.Int32) for k in KEYS if k in columns
    ]
    native: pl.LazyFrame = nw.to_native(frame)
    staged = native.with_columns(person_order=order) if ordered else native
    return nw.from_native(staged.with_columns(keys))


def alone(frame: nw.LazyFrame) -> nw.Expr:
    """A household key for a person without one, which no household has."""
    person = nw.col("person_key")
    if frame.collect_schema()["person_key"] == nw.String:
        return nw.concat_str(nw.lit("alone:"), person)
    return -1 - person


def paired(frame: nw.LazyFrame, key: str, place: int) -> nw.Expr:
    """A key and the place of a programme in one."""
    if frame.collect_schema()[key] == nw.String:
        return nw.concat_str(nw.col(key), nw.lit(f":{place}"))
    return nw.col(key).cast(nw.Int64) * PROGRAMMES + place


def in_order(frame: nw.LazyFrame, other: nw.LazyFrame, on: str) -> nw.LazyFrame:
    """A left join; Polars keeps the order, in which rows of a person lie near one another."""
    if not is_here(frame):
        return frame.join(other, on=on, how="left")
    left, right = nw.to_native(frame), nw.to_native(other)
    return nw.from_native(left.join(right, on=on, how="left", maintain_order="left"))


def ordered(frame: nw.LazyFrame, within: str, by: list[str]) -> nw.LazyFrame:
    """
    Rows with `order`, their running number by some columns among rows of one `within`.

    Polars numbers all rows at once, which one worker of many would have to do alone.
    """
    if is_here(frame):
        return frame.with_row_index("order", order_by=by).sort("order")
    number = nw.col("_one").cum_sum().over(within, order_by=by)
    return frame.with_columns(_one=nw.lit(1)).with_columns(order=number).drop("_one")


def coded(frame: nw.LazyFrame, column: str, codes: Mapping[Any, Any], dtype: Any) -> nw.Expr:
    """What stands for each code of a column; null for any other. Spark Connect has no such call."""
    if is_here(frame):
        return nw.col(column).replace_strict(dict(codes), default=None, return_dtype=dtype)
    # Side by side: of conditions within conditions a message to Spark holds less than a hundred.
    found = [nw.when(nw.col(column) == each).then(nw.lit(codes[each], dtype)) for each in codes]
    return nw.coalesce(*found, nw.lit(None, dtype))
