"""Which column of the contract a column of a file is: by its Chinese or its English name."""

from collections.abc import Mapping

import polars as pl

from data.registry.contract import TABLES, key_of
from data.registry.texts import bare

#: Set behind the name of a column that must be filled in.
MARK = "*"


def heading(table: str, column: str) -> str:
    """The name over a template's column, marked where each row needs a value."""
    label = TABLES[table].columns[column].info["label_zh"]
    return label + MARK if column in key_of(table) else label


def matched(table: str, names: list[str], local: Mapping[str, str]) -> dict[str, str]:
    """
    Header in the file → column of the contract; headers that are no column's are left out.

    `local`: a county's own headers, as `maps.local_headers` reads them.
    """
    known = {**local, **{c.info["label_zh"]: c.name for c in TABLES[table].columns}}
    known |= {c.name: c.name for c in TABLES[table].columns}
    plain = bare(pl.Series(names, dtype=pl.String)).str.strip_chars_end(MARK)
    half_width = dict(zip(bare(pl.Series([*known])), known.values(), strict=True))
    pairs = zip(names, plain, strict=True)
    return {name: half_width[each] for name, each in pairs if each in half_width}


def twice(columns: Mapping[str, str]) -> list[str]:
    """Headers that are of one column with another one."""
    of = [*columns.values()]
    return [header for header, column in columns.items() if of.count(column) > 1]


def named(text: str) -> str | None:
    """The table that a file's name or a sheet's name says, in Chinese or English."""
    stem = text.strip().lower()
    for name, table in TABLES.items():
        if stem in (name, table.info["label"].lower()) or stem.startswith(f"{name}_"):
            return name
    by_length = sorted(TABLES, key=lambda name: -len(TABLES[name].info["label"]))
    return next((name for name in by_length if stem.startswith(TABLES[name].info["label"])), None)
