"""Tables that a cluster holds → the contract's types, by its workers: what `staging` does here.

The catalogue says of which type a column is, so no text is read as a number or a day: such a column
is refused, with its type, and a view casts it.
"""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import add
from re import findall
from typing import Any

import narwhals as nw
from sqlalchemy import Column

from data.registry import contract, days
from data.registry.contract import base_type
from data.registry.conversion import CODE, WHOLE_LIMITS
from data.registry.frames import collected
from data.registry.staging import SAMPLES, WRONG
from data.registry.texts import INVISIBLE, NO_TEXT, REGIONS

#: Spaces around a text, the wide one and the one that does not break among them.
AROUND = r"^[\s\x{A0}\x{3000}]+|[\s\x{A0}\x{3000}]+$"

#: Letters and digits of full width, which no worker makes half as wide.
WIDE = r"[\x{FF01}-\x{FF5E}]"


def _date(number: int) -> date:
    return date.fromordinal(number + days.EPOCH)


#: The calendar, and days that say there is none: those of `days`.
FIRST, LAST, NEVER = map(_date, (days.FIRST, days.LAST, days.NEVER[0]))
ZEROS = [_date(number) for number in days.ZEROS]

#: Yuan have two places at most.
PLACES = 2

#: What China's clocks are ahead of a time that is known to the zone.
AHEAD = "8h"


def refused(table: str, frame: nw.LazyFrame) -> Iterator[str]:
    """`person.birth_month（String，应为date）` of each column that workers cannot read."""
    schema = frame.collect_schema()
    for column in contract.TABLES[table].columns:
        if not _is_read(base_type(column.info["type"]), schema[column.name]):
            wanted = column.info["type"]
            yield f"{table}.{column.name}（{schema[column.name]}，应为{wanted}）"


def _is_read(wanted: str, there: Any) -> bool:
    match wanted:
        case "varchar":
            return there == nw.String or there.is_integer()
        case "integer" | "smallint":
            return there.is_integer()
        case "double":
            return there.is_float()
        case "decimal":
            return there.is_integer() or (there.is_decimal() and _places(there) <= PLACES)
        case _:
            return there.is_temporal()


def _places(decimal: Any) -> int:
    return getattr(decimal, "scale", None) or 0


def typed(table: str, frame: nw.LazyFrame) -> nw.LazyFrame:
    """Contract columns in the contract's types, and `_wrong`; see `staging.typed_batch`."""
    schema = frame.collect_schema()
    values, bits = [], []
    for bit, column in enumerate(contract.TABLES[table].columns):
        read, wrong = typed_column(column, schema[column.name])
        values.append(read.alias(column.name))
        bits.append(nw.when(wrong).then(nw.lit(1 << bit, nw.Int64)).otherwise(nw.lit(0, nw.Int64)))
    return frame.select(*values, reduce(add, bits).alias(WRONG))


def unread(table: str, frame: nw.LazyFrame, column: str) -> list[str]:
    """Some values of a column that the type cannot hold, as texts."""
    _, wrong = typed_column(contract.TABLES[table].columns[column], frame.collect_schema()[column])
    texts = frame.filter(wrong).select(value=nw.col(column).cast(nw.String)).unique()
    return collected(texts.sort("value").head(SAMPLES))["value"].to_list()


def typed_column(column: Column, there: Any) -> tuple[nw.Expr, nw.Expr]:
    """The values of a column of the cluster, and where the contract's type cannot hold them."""
    raw, declared = nw.col(column.name), column.info["type"]
    match base_type(declared):
        case "varchar":
            return _texts(raw, column.name, declared == CODE)
        case "date" | "timestamp" as wanted:
            return _days(raw, column.name, wanted, there)
        case "double":
            values = raw.cast(nw.Float64)
            wrong = ~values.is_finite()
        case "decimal":
            # Two places at most: a float is far nearer to the fen than to half of one.
            values = (raw.cast(nw.Float64) * 100).round().cast(nw.Int64)
            wrong = values.abs() >= 10 ** int(findall(r"\d+", declared)[0])
        case whole:
            values, limit = raw.cast(nw.Int64), WHOLE_LIMITS[whole]
            wrong = (values < -limit) | (values >= limit)
    return nw.when(~wrong).then(values), wrong.fill_null(False)


def _texts(raw: nw.Expr, name: str, is_code: bool) -> tuple[nw.Expr, nw.Expr]:
    """See `texts`; codes of full width are wrong here, for workers cannot write them in half."""
    text = raw.cast(nw.String).str.replace_all(INVISIBLE, "").str.replace_all(AROUND, "")
    wrong = text.str.contains(WIDE) if is_code else nw.lit(False)
    if is_code:
        is_number = text.str.contains(r"^\d+\.0+$")
        text = nw.when(is_number).then(text.str.replace_all(r"\.0+$", "")).otherwise(text)
    if name in REGIONS:
        for digits in (9, 6):
            is_filled = text.str.contains(rf"^\d{{{digits}}}000$")
            text = nw.when(is_filled).then(text.str.slice(0, digits)).otherwise(text)
    nothing = text.is_in(NO_TEXT)
    if name in REGIONS or name == "household_key":
        nothing = nothing | text.str.contains("^0+$")
    return nw.when(~nothing & ~wrong).then(text), wrong.fill_null(False)


def _days(raw: nw.Expr, name: str, wanted: str, there: Any) -> tuple[nw.Expr, nw.Expr]:
    """See `days`; a time that knows its zone is China's time."""
    if getattr(there, "time_zone", None):
        raw = raw.dt.offset_by(AHEAD).dt.replace_time_zone(None)
    value = raw.cast(nw.Date if wanted == "date" else nw.Datetime("us"))
    day = value.cast(nw.Date)
    outside = (day < FIRST) | (day > LAST)
    wrong = outside & ~(day.is_in(ZEROS) | (day >= NEVER))
    held = ~outside if name == "valid_from" else ~outside & (day != days.UNKNOWN)
    return nw.when(held).then(value), wrong.fill_null(False)
