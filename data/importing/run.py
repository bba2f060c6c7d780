"""One import: every file is judged before the first row is stored, all in one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from data.importing import batches, maps, privacy, submissions
from data.importing.batches import Batch
from data.importing.cells import Local, Refusal, typed
from data.importing.files import CannotImport, Sheet, read
from data.importing.headers import matched, twice
from data.importing.maps import LocalHeaders
from data.registry.connection import RegistryError, registry_url
from data.registry.contract import TABLES, key_of
from data.registry.masking import reason, shown_address
from data.registry.postgres import by_release

#: Kinds of registry that have transactions over rows.
KINDS = ("sqlite", "postgresql", "mysql")


@dataclass
class Judged:
    """
    A file with its rows as the contract has them, and the cells that are sent back.

    `columns`: the contract's by the file's headers.
    """

    sheet: Sheet
    columns: Mapping[str, str]
    rows: pl.DataFrame
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def unread(self) -> list[str]:
        """Headers that are no column's: what stands beneath is in no registry."""
        return [name for name in self.sheet.cells.columns if name not in self.columns]

    @property
    def refused_rows(self) -> int:
        """Rows of which something is sent back."""
        return len({each.row for each in self.refusals} - {1})


def judge(path: Path, local: Local, secret: bytes | None) -> Judged:
    """One file; what shows personal data is looked for before anything else is read of it."""
    sheet = read(path)
    cells, headers = sheet.cells, local.headers_of(sheet.table)
    wrong: list[Refusal] = []
    if secret:
        cells, wrong = privacy.with_keys(sheet.table, cells, headers, secret)
    private = wrong + privacy.refused(sheet.table, cells, headers)
    sheet = Sheet(sheet.path, sheet.table, cells, sheet.digest)
    columns = matched(sheet.table, cells.columns, headers)
    if private:
        return Judged(sheet, columns, pl.DataFrame(), private)
    if both := twice(columns):
        raise CannotImport(f"{path.name}中{'、'.join(both)}是同一列，请只留一列")
    there = columns.values()
    if lacking := [key for key in key_of(sheet.table) if key not in there]:
        labels = [TABLES[sheet.table].columns[key].info["label_zh"] for key in lacking]
        raise CannotImport(f"{path.name}缺少必须填写的列：{'、'.join(labels)}")
    return Judged(sheet, columns, *typed(sheet.table, cells, local))


def store(url: str, judged: list[tuple[Judged, Batch]], headers: LocalHeaders) -> bool:
    """
    Stores all files and remembers the headers, or nothing.

    False when a key is another batch's: `refusals` then has it.
    """
    with _writing(url) as engine:
        _make(engine, {"data_submission", *(batch.table for _, batch in judged)})
        with engine.connect() as connection, connection.begin() as transaction:
            if _all_replaced(connection, judged):
                maps.remember(connection, headers)
                return True
            transaction.rollback()
            return False


def remembered(url: str) -> LocalHeaders:
    """The headers that earlier imports into this registry were told of."""
    with _writing(url) as engine, engine.connect() as connection:
        return maps.remembered(connection)


def note_returns(url: str, refused: list[tuple[Judged, Batch]]) -> None:
    """Notes in the registry how many rows of each file went back, for `data_submission`."""
    with _writing(url) as engine:
        _make(engine, set())
        with engine.begin() as connection:
            for each, batch in refused:
                submissions.returned(connection, batch, each.refused_rows)


@contextmanager
def _writing(url: str) -> Iterator[Engine]:
    """CannotImport for an address that is no registry that can be written, and what fails there."""
    try:
        address = registry_url(url)
    except RegistryError as error:
        raise CannotImport(str(error)) from error
    if address.get_backend_name() not in KINDS:
        raise CannotImport(f"不能导入{address.get_backend_name()}，只能导入{'、'.join(KINDS)}")
    try:
        engine = create_engine(address, poolclass=NullPool)
        yield by_release(engine) if address.get_backend_name() == "postgresql" else engine
    except (SQLAlchemyError, ImportError) as error:
        raise CannotImport(f"无法写入{shown_address(address)}：{reason(address, error)}") from error


def _make(engine: Engine, tables: set[str]) -> None:
    """Tables that are not there; before all else, for MySQL ends a transaction at each of them."""
    with engine.begin() as connection:
        batches.metadata.create_all(connection)
        for name in TABLES:
            if name in tables:
                TABLES[name].create(connection, checkfirst=True)


def _all_replaced(connection: Connection, judged: list[tuple[Judged, Batch]]) -> bool:
    for each, batch in judged:
        clashes = batches.replace(connection, batch, each.rows)
        by_column = {column: header for header, column in each.columns.items()}
        header = by_column[key_of(batch.table)[0]]
        each.refusals += [Refusal(row, header, why) for row, why in clashes.items()]
        if not clashes:
            submissions.submit(connection, batch)
    return not any(each.refusals for each, _ in judged)
