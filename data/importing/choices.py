"""Codes of a column and the Chinese names that people type for them."""

from functools import cache

import polars as pl

from data.reference.policy_tables import departments, labels, programmes
from data.registry import codes
from data.registry.contract import TABLES, base_type

#: Columns of departments and of programmes, whatever their table.
DEPARTMENTS = {"dept_code", "source_dept", "from_dept", "to_dept", "lead_dept", "reporter_dept"}


@cache
def choices(table: str, column: str) -> dict[str, str]:
    """Chinese name → code, in the contract's order; empty for a column without a list."""
    if column in DEPARTMENTS:
        rows = (
            departments()
            .filter(pl.col("successor_code").is_null())
            .select("full_name", "dept_code")
        )
        return dict(rows.iter_rows())
    allowed = codes.closed_lists().get((table, column))
    named = _names(table, column)
    listed = [str(code) for code in allowed] if allowed else list(named)
    return {named.get(code, code): code for code in listed}


def _names(table: str, column: str) -> dict[str, str]:
    if base_type(TABLES[table].columns[column].info["type"]) == "smallint":
        return {"1": "是", "0": "否"}
    projects = dict(programmes().select("programme_code", "programme_name").iter_rows())
    if column == "programme_code":
        return projects
    if (table, column) == ("application", "applied_for"):
        return projects | labels("identification_spell", "category_code")
    if (table, column) == ("programme_policy", "category_code"):
        return labels("identification_spell", "category_code") | {"any": "不限类别"}
    return labels(table, column)
