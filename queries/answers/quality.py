"""What the check found in the registry that a snapshot was built from."""

import polars as pl

from data import reference
from data.findings import RULES
from queries.snapshot import Snapshot


def table_names() -> dict[str, str]:
    """Chinese names of the contract tables by table."""
    rows = reference.table("registry_contract").select("table", "table_zh")
    return dict(rows.unique(maintain_order=True).rows())


def rows_set_aside(snapshot: Snapshot) -> pl.DataFrame:
    """Rows set aside by table and rule, most first; columns table, rule, rows, advice (Chinese)."""
    named = table_names()
    records = [
        (named.get(table, table), RULES[rule][1], rows, RULES[rule][2])
        for table, rules in snapshot.manifest["rows_set_aside"].items()
        for rule, rows in rules.items()
    ]
    schema = {"table": pl.String, "rule": pl.String, "rows": pl.Int64, "advice": pl.String}
    found = pl.DataFrame(records, schema=schema, orient="row")
    return found.sort("rows", "table", descending=[True, False])
