"""Warnings: flows, the state each is in on D, how long until routed, the open ones."""

from collections.abc import Iterator

import narwhals as nw

from data.reference import limits
from queries.cubes.measures import LEVELS, Context, as_of, flow, happened, mark, stock, workdays

AIDED = ["enrolled", "assisted", "referred_assisted"]


def raised(context: Context) -> nw.LazyFrame:
    """Warnings raised by D, not merged into another, with every step as of D."""
    rows = context.staged["warning"].filter(
        nw.col("raised_at") <= context.day, nw.col("duplicate_of").is_null()
    )
    return as_of(rows, context.day, "verified_at", "closed_at")


def flows(context: Context) -> Iterator[nw.LazyFrame]:
    """I0402, I0603, I0701–I0705."""
    rows = raised(context)
    entry = rows.filter(nw.col("direction") == "entry")
    verified, closed = ~nw.col("verified_at").is_null(), ~nw.col("closed_at").is_null()
    channel, outcome = nw.col("source_channel"), nw.col("outcome_code")
    active = mark(channel.is_in(["data_match", "field_visit"]))
    yield flow(entry, "I0402", "raised_at", active)
    visited = entry.filter(channel == "field_visit")
    yield flow(visited, "I0603", "raised_at", mark(closed & outcome.is_in(AIDED)))
    yield happened(rows, "I0701", "raised_at")
    yield flow(rows, "I0702", "raised_at", mark(verified))
    yield flow(rows, "I0703", "raised_at", mark(closed))
    due = rows.filter(nw.col("due") <= context.day)
    in_time = workdays("raised_at_w", "closed_at_w") <= limits()["warning.close"]
    yield flow(due, "I0704", "due", mark(in_time))
    confirmed = entry.filter(verified, nw.col("verify_result") == "true_need")
    helped = closed & outcome.is_in([*AIDED, "coordinated"])
    yield flow(confirmed, "I0705", "raised_at", mark(helped))


def _referred(context: Context) -> nw.LazyFrame:
    """Per warning: referrals live and unanswered, returns, departments, first sent, last return."""
    rows = context.staged["referral"].filter(
        nw.col("sent_at") <= context.day, ~nw.col("warning_id").is_null()
    )
    live = nw.col("returned_at").is_null()
    return (
        as_of(rows, context.day, "returned_at", "responded_at")
        .with_columns(
            live=mark(live),
            unanswered=mark(live & nw.col("responded_at").is_null()),
            returned=mark(~live),
        )
        .group_by("warning_id")
        .agg(
            nw.col("live").sum(),
            nw.col("unanswered").sum(),
            nw.col("returned").sum().alias("returns"),
            nw.col("to_dept").min().alias("one_department"),
            nw.col("to_dept").max().alias("other_department"),
            nw.col("sent_at_w").min().alias("sent_w"),
            nw.col("sent_at").min().alias("sent_day"),
            nw.col("returned_at_w").max().alias("return_w"),
        )
    )


def _coordinated(context: Context) -> nw.LazyFrame:
    """Per warning: cases open and closed on D, the first opened."""
    rows = context.staged["coordination_case"].filter(
        nw.col("source_type") == "warning", nw.col("opened_at") <= context.day
    )
    return (
        as_of(rows, context.day, "closed_at")
        .with_columns(open_case=mark(nw.col("closed_at").is_null()))
        .group_by("source_id")
        .agg(
            nw.col("open_case").sum(),
            nw.len().alias("cases"),
            nw.col("opened_at_w").min().alias("opened_w"),
            nw.col("opened_at").min().alias("opened_day"),
        )
    )


def _without_cases(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Without `coordination_case` no case was opened."""
    unknown = nw.lit(None, dtype=nw.Int32)
    return rows.with_columns(
        open_case=nw.lit(0),
        cases=nw.lit(0),
        opened_w=unknown,
        opened_day=unknown,
    )


def _state() -> nw.Expr:
    """The first state that fits."""
    answered = (nw.col("live") > 0) | (nw.col("cases") > 0)
    states = [
        (~nw.col("closed_at").is_null(), "closed"),
        (nw.col("open_case") > 0, "coordinating"),
        (nw.col("unanswered") > 0, "routed"),
        (answered, "responded"),
    ]
    state = nw.lit("unrouted")
    for condition, name in reversed(states):
        state = nw.when(condition).then(nw.lit(name)).otherwise(state)
    return state


def with_state(context: Context) -> nw.LazyFrame:
    """
    Warnings raised by D with `state`, `wait` (working days: unrouted since raised or the last
    return, other open ones since raised, closed null), `overdue` and `passed` (多头流转).
    """
    rows = raised(context).join(_referred(context), on="warning_id", how="left")
    if "coordination_case" in context.connected:
        cases = _coordinated(context)
        rows = rows.join(cases, left_on="warning_id", right_on="source_id", how="left")
    else:
        rows = _without_cases(rows)
    zeros = ("live", "unanswered", "returns", "open_case", "cases")
    unrouted = nw.col("state") == "unrouted"
    since = nw.when(unrouted).then(nw.coalesce("return_w", "raised_at_w"))
    limit = nw.when(unrouted).then(nw.lit(limits()["warning.route"]))
    elsewhere = nw.col("one_department") != nw.col("other_department")
    passed = elsewhere | (nw.col("returns") >= 2)
    is_open = nw.col("state") != "closed"
    return (
        rows.with_columns(*[nw.col(z).fill_null(0) for z in zeros])
        .with_columns(state=_state())
        .with_columns(
            since_w=since.otherwise(nw.col("raised_at_w")),
            limit=limit.otherwise(nw.lit(limits()["warning.close"])),
        )
        .with_columns(wait=nw.when(is_open).then(workdays("since_w", context.workday)))
        .with_columns(
            overdue=nw.when(is_open).then(mark(nw.col("wait") > nw.col("limit"))),
            passed=mark(passed & is_open),
        )
    )


def states(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Warnings by region, direction, kind, source, programme, state, wait, overdue, passed: n."""
    dimensions = ("direction", "kind", "source", "programme", "state", "wait", "overdue", "passed")
    return (
        rows.select(
            nw.col("region_code").str.slice(0, LEVELS["township"]).alias("region"),
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
            nw.col("region_code").str.slice(0, LEVELS["township"]).alias("region"),
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
            nw.col("region_code").str.slice(0, LEVELS["township"]).alias("region"),
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


def open_warnings(rows: nw.LazyFrame) -> nw.LazyFrame:
    """Open warnings, one row each; no person, no household."""
    return rows.filter(nw.col("state") != "closed").select(
        nw.col("warning_id").alias("case"),
        nw.col("region_code").str.slice(0, LEVELS["township"]).alias("region"),
        "direction",
        nw.col("kind_code").alias("kind"),
        nw.col("source_channel").alias("source"),
        nw.col("programme_code").alias("programme"),
        "state",
        nw.col("wait").alias("days"),
        "overdue",
        "passed",
    )
