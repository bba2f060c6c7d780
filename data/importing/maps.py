"""What counties write otherwise: their own codes, and their own headers, which are remembered."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Column, Connection, String, Table, delete, insert, inspect, select

from data.importing.batches import EXACT, metadata
from data.importing.cells import LocalCodes
from data.importing.files import CannotImport
from data.importing.privacy import is_forbidden
from data.registry.contract import TABLES

#: Columns of the map of local codes, and of the map of headers.
CODES, HEADERS = ("table", "column", "local", "code"), ("table", "column", "header")

#: Headers that a file is read by once they were named: beside the batches, in the registry.
REMEMBERED = Table(
    "import_header",
    metadata,
    Column("table_name", String(64), primary_key=True),
    Column("header", String(100), primary_key=True),
    Column("column_name", String(64)),
    **EXACT,
)

#: A table's own headers → columns of the contract, by table.
LocalHeaders = dict[str, dict[str, str]]


def local_codes(path: Path | None) -> LocalCodes:
    """The map of local codes, a CSV of `CODES`; CannotImport for anything else."""
    codes: LocalCodes = {}
    for table, column, local, code in _rows(path, CODES, "代码对照表"):
        codes.setdefault((table, column), {})[local] = code
    return codes


def local_headers(path: Path | None) -> LocalHeaders:
    """The map of headers, a CSV of `HEADERS`; CannotImport for a column that there is not."""
    headers: LocalHeaders = {}
    for table, column, header in _rows(path, HEADERS, "列名对照表"):
        if table not in TABLES or column not in TABLES[table].columns:
            raise CannotImport(f"列名对照表{path}：登记库没有{table}的{column}列")
        if is_forbidden(header):
            raise CannotImport(f"列名对照表{path}：{table}的{column}列对照的列名不得报送")
        headers.setdefault(table, {})[header] = column
    return headers


def _rows(path: Path | None, columns: Sequence[str], what: str) -> list[list[str]]:
    if path is None:
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [[row[name].strip() for name in columns] for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
        named = "、".join(columns)
        raise CannotImport(f"{what}{path}应为UTF-8的CSV，列为{named}") from error


def remembered(connection: Connection) -> LocalHeaders:
    """The headers that earlier imports were told of."""
    headers: LocalHeaders = {}
    if inspect(connection).has_table(REMEMBERED.name):
        for table, header, column in connection.execute(select(REMEMBERED)):
            headers.setdefault(table, {})[header] = column
    return headers


def remember(connection: Connection, headers: Mapping[str, Mapping[str, str]]) -> None:
    """Notes headers for the next import; one that was of another column is now of this one."""
    for table, column_by_header in headers.items():
        for header, column in column_by_header.items():
            same = (REMEMBERED.c.table_name == table) & (REMEMBERED.c.header == header)
            connection.execute(delete(REMEMBERED).where(same))
            row = {"table_name": table, "header": header, "column_name": column}
            connection.execute(insert(REMEMBERED), [row])
