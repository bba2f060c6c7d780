"""Reference tables of the policy: programmes, departments, time limits, targets, names of codes."""

from datetime import date
from functools import cache

import polars as pl

from data import china
from data.reference.files import table
from data.reference.validity import holding

#: The basis of a target without one.
OURS = "系统默认"

#: A list of codes that another column has too.
SAME_AS = {
    ("benefit_spell", "end_reason"): ("identification_spell", "end_reason"),
    ("visit_target", "target_group"): ("field_visit", "target_group"),
}


@cache
def programmes() -> pl.DataFrame:
    """The programmes of tasks 8–12. Columns as in `programmes.csv`."""
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


#: Steps of `sla.csv` that are a programme's own limit, a version of its `response_limit`.
OF_PROGRAMME = "referral.feedback."


def limits(as_of: date | None = None) -> dict[str, int]:
    """
    Time limits by step code as they hold on a day, without one today (`sla.csv`).

    The unit is in the file beside its basis.
    """
    return _limits(as_of or china.today())


@cache
def _limits(as_of: date) -> dict[str, int]:
    rows = holding(table("sla"), as_of)
    return {row["step_code"]: int(row["limit_value"]) for row in rows.iter_rows(named=True)}


def warn_before(as_of: date | None = None) -> dict[str, int]:
    """Units before the limit from which a case is due soon, by step code; 0 where none is set."""
    rows = holding(table("sla"), as_of or china.today())
    return {row["step_code"]: int(row["warn_before"] or 0) for row in rows.iter_rows(named=True)}


def targets(as_of: date | None = None) -> dict[str, tuple[float, str]]:
    """Target and basis of the indicators that have one on a day, without one today."""
    return _targets(as_of or china.today())


@cache
def _targets(as_of: date) -> dict[str, tuple[float, str]]:
    rows = holding(table("targets"), as_of)
    return {
        row["id"]: (float(row["target"]), row["basis"] or OURS)
        for row in rows.iter_rows(named=True)
    }


@cache
def labels(name: str, column: str) -> dict[str, str]:
    """Chinese name of each code of a column of the registry, in the order of the contract."""
    name, column = SAME_AS.get((name, column), (name, column))
    of_column = table("codes").filter(table=name, column=column)
    return dict(of_column.select("code", "label_zh").iter_rows())
