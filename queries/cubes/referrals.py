"""Referrals: flows by receiving department and programme, response times, the open ones."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import Context, as_of, at_level, flow, mark, stock, workdays
from queries.cubes.due_days import fallen_due
from queries.cubes.own_limits import referral_limit

STEPS = ("accepted_at", "returned_at", "responded_at", "feedback_at")
DIMENSIONS = {"department": "to_dept", "programme": "programme_code"}


def sent(context: Context) -> nw.LazyFrame:
    """Referrals sent by D with every step as of D and their own `limit` (working days)."""
    rows = context.staged["referral"].filter(nw.col("sent_at") <= context.day)
    return as_of(rows, context.day, *STEPS).with_columns(limit=referral_limit(context.limits))


def flows(context: Context) -> Iterator[nw.LazyFrame]:
    """I0201–I0204, I0723, I0903, I1203."""
    rows = sent(context)
    answered = ~nw.col("responded_at").is_null()
    outcome = nw.col("outcome_code")
    yield flow(rows, "I0201", "sent_at", mark(~nw.col("accepted_at").is_null()), **DIMENSIONS)
    live = rows.filter(nw.col("returned_at").is_null())
    to_accept = context.limits["referral.accept"]
    accepted = workdays("sent_at_w", "accepted_at_w") <= to_accept
    accept_due = fallen_due(context, live, "sent_at_w", to_accept)
    yield flow(accept_due, "I0204", "due", mark(accepted), **DIMENSIONS)
    due = fallen_due(context, live, "sent_at_w", nw.col("limit"))
    yield flow(due, "I0202", "due", mark(~nw.col("feedback_at").is_null()), **DIMENSIONS)
    for indicator, step in (("I0203", "feedback_at_w"), ("I0723", "responded_at_w")):
        on_time = workdays("sent_at_w", step) <= nw.col("limit")
        yield flow(due, indicator, "due", mark(on_time), **DIMENSIONS)
    special = rows.filter(nw.col("programme_code").str.starts_with("P09"))
    done = mark(outcome.is_in(["assisted", "already_covered"]))
    yield flow(special, "I0903", "responded_at", done, **DIMENSIONS)
    charity = rows.filter(nw.col("programme_code") == "P1206")
    yield flow(charity, "I1203", "sent_at", mark(answered & (outcome == "assisted")), **DIMENSIONS)


def is_open() -> nw.Expr:
    """Neither answered nor returned."""
    return nw.col("returned_at").is_null() & nw.col("responded_at").is_null()


def overdue(context: Context) -> nw.LazyFrame:
    """I0724: open and over their own limit."""
    late = workdays("sent_at_w", context.workday) > nw.col("limit")
    return stock(sent(context).filter(is_open()), "I0724", mark(late), None, **DIMENSIONS)


def _state() -> nw.Expr:
    """A returned referral is censored at its return, whatever was answered."""
    answered = nw.when(~nw.col("responded_at").is_null()).then(nw.lit("responded"))
    return (
        nw.when(~nw.col("returned_at").is_null())
        .then(nw.lit("returned"))
        .otherwise(answered.otherwise(nw.lit("open")))
    )


def with_response(context: Context) -> nw.LazyFrame:
    """Referrals sent by D with `state` (open, responded, returned) and `time` in working days."""
    end = nw.coalesce(nw.col("returned_at_w"), nw.col("responded_at_w"), nw.lit(context.workday))
    return (
        sent(context)
        .with_columns(
            state=_state(),
            end_w=end,
        )
        .with_columns(
            time=workdays("sent_at_w", "end_w"),
            answer_time=workdays("sent_at_w", "responded_at_w"),
        )
    )


def responses(context: Context) -> nw.LazyFrame:
    """
    Referrals by response time; everything on the response page follows from it.

    Columns: region (township), department, programme, sent_day, state, time (working days to the
    answer, the return or D), responded_day and answer_time (null when not answered by D), n.
    """
    return (
        with_response(context)
        .select(
            at_level("township", "region_code"),
            nw.col("to_dept").alias("department"),
            nw.col("programme_code").alias("programme"),
            nw.col("sent_at").alias("sent_day"),
            "state",
            "time",
            nw.col("responded_at").alias("responded_day"),
            "answer_time",
            nw.when(nw.col("state") == "returned").then(nw.col("return_reason")).alias("reason"),
        )
        .group_by(
            "region",
            "department",
            "programme",
            "sent_day",
            "state",
            "time",
            "responded_day",
            "answer_time",
            "reason",
        )
        .agg(nw.len().cast(nw.Int64).alias("n"))
    )


def open_referrals(context: Context) -> nw.LazyFrame:
    """
    Open referrals, one row each: case, region, department, programme, days, limit (working days,
    their own), overdue, accepted (1 when the department took it on), accept_overdue (1 when it
    should have by now and has not), and of its warning kind, source and direction.
    """
    about = ("kind_code", "source_channel", "direction")
    warned = context.staged["warning"].select("warning_id", *about)
    late = mark(nw.col("time") > nw.col("limit"))
    unaccepted = nw.col("accepted_at").is_null()
    accept_late = mark(unaccepted & (nw.col("time") > context.limits["referral.accept"]))
    return (
        with_response(context)
        .filter(nw.col("state") == "open")
        .join(warned, on="warning_id", how="left")
        .select(
            nw.col("referral_id").alias("case"),
            at_level("township", "region_code"),
            nw.col("to_dept").alias("department"),
            nw.col("programme_code").alias("programme"),
            nw.col("time").alias("days"),
            nw.col("limit").cast(nw.Int64),
            late.alias("overdue"),
            mark(~unaccepted).alias("accepted"),
            accept_late.alias("accept_overdue"),
            nw.col("kind_code").alias("kind"),
            nw.col("source_channel").alias("source"),
            "direction",
        )
    )
