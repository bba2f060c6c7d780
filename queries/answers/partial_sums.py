"""Sums over programmes without some of them."""

from collections.abc import Sequence

import polars as pl

from queries.answers.coverage import BREAKDOWNS, Narrowed, grouped
from queries.answers.figures import as_shown
from queries.answers.groups import grid, with_source
from queries.answers.programme_sums import summed, under_own
from queries.answers.task_row_figures import split_pairs
from queries.answers.values import without_quantiles
from queries.cache import cached
from queries.store.snapshot import Cubes


@cached(64)
def sums_without(
    snapshot: Cubes,
    indicator: str,
    by: str,
    region: str,
    narrowed: Narrowed,
    without: Sequence[str],
) -> pl.DataFrame:
    """A sum without some programmes, of every group: columns `values.COLUMNS`; never I0894."""
    count = _persons if indicator == "I0890" else summed
    is_row = by == "task_row"
    pairs = (
        with_source(snapshot, by, split_pairs(snapshot.as_of))
        if is_row
        else grid(snapshot, by, region)
    )
    counts = pairs.filter(id=indicator).join(
        count(snapshot, by, narrowed, region, without),
        ["id", "group"],
        how="left",
        maintain_order="left",
    )
    return as_shown(snapshot, without_quantiles(counts), by, region)


def _persons(
    snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "", without: Sequence[str] = ()
) -> pl.DataFrame:
    """I0890 without some programmes: persons with a gap in another, once in each group."""
    rows = grouped(snapshot, "missing", by if by in BREAKDOWNS else "city", narrowed, region)
    each = (
        rows.with_row_index("cell")
        .with_columns(programme_code=pl.col("missing").str.split("|"))
        .explode("programme_code")
        .filter(pl.col("programme_code") != "", ~pl.col("programme_code").is_in(list(without)))
    )
    return (
        under_own(each, by, snapshot.as_of)
        .unique(["cell", "group"])
        .group_by(pl.lit("I0890").alias("id"), "group")
        .agg(numerator=pl.col("n").sum(), denominator=pl.lit(0, pl.Int64))
    )
