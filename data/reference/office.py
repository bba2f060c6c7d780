"""What the office itself notes of series: levels that it has confirmed, and remarks."""

import re
from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.files import table
from data.reference.place import place


@cache
def levels() -> pl.DataFrame:
    """Confirmed levels (`levels.csv`): id, group, from (day), reason."""
    return table("levels").select(
        pl.col("indicator").alias("id"), "group", pl.col("from").str.to_date(), _harmless("reason")
    )


@cache
def notes() -> pl.DataFrame:
    """Remarks on series (`notes.csv`): id, group, day, text."""
    return table("notes").select(
        pl.col("indicator").alias("id"), "group", pl.col("day").str.to_date(), _harmless("text")
    )


def _harmless(column: str) -> pl.Expr:
    """A text without what Plotly reads as markup, on one line."""
    one_line = pl.col(column).str.replace_all(r"\s+", " ")
    return one_line.str.replace_many(["<", ">"], ["＜", "＞"])


def is_group(code: str | None) -> bool:
    """Whether a series can be of it: region, department, programme, category or task row."""
    return (
        code in _listed()
        or re.fullmatch(rf"{place().prefix}\d{{2}}(\d{{3}})?", code or "") is not None
    )


@cache
def _listed() -> set[str]:
    return {
        *policy_tables.departments()["dept_code"],
        *policy_tables.programmes()["programme_code"],
        *policy_tables.labels("identification_spell", "category_code"),
        *table("tasks")["row_id"],
    }
