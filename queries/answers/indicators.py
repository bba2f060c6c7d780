"""Every indicator of the catalogue, for any period and any group that makes sense."""

from datetime import date

import polars as pl

from queries.answers.figures import figures, figures_by_task_row, month_start
from queries.cache import cached
from queries.store.snapshot import Cubes

BREAKDOWNS = ("city", "county", "township", "department", "programme", "category", "task_row")


# In bytes: a series of months is made of some fifty of these.
@cached(20_000_000, weigh=pl.DataFrame.estimated_size)
def indicators(
    snapshot: Cubes,
    by: str = "city",
    since: date | None = None,
    residence: str | None = None,
    category: str | None = None,
    region: str = "",
) -> pl.DataFrame:
    """
    Every indicator that can be broken down `by`, for the period from `since` (default: month to
    date).

    Columns: `values.COLUMNS`. `value` of % is 0–100, money in yuan; `numerator` and `denominator`
    as counted, money in yuan. `lower, upper`: Wilson 95 % of proportions, limits of medians.
    `status`: ok, no_data (a source table is absent), off_season (all programmes of the sum are),
    not_reached, undefined (denominator 0),
    suppressed (not to be shown; figures are null), older (the day's older definitions lack it).
    `residence` and `category` narrow persons of the register, nothing else; `region` narrows the
    breakdowns that are no regions. Of regions and departments outside the access the value of rates
    alone is given. The frame is shared.
    """
    start = since or month_start(snapshot.as_of)
    if by == "task_row":
        return figures_by_task_row(snapshot, start, region)
    persons = (("residence", residence), ("category", category))
    narrowed = tuple((name, value) for name, value in persons if value)
    return figures(snapshot, by, start, narrowed, region)
