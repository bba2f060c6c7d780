"""Closed lists of codes: which codes a contract column may hold."""

from functools import cache

import narwhals as nw
import polars as pl

from data.reference.policy_tables import SAME_AS, programmes
from data.reference.policy_tables import table as reference_table
from data.registry import contract


@cache
def closed_lists() -> dict[tuple[str, str], list[str | int]]:
    """Allowed codes by (table, column). Lists that end in … are open and not here."""
    lists = {
        (table, column): codes
        for table, column, codes in _listed()
        .group_by("table", "column", maintain_order=True)
        .agg("code")
        .iter_rows()
    }
    lists |= {column: lists[same] for column, same in SAME_AS.items()}
    categories = lists["identification_spell", "category_code"]
    projects = programmes()["programme_code"].to_list()
    tasks = reference_table("tasks")["row_id"].to_list()
    return lists | {
        ("application", "applied_for"): categories + projects,
        ("programme_policy", "category_code"): [*categories, "any"],
        ("programme_policy", "in_scope"): [0, 1],
        ("emergency_case", "programme_code"): ["P1001", "P1002", "P1003"],
        ("service_record", "programme_code"): ["P1101", "P1102", "P1103", "P1104"],
        ("meeting_item", "task_row"): tasks,
        ("task_progress", "task_row"): tasks,
    }


@cache
def lists_within() -> dict[tuple[str, str], dict[str, list[str]]]:
    """Lists of `circumstance_spell` attributes that are closed for one circumstance each."""
    return {
        ("circumstance_spell", column): dict(
            rows.group_by("within", maintain_order=True).agg("code").iter_rows()
        )
        for (column,), rows in reference_table("codes")
        .filter(pl.col("within").is_not_null())
        .group_by("column", maintain_order=True)
    }


def _listed() -> pl.DataFrame:
    return reference_table("codes").filter(pl.col("within").is_null())


def unknown(table: str, column: str) -> nw.Expr | None:
    """Rows whose code is outside the closed list of its column; None for a column without one."""
    if (table, column) in closed_lists():
        allowed = nw.col(column).is_in(closed_lists()[table, column])
        return ~allowed
    if (table, column) in lists_within():
        circumstance = nw.col("circumstance_code")
        outside = [
            (circumstance == within) & ~nw.col(column).is_in(codes)
            for within, codes in lists_within()[table, column].items()
        ]
        return nw.any_horizontal(*outside, ignore_nulls=False)
    return None


def columns_with_lists() -> list[tuple[str, str]]:
    """Every (table, column) that has a closed list, in contract order."""
    return [
        (table, column)
        for table in contract.TABLES
        for column in contract.polars_schema(table)
        if (table, column) in closed_lists() or (table, column) in lists_within()
    ]
