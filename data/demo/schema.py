"""The contract's tables as the demonstration registry has them: some without their key."""

from sqlalchemy import MetaData, Table

from data.registry.contract import TABLES

#: Made without their key, so that they can hold rows that carry one twice.
UNKEYED = ("data_submission", "field_visit")


class TableHoldsRows(Exception):
    """The database is in use; nothing was written."""


def tables() -> MetaData:
    """The contract's tables, some without their key."""
    metadata = MetaData()
    for name, table in TABLES.items():
        columns = [column._copy() for column in table.columns]
        if name in UNKEYED:
            for column in columns:
                column.primary_key = False
        Table(name, metadata, *columns)
    return metadata
