"""The registry contract: 24 tables, built from `reference/registry_contract.csv`.

The file is the one place where a table or column is named. No name, ID number, phone or address
is in it, so none can be read.
"""

import re

import polars as pl
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Double,
    Integer,
    MetaData,
    Numeric,
    SmallInteger,
    String,
    Table,
)
from sqlalchemy.types import TypeEngine

from data.reference.policy_tables import table as reference_table

metadata = MetaData()

#: Polars type of each contract type. Money is whole fen: SQLite passes NUMERIC through floats.
POLARS_TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "varchar": pl.String,
    "integer": pl.Int64,
    "smallint": pl.Int64,
    "double": pl.Float64,
    "decimal": pl.Int64,
    "date": pl.Date,
    "timestamp": pl.Datetime("us"),
}


def base_type(declared: str) -> str:
    """`varchar` of `varchar(32)`, `decimal` of `decimal(14,2)`."""
    return declared.split("(")[0]


def _sql_type(declared: str) -> TypeEngine:
    numbers = [int(n) for n in re.findall(r"\d+", declared)]
    simple = {
        "integer": Integer,
        "smallint": SmallInteger,
        "double": Double,
        "date": Date,
        "timestamp": DateTime,
    }
    match base_type(declared):
        case "varchar":
            return String(numbers[0])
        case "decimal":
            return Numeric(numbers[0], numbers[1])
        case name:
            return simple[name]()


def _build() -> None:
    for (name,), rows in reference_table("registry_contract").group_by(
        "table", maintain_order=True
    ):
        columns = [
            Column(
                row["column"],
                _sql_type(row["type"]),
                primary_key=row["key"] == "PK",
                info=row,
            )
            for row in rows.iter_rows(named=True)
        ]
        Table(
            name,
            metadata,
            *columns,
            # So that MySQL tells keys and codes apart as the others do.
            mysql_charset="utf8mb4",
            mysql_collate="utf8mb4_bin",
            info={
                "required": rows["required"][0] == "yes",
                "label": rows["table_zh"][0],
                "tasks": rows["tasks"][0],
            },
        )


_build()

TABLES: dict[str, Table] = dict(metadata.tables)
REQUIRED = [name for name, table in TABLES.items() if table.info["required"]]
OPTIONAL = [name for name, table in TABLES.items() if not table.info["required"]]


def key_of(table: str) -> list[str]:
    """Names of the key columns of a contract table."""
    return [column.name for column in TABLES[table].primary_key]


def polars_schema(table: str) -> pl.Schema:
    """Polars types of a contract table's columns, in contract order; money in whole fen."""
    return pl.Schema(
        {
            column.name: POLARS_TYPES[base_type(column.info["type"])]
            for column in TABLES[table].columns
        }
    )
