"""Open cases one by one, for who must clear them: warnings of a region, referrals of a department.

The platform's case number in full, so that it can be looked up there; no person, no household.
"""

from datetime import date, timedelta

import polars as pl

from data.reference import calendar
from data.reference.policy_tables import limits, warn_before
from queries.cache import cached
from queries.cubes.clocks import STEPS
from queries.region import Region
from queries.store.snapshot import Snapshot

#: Units before the limit from which a case is due soon, where the limit names none.
SOON = 3

URGENCY = ("overdue", "soon", "normal")

#: What a list lacks: one of referrals, or one of a day stored by older code.
LATER = {
    "since": pl.Int64,
    "due": pl.Int64,
    "left": pl.Int64,
    "step": pl.Int64,
    "limit": pl.Int64,
    "holder": pl.String,
    "accepted": pl.Int64,
    "accept_overdue": pl.Int64,
    "kind": pl.String,
    "source": pl.String,
    "direction": pl.String,
    "returned_twice": pl.Int64,
}

COLUMNS = (
    "case",
    "item",
    "region",
    "direction",
    "kind",
    "source",
    "programme",
    "state",
    "since",
    "days",
    "step",
    "limit",
    "due_on",
    "urgency",
    "holder",
    "accepted",
    "accept_overdue",
    "returned_twice",
)


@cached(16)
def open_cases(
    snapshot: Snapshot, region: str = "", department: str = "", item: str = "warning"
) -> pl.DataFrame:
    """
    Open warnings, or of the `item` referral open referrals: overdue first, then due soon.

    Columns: `COLUMNS`. since: the day from which the state waits; days: working days since; step:
    code of the step (`sla.csv`) whose limit it is, limit: in its unit; due_on: the last day within
    the limit; urgency: overdue, soon (within `warn_before` of the limit) or normal; holder:
    township, county, county_mechanism or departments joined by |; accepted: 1 when a department
    took a referral on, accept_overdue: 1 when it should have by now. AccessError for a role without
    a list.
    """
    cube = snapshot.cube("open_warnings" if item == "warning" else "open_referrals")
    missing = [pl.lit(None, kind).alias(n) for n, kind in LATER.items() if n not in cube.columns]
    rows = cube.with_columns(missing).with_columns(step=_step(), due_on=_date("due"))
    if item == "referral":
        rows = _of_departments(rows, snapshot.as_of)
    if department:
        held = pl.col("holder").str.split("|").list.contains(department)
        rows = rows.filter(held.fill_null(False))
    order = dict(zip(URGENCY, range(len(URGENCY)), strict=True))
    return (
        rows.filter(Region(region).holds(pl.col("region").fill_null("")))
        .with_columns(item=pl.lit(item), urgency=_urgency(snapshot.as_of), since=_date("since"))
        .sort(pl.col("urgency").replace_strict(order, return_dtype=pl.Int8), "due_on", "case")
        .select(COLUMNS)
    )


def _step() -> pl.Expr:
    """The code of a step by its place."""
    return pl.col("step").replace_strict(dict(enumerate(STEPS)), return_dtype=pl.String)


def _date(column: str) -> pl.Expr:
    """A day number as a date."""
    return pl.col(column).cast(pl.Int32).cast(pl.Date)


def _of_departments(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Open referrals as cases: their department holds them, within their limit of working days."""
    step = "referral.feedback"
    return (
        rows.with_columns(state=pl.lit("referred"), step=pl.lit(step), holder="department")
        .with_columns(limit=pl.col("limit").fill_null(limits(as_of)[step]))
        .with_columns(left=pl.col("limit") - pl.col("days"))
        .with_columns(due_on=_due_on(as_of))
    )


def _due_on(as_of: date) -> pl.Expr:
    """The working day `left` after the as-of day's, or before it."""
    # The oldest referrals wait for years; limits reach some months ahead.
    days = calendar.calendar(as_of - timedelta(days=3650), as_of + timedelta(days=400))
    today = days.filter(date=as_of)["workday_no"].item()
    first = days.group_by("workday_no").agg(pl.col("date").min())
    return (pl.col("left") + today).replace_strict(
        first["workday_no"], first["date"], default=None, return_dtype=pl.Date
    )


def _urgency(as_of: date) -> pl.Expr:
    before = pl.col("step").replace_strict(warn_before(as_of), default=0, return_dtype=pl.Int64)
    return (
        pl.when(pl.col("overdue") == 1)
        .then(pl.lit("overdue"))
        .when(pl.col("left") <= pl.when(before > 0).then(before).otherwise(SOON))
        .then(pl.lit("soon"))
        .otherwise(pl.lit("normal"))
    )
