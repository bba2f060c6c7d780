"""A registry written in the spellings of real platforms is the clean one: the same content.

`docs/definitions.md`, “How values are read”.
"""

import shutil
import sqlite3
from itertools import product

import pytest

from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from data.quality.loading import load, with_report
from data.registry import contract
from data.registry.texts import REGIONS
from every_day import every_day
from stores import D


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A small demonstration's file and fingerprint."""
    folder = tmp_path_factory.mktemp("clean")
    write_registry(build(World(persons=500, months=4)), f"sqlite:///{folder}/registry.db")
    loaded = load(f"sqlite:///{folder}/registry.db", folder / "read")
    return folder / "registry.db", loaded.fingerprint


def cells(of_column):
    """Each (table, column) of the contract for which `of_column(column)` is true."""
    return [
        (name, column.name)
        for name, table in contract.TABLES.items()
        for column in table.columns
        if of_column(column)
    ]


def is_day(column):
    return column.info["type"] in ("date", "timestamp")


def is_text(column):
    return column.info["type"].startswith("varchar")


REGION_CELLS = cells(lambda column: column.name in REGIONS)

SPELLINGS = {
    "codes of 12 digits": (REGION_CELLS, "substr({c} || '000000000000', 1, 12)"),
    "codes of 12 digits as numbers": (REGION_CELLS, "substr({c} || '000000', 1, 12) || '.0'"),
    "full-width codes": (REGION_CELLS, "replace(replace({c}, '6', '６'), '2', '２')"),
    "padded texts": (cells(is_text), "{c} || '   '"),
    "full-width spaces around": (cells(is_text), "'　' || {c} || char(65279)"),
    "nulls as empty texts": (cells(lambda column: True), "coalesce({c}, '')"),
    "nulls as words": (cells(is_text), "coalesce({c}, 'NULL')"),
    "zero dates": (cells(is_day), "coalesce({c}, '0000-00-00')"),
    "days without end": (
        [cell for cell in cells(is_day) if cell[1] == "valid_to"],
        "coalesce({c}, '9999-12-31 00:00:00')",
    ),
    "the zero of SQL Server": (
        [cell for cell in cells(is_day) if cell[1] != "valid_from"],
        "coalesce({c}, '1900-01-01 00:00:00.000')",
    ),
    "households of zero": (
        [cell for cell in cells(is_text) if cell[1] == "household_key"],
        "coalesce({c}, '0')",
    ),
}


def respelt(clean_file, folder, where, expression):
    """A copy of the registry, without keys that would forbid it, in which these cells changed."""
    file = folder / "respelt.db"
    shutil.copy(clean_file, file)
    with sqlite3.connect(file) as db:
        for table in dict.fromkeys(table for table, _ in where):
            changes = {c: expression.format(c=c) for t, c in where if t == table}
            names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            selected = ", ".join(f"{changes.get(name, name)} AS {name}" for name in names)
            db.execute(f"CREATE TABLE other AS SELECT {selected} FROM {table}")
            db.execute(f"DROP TABLE {table}")
            db.execute(f"ALTER TABLE other RENAME TO {table}")
    db.close()
    return f"sqlite:///{file}"


#: Codes, texts and days, each by one of the two ways of reading.
EVERY_DAY = (
    ("codes of 12 digits as numbers", True),
    ("full-width spaces around", False),
    ("zero dates", True),
)


@pytest.mark.parametrize(("name", "fast"), every_day(product(SPELLINGS, [True, False]), EVERY_DAY))
def test_the_content_is_that_of_the_clean_registry(clean, tmp_path, name, fast):
    file, fingerprint = clean
    url = respelt(file, tmp_path, *SPELLINGS[name])
    assert load(url, tmp_path / "read", fast=fast).fingerprint == fingerprint


def test_what_cannot_be_brought_into_form_is_reported(clean, tmp_path):
    url = respelt(clean[0], tmp_path, REGION_CELLS, "'GS' || {c}")
    loaded = with_report(load(url, tmp_path / "read"), D)
    assert loaded.rows_kept["region"] == 0
    reported = {each.table for each in loaded.findings if each.rule == "wrong_form"}
    assert reported == {table for table, _ in REGION_CELLS}
