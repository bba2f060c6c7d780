"""Departments as of a day: who belongs to the joint meeting, who has succeeded whom."""

from datetime import date
from functools import cache

import polars as pl

from data.reference import policy_tables

#: The department that keeps the register; it compares its rows with those of the others.
CIVIL_AFFAIRS = "civil_affairs"


@cache
def successors(as_of: date) -> dict[str, str]:
    """
    The code that rows of a succeeded department count under on a day, by its own code.

    A successor counts from its `valid_from`, always without one.
    """
    rows = policy_tables.departments()
    begun = set(_begun(rows, as_of)["dept_code"])
    direct = {
        code: successor
        for code, successor in rows.select("dept_code", "successor_code").rows()
        if successor in begun
    }
    return {code: _last(direct, code) for code in direct}


def _last(direct: dict[str, str], code: str) -> str:
    while code in direct:
        code = direct[code]
    return code


@cache
def own_codes(department: str) -> frozenset[str]:
    """A department's own code and those of whom it has succeeded, or will."""
    rows = policy_tables.departments().select("dept_code", "successor_code").rows()
    direct = {code: successor for code, successor in rows if successor}
    return frozenset(
        code for code, _ in rows if code == department or _last(direct, code) == department
    )


@cache
def operators(as_of: date) -> dict[str, str]:
    """The department that operates each programme on a day."""
    rows = policy_tables.programmes().select("programme_code", "operating_dept").rows()
    return {programme: successors(as_of).get(code, code) for programme, code in rows}


@cache
def present(as_of: date) -> list[str]:
    """Departments that there are on a day, in official order: not succeeded by then."""
    begun = _begun(policy_tables.departments(), as_of)["dept_code"]
    return [code for code in begun if code not in successors(as_of)]


@cache
def members(as_of: date) -> list[str]:
    """Members of the joint meeting on a day, in official order."""
    codes = set(policy_tables.departments().filter(member="1")["dept_code"])
    return [code for code in present(as_of) if code in codes]


@cache
def suppliers(as_of: date) -> list[str]:
    """Departments expected to supply data: the members but civil affairs."""
    return [code for code in members(as_of) if code != CIVIL_AFFAIRS]


def _begun(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    start = pl.col("valid_from")
    return rows.filter(start.is_null() | (start <= as_of.isoformat()))
