"""The state each warning is in on D, how long it waits, whether it is passed around."""

import narwhals as nw

from data.reference.policy_tables import limits
from queries.cubes.counting import Context, as_of, mark, workdays
from queries.cubes.warning_flows import raised


def _referred(context: Context) -> nw.LazyFrame:
    """Per warning: referrals live and unanswered, returns, departments, holders, first sent, …"""
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
            holder=nw.when(live & nw.col("responded_at").is_null()).then(nw.col("to_dept")),
        )
        .group_by("warning_id")
        .agg(
            nw.col("live").sum(),
            nw.col("unanswered").sum(),
            nw.col("returned").sum().alias("returns"),
            nw.col("to_dept").min().alias("one_department"),
            nw.col("to_dept").max().alias("other_department"),
            nw.col("holder").min().alias("holder"),
            nw.col("holder").max().alias("other_holder"),
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
