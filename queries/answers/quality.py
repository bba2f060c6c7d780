"""What can be said of the records that a snapshot was built from: faults, freshness, gaps."""

from datetime import date
from functools import cache

import polars as pl

from data.quality.findings import RULES
from data.reference import policy_tables
from queries.cache import cached
from queries.region import Region
from queries.store.snapshot import Snapshot

#: Days without a new record after which a source counts as stale: a month and ten to report it.
STALE = 40


@cache
def table_names() -> dict[str, str]:
    """Chinese names of the contract tables by table."""
    rows = policy_tables.table("registry_contract").select("table", "table_zh")
    return dict(rows.unique(maintain_order=True).rows())


@cache
def field_names() -> dict[tuple[str, str], str]:
    """Chinese names of the contract's columns by table and column."""
    rows = policy_tables.table("registry_contract").select("table", "column", "label_zh").rows()
    return {(table, column): name for table, column, name in rows}


def rows_set_aside(snapshot: Snapshot) -> pl.DataFrame:
    """Rows set aside by table and rule, most first; columns table, rule, rows, advice (Chinese)."""
    return _faults(snapshot.manifest["rows_set_aside"])


def rows_reported(snapshot: Snapshot) -> pl.DataFrame:
    """The same of rows that count as they stand; a row may be under several rules."""
    return _faults(snapshot.manifest.get("rows_reported", {}))


def _faults(rows_at_fault: dict[str, dict[str, int]]) -> pl.DataFrame:
    named = table_names()
    records = [
        (named.get(table, table), RULES[rule][1], rows, RULES[rule][2])
        for table, rules in rows_at_fault.items()
        for rule, rows in rules.items()
    ]
    schema = {"table": pl.String, "rule": pl.String, "rows": pl.Int64, "advice": pl.String}
    rows = pl.DataFrame(records, schema=schema, orient="row")
    return rows.sort("rows", "table", descending=[True, False])


@cached(8)
def freshness(snapshot: Snapshot, by: str = "city", county: str = "") -> pl.DataFrame:
    """
    Days since anything was recorded, by table (contract order) and, `by` county, county.

    Columns: table, county (empty for the city), last, days. Tables without a record are left out.
    """
    rows = snapshot.cube("freshness").filter(Region(county).holds(pl.col("county")))
    group = pl.col("county") if by == "county" else pl.lit("").alias("county")
    order = {table: i for i, table in enumerate(table_names())}
    return (
        rows.group_by("table", group)
        .agg(pl.col("last").max())
        .with_columns(days=(pl.lit(snapshot.as_of) - pl.col("last")).dt.total_days())
        .sort(pl.col("table").replace_strict(order), "county")
    )


def stale(snapshot: Snapshot) -> list[str]:
    """Chinese names of the tables in which nothing was recorded for over `STALE` days."""
    named, last = table_names(), snapshot.manifest.get("last_records", {})
    ages = {table: (snapshot.as_of - date.fromisoformat(day)).days for table, day in last.items()}
    return [named[table] for table, age in ages.items() if age > STALE]


@cached(8)
def completeness(snapshot: Snapshot, county: str = "") -> pl.DataFrame:
    """Key fields in contract order: table, field, rows, filled, rate (0–100; empty: no rows)."""
    rows = snapshot.cube("completeness").filter(Region(county).holds(pl.col("county")))
    return (
        rows.group_by("table", "field", maintain_order=True)
        .agg(pl.col("rows", "filled").sum())
        .with_columns(
            rate=pl.when(pl.col("rows") > 0).then(pl.col("filled") / pl.col("rows") * 100)
        )
    )
