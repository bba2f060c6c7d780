"""Indicators under the task rows of the policy."""

from datetime import date

import polars as pl

from data.reference import policy_tables
from queries.answers import programme_sums
from queries.answers.counts import counted
from queries.answers.groups import with_source
from queries.answers.values import without_quantiles
from queries.catalogue import BY_PROGRAMME_ROW, COVERAGE, catalogue
from queries.store.snapshot import Cubes


def under_task_row(figures: pl.DataFrame) -> pl.DataFrame:
    """Figures of one region as those of their task rows, without what is split by programme."""
    row_of = {i.id: i.task_rows[0] for i in catalogue().values() if i.id not in BY_PROGRAMME_ROW}
    row = pl.col("id").replace_strict(row_of, default=None, return_dtype=pl.String)
    return figures.with_columns(group=row).filter(pl.col("group").is_not_null())


def split_pairs(as_of: date) -> list[tuple[str, str]]:
    """Indicators summed over programmes, each with the task rows that it is split by."""
    rows = {"I0903": catalogue()["I0903"].task_rows} | {
        i: programme_sums.task_rows(i, as_of) for i in COVERAGE
    }
    return [(indicator, row) for indicator, under in rows.items() for row in under]


def split_counts(snapshot: Cubes, since: date, region: str) -> pl.DataFrame:
    """Counts of indicators summed over programmes, by their task rows: as `valued` takes."""
    row_of = {p["programme_code"]: p["task_row"] for p in policy_tables.programmes().to_dicts()}
    row = pl.col("group").replace_strict(row_of, default=None, return_dtype=pl.String)
    referrals = (
        counted(snapshot, "programme", since, (), region)
        .filter(id="I0903")
        .group_by("id", row)
        .agg(pl.col("numerator", "denominator").sum())
    )
    counts = pl.concat([referrals, programme_sums.summed(snapshot, "task_row", (), region)])
    return (
        with_source(snapshot, "task_row", split_pairs(snapshot.as_of))
        .join(counts, on=["id", "group"], how="left", maintain_order="left")
        .pipe(without_quantiles)
    )
