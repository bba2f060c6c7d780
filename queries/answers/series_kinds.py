"""Which sums over programmes move with a season, and which cannot."""

from datetime import date
from functools import cache

import polars as pl

from data.reference import policy_tables
from queries.answers.programme_sums import OF_PROGRAMMES, grouped_by, programmes
from queries.catalogue import COVERAGE


@cache
def level_groups(by: str, as_of: date) -> pl.DataFrame:
    """
    Groups whose sum over programmes holds no seasonal one: `level`, though the indicator is not.

    Columns: id, group, is_level (always true). Empty `by` region or category: these sum all.
    """
    records: list[tuple[str, str, bool]] = []
    for indicator in COVERAGE if by in OF_PROGRAMMES else ():
        rows = policy_tables.programmes().filter(
            pl.col("programme_code").is_in(programmes(indicator, as_of))
        )
        seasonal = pl.col("payout_due").is_not_null().any()
        under = pl.col("programme_code").replace_strict(grouped_by(by, as_of))
        groups = rows.group_by(group=under).agg(seasonal=seasonal)
        records += [(indicator, g, True) for g in groups.filter(~pl.col("seasonal"))["group"]]
    schema = {"id": pl.String, "group": pl.String, "is_level": pl.Boolean}
    return pl.DataFrame(records, schema=schema, orient="row")
