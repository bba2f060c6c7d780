"""Reference tables of the policy: tasks, programmes, rules, departments, time limits, regions."""

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "reference"


@cache
def table(name: str) -> pl.DataFrame:
    """A file of `data/reference` as it is written, every column a string, empty cells null."""
    return pl.read_csv(FOLDER / f"{name}.csv", infer_schema=False)


@cache
def programmes() -> pl.DataFrame:
    """The 45 programmes of tasks 8–12. Columns as in `programmes.csv`."""
    return table("programmes")


@cache
def programme(code: str) -> dict[str, str]:
    """One row of `programmes.csv`; KeyError for a code that is not in it."""
    rows = {row["programme_code"]: row for row in programmes().iter_rows(named=True)}
    return rows[code]


@cache
def departments() -> pl.DataFrame:
    """Departments in official order. Columns as in `departments.csv`, `sort_order` an integer."""
    return table("departments").with_columns(pl.col("sort_order").cast(pl.Int32)).sort("sort_order")


@cache
def limits() -> dict[str, int]:
    """Time limits by step code (`sla.csv`); the unit is in the file beside its basis."""
    return {row["step_code"]: int(row["limit_value"]) for row in table("sla").iter_rows(named=True)}
