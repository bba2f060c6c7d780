"""Which sums over programmes move with a season, and which cannot."""

from functools import cache

import polars as pl

from data.reference import policy_tables
from queries.answers.programme_sums import GROUPED_BY, programmes
from queries.catalogue import COVERAGE


@cache
def level_groups(by: str) -> pl.DataFrame:
    """
    Groups whose sum over programmes holds no seasonal one: `level`, though the indicator is not.

    Columns: id, group, is_level (always true). Empty `by` region or category: these sum all.
    """
    records: list[tuple[str, str, bool]] = []
    for indicator in COVERAGE if by in GROUPED_BY else ():
        rows = policy_tables.programmes().filter(
            pl.col("programme_code").is_in(programmes(indicator))
        )
        seasonal = pl.col("payout_due").is_not_null().any()
        groups = rows.group_by(group=GROUPED_BY[by]).agg(seasonal=seasonal)
        records += [(indicator, g, True) for g in groups.filter(~pl.col("seasonal"))["group"]]
    schema = {"id": pl.String, "group": pl.String, "is_level": pl.Boolean}
    return pl.DataFrame(records, schema=schema, orient="row")
