"""One import: every file is judged before the first row is stored, all in one transaction."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from sqlalchemy import URL, Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from data.importing import batches, privacy
from data.importing.batches import Batch
from data.importing.cells import LocalCodes, Refusal, typed
from data.importing.files import CannotImport, Sheet, read
from data.importing.headers import matched
from data.registry.connection import RegistryError, registry_url
from data.registry.contract import TABLES, key_of
from data.registry.masking import reason, shown_address
from data.registry.postgres import by_release

#: Columns of the map of local codes.
COLUMNS = ("table", "column", "local", "code")

#: Kinds of registry that have transactions over rows.
KINDS = ("sqlite", "postgresql", "mysql")


@dataclass
class Judged:
    """A file with its rows as the contract has them, and the cells that are sent back."""

    sheet: Sheet
    rows: pl.DataFrame
    refusals: list[Refusal] = field(default_factory=list)


def local_codes(path: Path | None) -> LocalCodes:
    """The map of local codes, a CSV of `COLUMNS`; CannotImport for anything else."""
    codes: LocalCodes = {}
    if path:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    table, column, local, code = (row[name].strip() for name in COLUMNS)
                    codes.setdefault((table, column), {})[local] = code
        except (OSError, UnicodeDecodeError, csv.Error, KeyError, AttributeError) as error:
            named = "、".join(COLUMNS)
            raise CannotImport(f"代码对照表{path}应为UTF-8的CSV，列为{named}") from error
    return codes


def judge(path: Path, local: LocalCodes, secret: bytes | None) -> Judged:
    """One file; what shows personal data is looked for before anything else is read of it."""
    sheet = read(path)
    cells = sheet.cells
    wrong: list[Refusal] = []
    if secret:
        cells, wrong = privacy.with_keys(sheet.table, cells, secret)
    private = wrong + privacy.refused(sheet.table, cells)
    sheet = Sheet(sheet.path, sheet.table, cells, sheet.digest)
    if private:
        return Judged(sheet, pl.DataFrame(), private)
    there = matched(sheet.table, cells.columns).values()
    if lacking := [key for key in key_of(sheet.table) if key not in there]:
        labels = [TABLES[sheet.table].columns[key].info["label_zh"] for key in lacking]
        raise CannotImport(f"{path.name}缺少必须填写的列：{'、'.join(labels)}")
    return Judged(sheet, *typed(sheet.table, cells, local))


def store(url: str, judged: list[tuple[Judged, Batch]]) -> bool:
    """Stores all files or none; False when a key is another batch's: `refusals` then has it."""
    address = _address(url)
    try:
        engine = create_engine(address, poolclass=NullPool)
        if address.get_backend_name() == "postgresql":
            by_release(engine)
        # MySQL ends a transaction at each table that is made: they are made before.
        wanted = {"data_submission", *(batch.table for _, batch in judged)}
        with engine.begin() as connection:
            batches.metadata.create_all(connection)
            for name in TABLES:
                if name in wanted:
                    TABLES[name].create(connection, checkfirst=True)
        with engine.connect() as connection, connection.begin() as transaction:
            if _all_replaced(connection, judged):
                return True
            transaction.rollback()
            return False
    except (SQLAlchemyError, ImportError) as error:
        raise CannotImport(f"无法写入{shown_address(address)}：{reason(address, error)}") from error


def _address(url: str) -> URL:
    try:
        address = registry_url(url)
    except RegistryError as error:
        raise CannotImport(str(error)) from error
    if address.get_backend_name() not in KINDS:
        raise CannotImport(f"不能导入{address.get_backend_name()}，只能导入{'、'.join(KINDS)}")
    return address


def _all_replaced(connection: Connection, judged: list[tuple[Judged, Batch]]) -> bool:
    for each, batch in judged:
        clashes = batches.replace(connection, batch, each.rows)
        by_column = {column: header for header, column in _headers(each).items()}
        header = by_column[key_of(batch.table)[0]]
        each.refusals += [Refusal(row, header, why) for row, why in clashes.items()]
        if not clashes:
            batches.submit(connection, batch)
    return not any(each.refusals for each, _ in judged)


def _headers(each: Judged) -> dict[str, str]:
    return matched(each.sheet.table, each.sheet.cells.columns)
