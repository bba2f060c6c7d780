"""What became of warnings: yield of each kind and source, weekly inflow, outflow and stock."""

from datetime import date, timedelta

import polars as pl

from queries.access.open_edition import open_edition
from queries.answers.cube_rows import cells
from queries.cache import cached
from queries.cubes.stage import day_number
from queries.cubes.warning_flows import AIDED
from queries.statistics.intervals import wilson
from queries.store.snapshot import Snapshot

#: What an investigation finds when the warning was right, by direction.
CONFIRMED = {"entry": "true_need", "exit": "no_longer_eligible"}

#: What then should follow: aid on entry (`I0705`), the end of the benefit on exit.
FOLLOWED = {"entry": [*AIDED, "coordinated"], "exit": ["terminated"]}

#: Weeks of the weekly chart, and of the pace by which it is said when the stock is cleared.
WEEKS, PACE = 26, 4

#: The day on which a warning leaves a stock.
LEAVES = {
    "closed": pl.col("closed_day"),
    "routed": pl.min_horizontal("routed_day", "closed_day"),
}


@cached(16)
def yields(
    snapshot: Snapshot, by: str, direction: str, since: date, region: str = ""
) -> pl.DataFrame:
    """
    How many of the warnings raised in the period were right, and how many of those were followed.

    `by`: kind or source. Columns: group, raised, confirmed, followed, confirmed_rate, _lower,
    _upper (confirmed ÷ raised), followed_rate, _lower, _upper (followed ÷ confirmed), 0–100.
    """
    return (
        _followed(snapshot, by, direction, since, region)
        .with_columns(**_rate("confirmed", "raised"))
        .with_columns(**_rate("followed", "confirmed"))
        .sort("raised", "group", descending=[True, False])
    )


@open_edition("raised", "confirmed", "followed")
def _followed(
    snapshot: Snapshot, by: str, direction: str, since: date, region: str
) -> pl.DataFrame:
    n = pl.col("n")
    confirmed = pl.col("verify_result") == CONFIRMED[direction]
    followed = confirmed & pl.col("outcome").is_in(FOLLOWED[direction])
    return (
        cells(snapshot, "warning_history", region=region)
        .filter(pl.col("direction") == direction, pl.col("raised_day") >= day_number(since))
        .group_by(pl.col(by).fill_null("").alias("group"))
        .agg(raised=n.sum(), confirmed=n.filter(confirmed).sum(), followed=n.filter(followed).sum())
    )


def _rate(part: str, whole: str) -> dict[str, pl.Expr]:
    lower, upper = wilson(pl.col(part), pl.col(whole))
    some = pl.when(pl.col(whole) > 0)
    return {
        f"{part}_rate": some.then(pl.col(part) / pl.col(whole) * 100),
        f"{part}_lower": some.then(lower * 100),
        f"{part}_upper": some.then(upper * 100),
    }


@cached(16)
@open_edition("inflow", "outflow", "stock")
def weekly(
    snapshot: Snapshot, leaves: str, region: str = "", direction: str = "", weeks: int = WEEKS
) -> pl.DataFrame:
    """
    Whole weeks (7 days) up to the as-of day, oldest first: inflow, outflow, stock at the end.

    `leaves`: closed (the stock is I0711) or routed (never routed before, not closed).
    Columns: week (its last day), inflow, outflow, stock, in warnings.
    """
    rows = cells(snapshot, "warning_history", region=region).with_columns(left=LEAVES[leaves])
    if direction:
        rows = rows.filter(pl.col("direction") == direction)
    ends = [snapshot.as_of - timedelta(days=7 * back) for back in reversed(range(weeks))]
    number = pl.Series("end", [day_number(end) for end in ends], dtype=pl.Int64)
    came, gone = (_so_far(rows, day, number) for day in ("raised_day", "left"))
    before_came, before_gone = (_so_far(rows, day, number - 7) for day in ("raised_day", "left"))
    return pl.DataFrame(
        {
            "week": ends,
            "inflow": came - before_came,
            "outflow": gone - before_gone,
            "stock": came - gone,
        }
    )


def _so_far(rows: pl.DataFrame, day: str, ends: pl.Series) -> pl.Series:
    """Warnings whose day lies on or before each of the ends."""
    days, n = rows[day].cast(pl.Int64), rows["n"]
    return pl.Series([int(n.filter(days <= end).sum()) for end in ends], dtype=pl.Int64)


def weeks_to_clear(flow: pl.DataFrame) -> float | None:
    """
    Weeks until the stock is gone at the pace of the last four weeks.

    None when it does not shrink, or a count of these weeks is hidden.
    """
    last = flow.tail(PACE)
    stock = flow["stock"][-1]
    if stock == 0:
        return 0.0
    if stock is None or last["inflow", "outflow"].null_count().sum_horizontal().item():
        return None
    net = last.select(pl.col("outflow").sum() - pl.col("inflow").sum()).item() / PACE
    return stock / net if net > 0 else None
