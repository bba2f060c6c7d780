"""The limit and the due day of the state a warning is in, and whether it is over them."""

import narwhals as nw

from queries.cubes import clocks
from queries.cubes.counting import Context, mark
from queries.cubes.due_days import with_due_day, with_exit_due
from queries.cubes.stage import FIRST, LAST, day_number

#: States with the clocks of cases, referrals, applications; the others have one of their own.
CLOCKED = ("coordinating", "routed", "applied")


def first_that_fits(cases: list[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    for condition, value in reversed(cases):
        otherwise = nw.when(condition).then(value).otherwise(otherwise)
    return otherwise


def by_state(**values: nw.Expr) -> nw.Expr:
    """A value for each of these states, null in the others."""
    cases = [(nw.col("state") == state, value) for state, value in values.items()]
    return first_that_fits(cases, nw.lit(None, dtype=nw.Int64))


def _clipped(column: str) -> nw.Expr:
    """A day within the staged calendar."""
    return nw.col(column).clip(day_number(FIRST), day_number(LAST))


def _with_limits(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """Adds since_w, exit_due, limit, and of clocks due and late."""
    begun = with_exit_due(context).drop("is_workday", "month")
    read = {state: clocks.read(f"{state}_clock") for state in CLOCKED}
    limit = by_state(**{state: read[state]["limit"] for state in CLOCKED})
    return (
        rows.with_columns(_since=_clipped("since"))
        .join(begun.rename({"day": "_since", "workday_no": "since_w"}), on="_since", how="left")
        .with_columns(
            limit=nw.coalesce(limit, clocks.limit_of(nw.col("step"), context.limits)),
            due=by_state(**{state: read[state]["due"] for state in CLOCKED}),
            late=by_state(**{state: nw.col(f"{state}_late") for state in CLOCKED}),
        )
    )


def with_due(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """Rows with state, since and step: adds since_w, limit, due, due_w, late (1 when over it)."""
    days = context.staged["calendar"]
    ending = days.select(nw.col("day").alias("_due"), nw.col("workday_no").alias("due_w"))
    limited = _with_limits(context, rows)
    in_months = nw.col("step") == clocks.STEPS.index("warning.exit_terminate")
    own = nw.when(in_months).then(nw.col("exit_due")).otherwise(nw.col("nth_day"))
    own_late = nw.when(in_months).then(mark(nw.col("due") < context.day))
    return (
        with_due_day(context, limited, "since_w", nw.col("limit"), "nth_day")
        .with_columns(due=nw.coalesce(nw.col("due"), own))
        .with_columns(_due=_clipped("due"))
        .join(ending, on="_due", how="left")
        .with_columns(
            late=nw.coalesce(
                nw.col("late"), own_late.otherwise(mark(nw.col("due_w") < context.workday))
            )
        )
    )
