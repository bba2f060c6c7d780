"""Batches: what a county sent of a table for a month, kept beside its rows so that it is replaced.

`import_batch` is a row a batch, `import_row` a row a batch's row; both stand in the registry.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    select,
)

from data.importing.cells import ROW
from data.registry.contract import TABLES, base_type, key_of

metadata = MetaData()

#: So that MySQL tells keys apart as the others do.
EXACT: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}

BATCH = Table(
    "import_batch",
    metadata,
    Column("batch_id", String(100), primary_key=True),
    Column("county_code", String(32)),
    Column("period_month", String(7)),
    Column("table_name", String(64)),
    Column("file_hash", String(64)),
    Column("imported_at", DateTime),
    Column("imported_by", String(64)),
    Column("record_count", Integer),
    **EXACT,
)
MEMBER = Table(
    "import_row",
    metadata,
    Column("batch_id", String(100), primary_key=True),
    Column("row_key", String(200), primary_key=True),
    **EXACT,
)

#: Rows of one file_row that another batch holds, by the file's row.
Clashes = dict[int, str]


@dataclass(frozen=True)
class Batch:
    """One file's rows of a table. `month` is `2026-03`; `full`: the county's whole list."""

    county: str
    month: str
    table: str
    digest: str
    at: datetime
    by: str
    full: bool = False

    @property
    def batch_id(self) -> str:
        return f"{self.county}-{self.month}-{self.table}"


def replace(connection: Connection, batch: Batch, rows: pl.DataFrame) -> Clashes:
    """
    Puts the rows in the place of those that they replace; the caller ends the transaction.

    Rows whose key another batch holds, or that stood there without one, are answered, and then the
    caller must roll back.
    """
    _remove(connection, batch)
    keys = _keys(batch.table, rows)
    held = _held(connection, batch.table)
    if clashes := {row: held[key] for row, key in zip(rows[ROW], keys, strict=True) if key in held}:
        return clashes
    own = {"batch_id": batch.batch_id, "county_code": batch.county, "period_month": batch.month}
    how = {"file_hash": batch.digest, "imported_at": batch.at, "imported_by": batch.by}
    size = {"table_name": batch.table, "record_count": rows.height}
    connection.execute(insert(BATCH), [own | how | size])
    if rows.height:
        connection.execute(insert(TABLES[batch.table]), _for_database(batch.table, rows))
        connection.execute(
            insert(MEMBER), [{"batch_id": batch.batch_id, "row_key": key} for key in keys]
        )
    return {}


def _remove(connection: Connection, batch: Batch) -> None:
    """Removes the same batch, or with `full` all of the county's of this table."""
    of_county = and_(BATCH.c.county_code == batch.county, BATCH.c.table_name == batch.table)
    of_month = of_county if batch.full else and_(of_county, BATCH.c.period_month == batch.month)
    old = list(connection.execute(select(BATCH.c.batch_id).where(of_month)).scalars())
    keys = connection.execute(select(MEMBER.c.row_key).where(MEMBER.c.batch_id.in_(old))).scalars()
    table, names = TABLES[batch.table], key_of(batch.table)
    gone = [_parts(batch.table, key) for key in keys]
    if gone:
        same = and_(*(table.columns[name] == bindparam(f"of_{name}") for name in names))
        connection.execute(delete(table).where(same), gone)
    connection.execute(delete(MEMBER).where(MEMBER.c.batch_id.in_(old)))
    connection.execute(delete(BATCH).where(BATCH.c.batch_id.in_(old)))


def _held(connection: Connection, table: str) -> dict[str, str]:
    """Key → why it is taken, of the rows that stand in a table."""
    columns = [TABLES[table].columns[name] for name in key_of(table)]
    held = {
        _key(row): "库中已有此键，且不是由导入写入的"
        for row in connection.execute(select(*columns))
    }
    batches = select(MEMBER.c.row_key, BATCH.c.county_code, BATCH.c.period_month)
    joined = batches.join_from(MEMBER, BATCH, MEMBER.c.batch_id == BATCH.c.batch_id)
    for key, county, month in connection.execute(joined.where(BATCH.c.table_name == table)):
        held[key] = f"此键已由{county}在{month}报送"
    return held


def _keys(table: str, rows: pl.DataFrame) -> list[str]:
    return [_key(row) for row in rows.select(key_of(table)).iter_rows()]


def _key(parts: Iterable[Any]) -> str:
    return json.dumps([str(part) for part in parts], ensure_ascii=False)


def _parts(table: str, key: str) -> dict[str, Any]:
    """The values of a row's key, from what `import_row` holds."""
    read: dict[str, Callable[[str], Any]] = {"date": date.fromisoformat, "integer": int}
    parts = zip(key_of(table), json.loads(key), strict=True)
    kinds = {name: base_type(TABLES[table].columns[name].info["type"]) for name in key_of(table)}
    return {f"of_{name}": read.get(kinds[name], str)(part) for name, part in parts}


def _for_database(table: str, rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows with money in yuan."""
    money = [c.name for c in TABLES[table].columns if base_type(c.info["type"]) == "decimal"]
    return [
        row | {name: _yuan(row[name]) for name in money}
        for row in rows.drop(ROW).iter_rows(named=True)
    ]


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen) / 100
