"""Warnings by state: how many, how many overdue, the oldest."""

import polars as pl

from queries.snapshot import Snapshot

CUTS = ("county", "kind", "source", "programme")


def warnings(snapshot: Snapshot, by: str) -> pl.DataFrame:
    """
    Columns: group (code, empty when the row has none), direction, state, warnings, overdue,
    oldest_workdays (both empty for closed ones). Cells without a warning are left out.
    """
    level = "county" if by == "county" else "city"
    cells = snapshot.cube(f"warnings.{level}")
    group = pl.col("region" if by == "county" else by).fill_null("")
    still_open = pl.col("state") != "closed"
    return (
        cells.group_by(group.alias("group"), "direction", "state")
        .agg(
            warnings=pl.col("n").sum(),
            overdue=(pl.col("overdue") * pl.col("n")).sum(),
            oldest_workdays=pl.col("wait").max(),
        )
        .filter(pl.col("warnings") > 0)
        .with_columns(pl.when(still_open).then(pl.col("overdue", "oldest_workdays")))
        .sort("group", "direction", "state")
    )
