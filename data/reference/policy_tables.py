"""Reference tables of the policy: tasks, programmes, rules, departments, time limits, regions."""

from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent

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
    """The 46 programmes of tasks 8–12. Columns as in `programmes.csv`."""
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


class ConfigurationError(ValueError):
    """A file of limits or targets holds a value that cannot be one; the message says where."""


def _number(name: str, key: str, value: str | None) -> float:
    """A number of 0 or more; ConfigurationError names file, row and value."""
    try:
        number = float(value or "")
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise ConfigurationError(f"{FOLDER / name}.csv, {key}: {value!r} is no number of 0 or more")
    return number


def read_limits(rows: pl.DataFrame) -> dict[str, int]:
    """Time limits by step code; ConfigurationError for a value that is not a whole number."""
    value_by_row = {}
    for row in rows.iter_rows(named=True):
        number = _number("sla", row["step_code"], row["limit_value"])
        if number != int(number):
            raise ConfigurationError(f"{FOLDER}/sla.csv, {row['step_code']}: {number} is not whole")
        value_by_row[row["step_code"]] = int(number)
    return value_by_row


def read_targets(rows: pl.DataFrame) -> dict[str, tuple[float, str]]:
    """Target and basis by indicator; ConfigurationError for an unknown indicator or a bad value."""
    indicators = set(table("indicators")["id"])
    value_by_row = {}
    for row in rows.iter_rows(named=True):
        if row["id"] not in indicators:
            raise ConfigurationError(f"{FOLDER}/targets.csv: there is no indicator {row['id']!r}")
        value_by_row[row["id"]] = (
            _number("targets", row["id"], row["target"]),
            row["basis"] or "系统默认",
        )
    return value_by_row


@cache
def limits() -> dict[str, int]:
    """Time limits by step code (`sla.csv`); the unit is in the file beside its basis."""
    return read_limits(table("sla"))


@cache
def warn_before() -> dict[str, int]:
    """Units before the limit from which a case is due soon, by step code; 0 where none is set."""
    return {row["step_code"]: int(row["warn_before"] or 0) for row in table("sla").to_dicts()}


@cache
def labels(name: str, column: str) -> dict[str, str]:
    """Chinese name of each code of a column of the registry, in the order of the contract."""
    name, column = SAME_AS.get((name, column), (name, column))
    of_column = table("codes").filter(table=name, column=column)
    return dict(of_column.select("code", "label_zh").iter_rows())


@cache
def targets() -> dict[str, tuple[float, str]]:
    """Target and its basis of the indicators that have one (`targets.csv`)."""
    return read_targets(table("targets"))
