"""Reference tables of the policy: tasks, programmes, rules, departments, time limits, regions."""

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "reference"

#: A list of codes that another column has too.
SAME_AS = {
    ("benefit_spell", "end_reason"): ("identification_spell", "end_reason"),
    ("visit_target", "target_group"): ("field_visit", "target_group"),
}


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


@cache
def labels(name: str, column: str) -> dict[str, str]:
    """Chinese name of each code of a column of the registry, in the order of the contract."""
    name, column = SAME_AS.get((name, column), (name, column))
    of_column = table("codes").filter(table=name, column=column)
    return dict(of_column.select("code", "label_zh").iter_rows())


@cache
def targets() -> dict[str, tuple[float, str]]:
    """Target and its basis of the indicators that have one (`targets.csv`)."""
    rows = table("targets").select("id", "target", "basis").iter_rows()
    return {indicator: (float(target), basis) for indicator, target, basis in rows}
