"""What the office itself notes of series: levels that it has confirmed, and remarks."""

from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.files import table


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


@cache
def groups() -> set[str]:
    """Every code that a series can be of: region, department, programme, category, task row."""
    counties = table("longnan_population")["county_code"].to_list()
    return {
        f"{counties[0][:4]}00",
        *counties,
        *table("longnan_townships")["code"],
        *policy_tables.departments()["dept_code"],
        *policy_tables.programmes()["programme_code"],
        *policy_tables.labels("identification_spell", "category_code"),
        *table("tasks")["row_id"],
    }
