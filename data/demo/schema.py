"""The contract's tables as the demonstration registry has them: some without their key."""

import polars as pl
from sqlalchemy import MetaData, Table

from data.registry.contract import TABLES, base_type

#: Made without their key, so that they can hold rows that carry one twice.
UNKEYED = ("data_submission", "field_visit")


class CannotLoad(Exception):
    """Nothing was written; the message says why in a line."""


class TableHoldsRows(CannotLoad):
    """The database is in use."""


def tables() -> MetaData:
    """The contract's tables, some without their key."""
    metadata = MetaData()
    for name, table in TABLES.items():
        columns = [column._copy() for column in table.columns]
        if name in UNKEYED:
            for column in columns:
                column.primary_key = False
        # So that MySQL tells keys apart as the others do, whatever its own default is.
        Table(name, metadata, *columns, mysql_charset="utf8mb4", mysql_collate="utf8mb4_bin")
    return metadata


def in_yuan(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table with its money in yuan, as a registry has it."""
    money = [c.name for c in TABLES[name].columns if base_type(c.info["type"]) == "decimal"]
    return frame.with_columns(pl.col(money) / 100)
