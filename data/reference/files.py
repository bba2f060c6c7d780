"""Where a reference table stands: the office's file in `REFERENCE_DIR`, else the shipped one."""

from functools import cache
from pathlib import Path

import polars as pl

from data import settings

FOLDER = Path(__file__).resolve().parent

#: Tables that a file of the same name in `REFERENCE_DIR` replaces.
REPLACEABLE = (
    "sla",
    "targets",
    "definitions_zh",
    "codes",
    "departments",
    "programmes",
    "hardship_events",
    "eligibility_rules",
    "levels",
    "notes",
)


class ConfigurationError(ValueError):
    """A table that an office edits holds what cannot be; the message says file, row and value."""


def path(name: str) -> Path:
    """The file of a table."""
    own = settings.REFERENCE_DIR / f"{name}.csv"
    return own if name in REPLACEABLE and own.is_file() else FOLDER / f"{name}.csv"


def shipped(name: str) -> pl.DataFrame:
    """A table as it is shipped, see `table`."""
    return _read(FOLDER / f"{name}.csv")


@cache
def table(name: str) -> pl.DataFrame:
    """A table as it is written, every column a string, empty cells null."""
    return _read(path(name))


def _read(file: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(file, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        # Excel writes GBK unless it is told not to.
        raise ConfigurationError(
            f"{file}：无法读取，须为UTF-8编码、首行为列名的CSV文件（{error}）"
        ) from error
