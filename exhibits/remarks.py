"""What the office notes of a series, by the month it is drawn at: remarks, confirmed levels."""

from datetime import date

import polars as pl

from data.reference import office

#: Months of a chart that have one, as its axis writes them, and the text.
Remarks = tuple[tuple[str, str], ...]


def remarks(indicator: str, group: str, as_of: date) -> Remarks:
    """Remarks and levels of a series up to a day, oldest first; those of one month are joined."""
    reason = pl.format("按新水平计算：{}", "reason")
    levels = office.levels().select("id", "group", day="from", text=reason)
    of_series = (
        pl.concat([office.notes(), levels])
        .filter(pl.col("day") <= as_of, id=indicator, group=group)
        .sort("day", maintain_order=True)
        .group_by(pl.col("day").dt.strftime("%Y-%m"), maintain_order=True)
        .agg(pl.col("text").str.join("；"))
    )
    return tuple(of_series.rows())


def with_remarks(table: pl.DataFrame, month: str, remarked: Remarks) -> pl.DataFrame:
    """A table with its remarks in a column 备注, where there are any; `month`: its month-ends."""
    text_by_month = dict(remarked)
    of_row = pl.col(month).cast(pl.String).str.head(len("2026-07"))
    text = of_row.replace_strict(text_by_month, default="", return_dtype=pl.String)
    return table.with_columns(text.alias("备注")) if remarked else table
