"""Clocks of the steps that a warning is in: referrals, coordination cases, applications.

A clock is one number that sorts by due day, so that the least of several is the one that runs out
first and still tells its limit, its step and who holds it (`read`).
"""

from collections.abc import Mapping

import narwhals as nw

from queries.cubes.counting import Context, as_of, mark
from queries.cubes.due_days import with_due_day
from queries.cubes.own_limits import application_is_in_days, of_application, referral_limit

#: Steps whose limits states of warnings have; a clock holds a place in this list.
STEPS = (
    "coordination.decide",
    "coordination.implement",
    "referral.feedback",
    "application.total",
    "application.total_extended",
    "relapse.identify",
    "warning.finish",
    "warning.verify",
    "warning.exit_verify",
    "warning.apply_start",
    "warning.exit_terminate",
    "warning.refer",
)


def _earliest(context: Context, rows: nw.LazyFrame, state: str) -> nw.LazyFrame:
    """
    Per warning of rows with warning_id, start, start_w, limit, in_days, step, at_township:
    `<state>_since` the first start, `<state>_clock` the first to run out, `<state>_late` any over.
    """
    in_days, in_calendar = nw.col("in_days"), nw.col("start") + nw.col("limit")
    kept = rows.select(
        *("warning_id", "start", "step", "limit", "in_days", "at_township"),
        due_w=nw.col("start_w") + nw.col("limit"),
    )
    dated = with_due_day(context, kept, "due_w", 0)
    late = nw.when(in_days).then(in_calendar < context.day)
    return (
        dated.with_columns(
            late=mark(late.otherwise(nw.col("due_w") < context.workday)),
            due=nw.when(in_days).then(in_calendar).otherwise(nw.col("due")),
        )
        .with_columns(clock=_clock())
        .group_by("warning_id")
        .agg(
            nw.col("start").min().alias(f"{state}_since"),
            nw.col("clock").min().alias(f"{state}_clock"),
            nw.col("late").max().alias(f"{state}_late"),
        )
    )


def _clock() -> nw.Expr:
    due, limit = nw.col("due").cast(nw.Int64), nw.col("limit").cast(nw.Int64)
    return ((due * 10_000 + limit) * 100 + nw.col("step")) * 2 + nw.col("at_township")


def read(clock: str) -> dict[str, nw.Expr]:
    """What a clock tells: due (day), limit, step (place in `STEPS`), at_township (1 or 0)."""
    return {
        "due": nw.col(clock) // 2_000_000,
        "limit": nw.col(clock) // 200 % 10_000,
        "step": nw.col(clock) // 2 % 100,
        "at_township": nw.col(clock) % 2,
    }


def place_of(step: str) -> nw.Expr:
    """The place of a step in `STEPS`."""
    return nw.lit(STEPS.index(step))


def limit_of(step: nw.Expr, limits: Mapping[str, int]) -> nw.Expr:
    """The limit of a step by its place."""
    limit = nw.lit(0)
    for place, name in enumerate(STEPS):
        limit = nw.when(step == place).then(nw.lit(limits[name])).otherwise(limit)
    return limit


def unanswered(context: Context) -> nw.LazyFrame:
    """Live referrals of warnings without an answer."""
    rows = context.staged["referral"].filter(
        nw.col("sent_at") <= context.day, ~nw.col("warning_id").is_null()
    )
    return as_of(rows, context.day, "returned_at", "responded_at").filter(
        nw.col("returned_at").is_null(), nw.col("responded_at").is_null()
    )


def routed(context: Context) -> nw.LazyFrame:
    """Unanswered referrals, each by its own limit."""
    clocks = unanswered(context).with_columns(
        start=nw.col("sent_at"),
        start_w=nw.col("sent_at_w"),
        step=place_of("referral.feedback"),
        limit=referral_limit(context.limits),
        in_days=nw.lit(False),
        at_township=nw.lit(0),
    )
    return _earliest(context, clocks, "routed")


def coordinating(context: Context) -> nw.LazyFrame:
    """Open coordination cases: to be decided, then to be carried out."""
    rows = context.staged["coordination_case"].filter(
        nw.col("source_type") == "warning", nw.col("opened_at") <= context.day
    )
    is_open = as_of(rows, context.day, "closed_at", "decided_at").filter(
        nw.col("closed_at").is_null()
    )
    decide = nw.when(nw.col("decided_at").is_null()).then(place_of("coordination.decide"))
    clocks = is_open.with_columns(
        warning_id=nw.col("source_id"),
        start=nw.coalesce("decided_at", "opened_at"),
        start_w=nw.coalesce("decided_at_w", "opened_at_w"),
        step=decide.otherwise(place_of("coordination.implement")),
        in_days=nw.lit(False),
        at_township=nw.lit(0),
    ).with_columns(limit=limit_of(nw.col("step"), context.limits))
    return _earliest(context, clocks, "coordinating")


def accepted(context: Context) -> nw.LazyFrame:
    """Applications from warnings, accepted by D."""
    return context.staged["application"].filter(
        nw.col("accepted_on") <= context.day, ~nw.col("warning_id").is_null()
    )


def applied(context: Context) -> nw.LazyFrame:
    """Applications neither rejected nor withdrawn: to be decided, then the warning to be closed."""
    rows = as_of(accepted(context), context.day, "decided_on", "township_reviewed_on")
    undecided = nw.col("decided_on").is_null()
    refused = nw.col("result_code").is_in(["rejected", "withdrawn"]).fill_null(False)
    decide = nw.when(undecided).then(of_application(place_of))
    clocks = (
        rows.filter(undecided | ~refused)
        .with_columns(
            start=nw.coalesce("decided_on", "accepted_on"),
            start_w=nw.coalesce("decided_on_w", "accepted_on_w"),
            step=decide.otherwise(place_of("warning.finish")),
            in_days=undecided & application_is_in_days(),
            at_township=mark(undecided & nw.col("township_reviewed_on").is_null()),
        )
        .with_columns(limit=limit_of(nw.col("step"), context.limits))
    )
    return _earliest(context, clocks, "applied")
