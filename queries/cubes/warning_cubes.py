"""Cubes of warnings in their states (`warning_states.with_state`): counts, times, history, rows."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.clocks import unanswered
from queries.cubes.counting import Context, at_level, mark, stock, workdays
from queries.cubes.warning_states import WITHOUT_DESTINATION


def states(rows: nw.LazyFrame) -> nw.LazyFrame:
    """
    Warnings by region, direction, kind, source, programme, state, wait, left, overdue,
    returned_twice: n. wait, left: working days since the state began, to its due day.
    """
    dimensions = ("direction", "kind", "source", "programme", "state", "wait", "left")
    return (
        rows.select(
            at_level("township", "region_code"),
            "direction",
            nw.col("kind_code").alias("kind"),
            nw.col("source_channel").alias("source"),
            nw.col("programme_code").alias("programme"),
            "state",
            "wait",
            "left",
            "overdue",
            "returned_twice",
        )
        .group_by("region", *dimensions, "overdue", "returned_twice")
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def stocks(rows: nw.LazyFrame) -> Iterator[nw.LazyFrame]:
    """I0707, I0708 of them overdue, I0711 not closed, I0712–I0714 the parts of I0707, I0715."""
    state = nw.col("state")
    nowhere = state.is_in(list(WITHOUT_DESTINATION))
    yield stock(rows, "I0707", mark(nowhere))
    yield stock(rows, "I0708", mark(nowhere & (nw.col("overdue") == 1)))
    yield stock(rows, "I0711", mark(state != "closed"))
    for indicator, part in zip(("I0712", "I0713", "I0714"), WITHOUT_DESTINATION, strict=True):
        yield stock(rows, indicator, mark(state == part))
    yield stock(rows, "I0715", nw.col("returned_twice"))


def _first(unit: str) -> nw.Expr:
    """The first referral, case or application, by its `unit`: day or w (working-day number)."""
    steps = ("sent", "opened", "accepted")
    return nw.min_horizontal(*[nw.col(f"{step}_{unit}") for step in steps])


def routing(rows: nw.LazyFrame, context: Context) -> nw.LazyFrame:
    """
    Working days from raised to the first referral, case or application; columns region, direction,
    day (raised), time, routed (1, or 0 when censored at the closing or at D), n.
    """
    end = nw.coalesce(_first("w"), nw.col("closed_at_w"), nw.lit(context.workday))
    return (
        rows.with_columns(end_w=end, routed=mark(~_first("w").is_null()))
        .select(
            at_level("township", "region_code"),
            "direction",
            nw.col("raised_at").alias("day"),
            workdays("raised_at_w", "end_w").alias("time"),
            "routed",
        )
        .group_by("region", "direction", "day", "time", "routed")
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def history(rows: nw.LazyFrame) -> nw.LazyFrame:
    """
    Warnings by when they were raised, routed and closed and what came of them, for inflow,
    outflow, stock and yield. Columns: region, direction, kind, source, raised_day, routed_day,
    closed_day, verify_result (as of D), outcome (as of D), n.
    """
    verified = ~nw.col("verified_at").is_null()
    closed = ~nw.col("closed_at").is_null()
    dimensions = ("direction", "kind", "source", "raised_day", "routed_day", "closed_day")
    return (
        rows.select(
            at_level("township", "region_code"),
            "direction",
            nw.col("kind_code").alias("kind"),
            nw.col("source_channel").alias("source"),
            nw.col("raised_at").alias("raised_day"),
            _first("day").alias("routed_day"),
            nw.col("closed_at").alias("closed_day"),
            nw.when(verified).then(nw.col("verify_result")).alias("verify_result"),
            nw.when(closed).then(nw.col("outcome_code")).alias("outcome"),
        )
        .group_by("region", *dimensions, "verify_result", "outcome")
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def paths(rows: nw.LazyFrame) -> nw.LazyFrame:
    """
    Warnings by source, department and result: region, direction, source, department, result, n.

    department: of its referrals sent by D, `several` when they went to more than one,
    `coordination` when only a case was opened, null when nothing was. result: the outcome of a
    closed warning (`closed` when it has none), else its state.
    """
    one, has_case = nw.col("one_department"), ~nw.col("opened_w").is_null()
    department = (
        nw.when(one != nw.col("other_department"))
        .then(nw.lit("several"))
        .otherwise(nw.when(one.is_null() & has_case).then(nw.lit("coordination")).otherwise(one))
    )
    closed = nw.col("state") == "closed"
    result = nw.when(closed).then(nw.coalesce(nw.col("outcome_code"), nw.lit("closed")))
    return (
        rows.select(
            at_level("township", "region_code"),
            "direction",
            nw.col("source_channel").alias("source"),
            department.alias("department"),
            result.otherwise(nw.col("state")).alias("result"),
        )
        .group_by("region", "direction", "source", "department", "result")
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def open_warnings(rows: nw.LazyFrame) -> nw.LazyFrame:
    """
    Open warnings, one row each; no person, no household. Columns as in `warning_states.with_state`.

    days: working days waited; step: whose limit it is, a place in `clocks.STEPS`.
    """
    return rows.filter(nw.col("state") != "closed").select(
        nw.col("warning_id").alias("case"),
        at_level("township", "region_code"),
        "direction",
        nw.col("kind_code").alias("kind"),
        nw.col("source_channel").alias("source"),
        nw.col("programme_code").alias("programme"),
        "state",
        "since",
        nw.col("wait").alias("days"),
        "step",
        "limit",
        "due",
        "left",
        "overdue",
        "holder",
        "returned_twice",
    )


def departments_waited_for(context: Context) -> nw.LazyFrame:
    """The departments with an unanswered live referral of a warning: case, department."""
    return (
        unanswered(context)
        .select(nw.col("warning_id").alias("case"), nw.col("to_dept").alias("department"))
        .filter(~nw.col("department").is_null())
        .unique()
    )
