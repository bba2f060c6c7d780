"""Open cases one by one, for who must clear them: warnings of a region, referrals of a department.

The platform's case number in full, so that it can be looked up there; no person, no household.
"""

from datetime import date, timedelta

import polars as pl

from data.reference import calendar
from data.reference.policy_tables import limits, warn_before
from queries.cache import cached
from queries.region import Region
from queries.store.snapshot import Snapshot

#: Limit of each state, by its step code: of an unrouted warning routing, of others closing.
LIMITS = {
    "unrouted": "warning.route",
    "coordinating": "warning.close",
    "routed": "warning.close",
    "responded": "warning.close",
    "referred": "referral.feedback",  # a referral brings its own limit
}

#: Working days before the limit from which a case is due soon, where the limit names none.
SOON = 3

URGENCY = ("overdue", "soon", "normal")

#: What a day stored by older code lacks.
LATER = {
    "holder": pl.String,
    "other_holder": pl.String,
    "accepted": pl.Int64,
    "accept_overdue": pl.Int64,
    "limit": pl.Int64,
    "kind": pl.String,
    "source": pl.String,
    "direction": pl.String,
    "passed": pl.Int64,
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
    "days",
    "limit",
    "due_on",
    "urgency",
    "holder",
    "other_holder",
    "accepted",
    "accept_overdue",
    "passed",
)


@cached(16)
def open_cases(
    snapshot: Snapshot, region: str = "", department: str = "", item: str = "warning"
) -> pl.DataFrame:
    """
    Open warnings, or of the `item` referral open referrals: overdue first, then due soon.

    Columns: `COLUMNS`. days: working days waited; limit: working days, a referral's own; due_on:
    the last day within the limit; urgency: overdue, soon (within `warn_before` of the limit) or
    normal; holder, other_holder: departments that must act, null where the county must; accepted: 1
    when a department took a referral on, accept_overdue: 1 when it should have by now.
    AccessError for a role without a list.
    """
    cube = snapshot.cube("open_warnings" if item == "warning" else "open_referrals")
    missing = [pl.lit(None, kind).alias(n) for n, kind in LATER.items() if n not in cube.columns]
    rows = cube.with_columns(missing)
    if item == "referral":
        rows = rows.with_columns(
            state=pl.lit("referred"), holder="department", other_holder="department"
        )
    if department:
        rows = rows.filter(
            (pl.col("holder") == department) | (pl.col("other_holder") == department)
        )
    urgency = pl.col("urgency").replace_strict(
        list(URGENCY), range(len(URGENCY)), return_dtype=pl.Int8
    )
    return (
        rows.filter(Region(region).holds(pl.col("region").fill_null("")))
        .with_columns(
            limit=pl.coalesce("limit", _of_state(limits())), before=_of_state(warn_before())
        )
        .with_columns(left=pl.col("limit") - pl.col("days"), item=pl.lit(item))
        .with_columns(urgency=_urgency(), due_on=_due_on(snapshot.as_of))
        .sort(urgency, "due_on", "case")
        .select(COLUMNS)
    )


def _of_state(by_step: dict[str, int]) -> pl.Expr:
    values = {state: by_step.get(step, 0) for state, step in LIMITS.items()}
    return pl.col("state").replace_strict(values, return_dtype=pl.Int64)


def _urgency() -> pl.Expr:
    before = pl.when(pl.col("before") > 0).then("before").otherwise(SOON)
    return (
        pl.when(pl.col("overdue") == 1)
        .then(pl.lit("overdue"))
        .when(pl.col("left") <= before)
        .then(pl.lit("soon"))
        .otherwise(pl.lit("normal"))
    )


def _due_on(as_of: date) -> pl.Expr:
    """The working day `left` after the as-of day's, or before it."""
    # The oldest warnings wait for years; limits reach some months ahead.
    days = calendar.calendar(as_of - timedelta(days=3650), as_of + timedelta(days=400))
    today = days.filter(date=as_of)["workday_no"].item()
    first = days.group_by("workday_no").agg(pl.col("date").min())
    return (pl.col("left") + today).replace_strict(
        first["workday_no"], first["date"], default=None, return_dtype=pl.Date
    )
