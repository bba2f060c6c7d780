"""A registry table through ADBC: a column as the database types it where it can be relied on.

PostgreSQL guarantees the type of a column. SQLite types each value by itself, and its driver a
column by the first batch; so a first row that is dropped later says what each column is to be, and
a value of another storage class ends the reading. Every other column is cast to text by the
database, and typed by `values`.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    cast,
    column,
    literal_column,
    select,
    table,
)
from sqlalchemy import func as sql

from data.registry import contract
from data.registry.contract import base_type

BATCH = 32_768

#: Contract type → Arrow types of PostgreSQL columns that hold just its values. Not `timestamptz`:
#: as text it is in local time. Not NUMERIC: the driver hands it over as text anyway.
GUARANTEED = {
    "integer": (pa.int16(), pa.int32(), pa.int64()),
    "smallint": (pa.int16(), pa.int32(), pa.int64()),
    "double": (pa.float64(),),
    "date": (pa.date32(),),
    "timestamp": (pa.timestamp("us"),),
}

#: Contract type → what SQLite's values of it are stored as: storage classes, and the first value.
#: Its text of a double has only 15 digits, so doubles are never read as text.
STORED = {
    "integer": (("integer",), "0"),
    "smallint": (("integer",), "0"),
    "double": (("real", "integer"), "0.0"),
    "decimal": (("real", "integer"), "0.0"),
}
INFINITY: Any = literal_column("'infinity'")
ARROW_OF_FIRST = {"0": pa.int64(), "0.0": pa.float64(), "''": pa.string()}


class MixedTypes(pa.ArrowInvalid):
    """A column of SQLite holds values of more than one storage class."""


def batches(
    cursor, dialect, name: str, columns: dict[str, str], typed: set[str]
) -> Iterator[pa.RecordBatch]:
    """
    A table in batches; contract columns in `typed` as the database has them, others as text.

    SQLite: MixedTypes, or the driver's OSError, where a column of `typed` holds anything else.
    """
    if dialect.name != "sqlite":
        query = _selected(name, columns, typed, _days_of(name, typed))
        cursor.execute(str(query.compile(dialect=dialect)))
        yield from cursor.fetch_record_batch()
        return
    firsts = {each: STORED[_types(name)[each]][1] if each in typed else "''" for each in columns}
    literals: list[Any] = [literal_column(first).label(each) for each, first in firsts.items()]
    union = select(*literals).union_all(_selected(name, columns, typed))
    cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": BATCH})
    cursor.execute(str(union.compile(dialect=dialect)))
    rest = iter(cursor.fetch_record_batch())
    batch = next(rest)
    if mixed := [c for c, first in firsts.items() if batch[c].type != ARROW_OF_FIRST[first]]:
        raise MixedTypes(f"more than one type in {mixed}")
    yield batch.slice(1)
    yield from rest


def _selected(
    name: str, columns: dict[str, str], typed: set[str], days: frozenset[str] = frozenset()
) -> Select:
    """Contract columns, those not in `typed` cast to text; in `days` what is infinite is null."""

    def selected(each: str, there: str) -> ColumnElement:
        if each not in typed:
            return cast(column(there), String)
        # The driver hands infinity over as some day of the past.
        return sql.nullif(column(there), INFINITY) if each in days else column(there)

    return select(
        *(selected(each, there).label(each) for each, there in columns.items())
    ).select_from(table(name))


def _days_of(name: str, columns: set[str]) -> frozenset[str]:
    types = _types(name)
    return frozenset(each for each in columns if types[each] in ("date", "timestamp"))


def _types(name: str) -> dict[str, str]:
    return {each.name: base_type(each.info["type"]) for each in contract.TABLES[name].columns}


def guaranteed(cursor, dialect, name: str, columns: dict[str, str]) -> set[str]:
    """Contract columns whose type the database guarantees; of SQLite those that should be pure."""
    types = _types(name)
    if dialect.name == "sqlite":
        return {each for each in columns if types[each] in STORED}
    nothing = _selected(name, columns, set(columns)).limit(literal_column("0"))
    cursor.execute(str(nothing.compile(dialect=dialect)))
    there = cursor.fetch_record_batch().schema
    return {each for each in columns if there.field(each).type in GUARANTEED.get(types[each], ())}


def pure(connection: Connection, name: str, columns: dict[str, str], typed: set[str]) -> set[str]:
    """Which of `typed` columns of SQLite hold their own storage classes alone, and doubles."""
    types = _types(name)
    other = {
        each: sql.max(sql.typeof(column(columns[each])).not_in([*STORED[types[each]][0], "null"]))
        for each in typed
        if types[each] != "double"
    }
    if not other:
        return typed
    has_others = connection.execute(select(*other.values()).select_from(table(name))).one()
    return typed - {name for name, has_other in zip(other, has_others, strict=True) if has_other}
