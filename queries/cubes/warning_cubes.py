"""Cubes of warnings in their states (`warning_states.with_state`): counts, times, history, rows."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import Context, at_level, mark, stock, workdays


def states(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Warnings by region, direction, kind, source, programme, state, wait, overdue, passed: n."""
    dimensions = ("direction", "kind", "source", "programme", "state", "wait", "overdue", "passed")
    return (
        rows.select(
            at_level("township", "region_code"),
            "direction",
            nw.col("kind_code").alias("kind"),
            nw.col("source_channel").alias("source"),
            nw.col("programme_code").alias("programme"),
            "state",
            "wait",
            "overdue",
            "passed",
        )
        .group_by("region", *dimensions)
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def stocks(rows: nw.LazyFrame) -> Iterator[nw.LazyFrame]:
    """I0707 unrouted, I0708 of them overdue, I0711 not closed."""
    unrouted = nw.col("state") == "unrouted"
    yield stock(rows, "I0707", mark(unrouted))
    yield stock(rows, "I0708", mark(unrouted & (nw.col("overdue") == 1)))
    yield stock(rows, "I0711", mark(nw.col("state") != "closed"))


def routing(rows: nw.LazyFrame, context: Context) -> nw.LazyFrame:
    """
    Working days from raised to first routed; columns region, direction, day (raised), time,
    routed (1, or 0 when censored at the closing or at D), n.
    """
    routed_w = nw.min_horizontal(nw.col("sent_w"), nw.col("opened_w"))
    end = nw.coalesce(routed_w, nw.col("closed_at_w"), nw.lit(context.workday))
    return (
        rows.with_columns(end_w=end, routed=mark(~routed_w.is_null()))
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
            nw.min_horizontal(nw.col("sent_day"), nw.col("opened_day")).alias("routed_day"),
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
    one, cases = nw.col("one_department"), nw.col("cases")
    department = (
        nw.when(one != nw.col("other_department"))
        .then(nw.lit("several"))
        .otherwise(nw.when(one.is_null() & (cases > 0)).then(nw.lit("coordination")).otherwise(one))
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
    Open warnings, one row each; no person, no household.

    holder, other_holder: departments with an unanswered referral (the first and last by code; the
    same where there is one), null where the county holds the warning.
    """
    routed = nw.col("state") == "routed"
    return rows.filter(nw.col("state") != "closed").select(
        nw.col("warning_id").alias("case"),
        at_level("township", "region_code"),
        "direction",
        nw.col("kind_code").alias("kind"),
        nw.col("source_channel").alias("source"),
        nw.col("programme_code").alias("programme"),
        "state",
        nw.col("wait").alias("days"),
        "overdue",
        "passed",
        nw.when(routed).then(nw.col("holder")).alias("holder"),
        nw.when(routed).then(nw.col("other_holder")).alias("other_holder"),
    )
