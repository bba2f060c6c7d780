"""Warnings raised by D, and their flows."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.clocks import accepted
from queries.cubes.counting import Context, as_of, flow, happened, mark, workdays
from queries.cubes.due_days import fallen_due
from queries.cubes.own_limits import application_limit, referral_limit

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
    due = _fallen_due(context, rows)
    in_time = workdays("raised_at_w", "closed_at_w") <= nw.col("limit")
    yield flow(due, "I0704", "due", mark(in_time))
    confirmed = entry.filter(verified, nw.col("verify_result") == "true_need")
    helped = closed & outcome.is_in([*AIDED, "coordinated"])
    yield flow(confirmed, "I0705", "raised_at", mark(helped))


def _fallen_due(context: Context, rows: nw.LazyFrame) -> nw.LazyFrame:
    """
    Those due by D with `limit` (working days) and `due`: `warning.close`, and on top what the
    longest own limit of its referrals exceeds `referral.feedback`, and the longest of its
    applications.
    """
    usual = context.limits["referral.feedback"]
    sent = context.staged["referral"].filter(nw.col("sent_at") <= context.day)
    excess = sent.with_columns(excess=referral_limit(context.limits) - usual).group_by("warning_id")
    rows = rows.join(excess.agg(nw.col("excess").max()), on="warning_id", how="left")
    if "application" in context.connected:
        limited = accepted(context).with_columns(own=application_limit(context.limits))
        longest = limited.group_by("warning_id").agg(nw.col("own").max())
        rows = rows.join(longest, on="warning_id", how="left")
    else:
        rows = rows.with_columns(own=nw.lit(0))
    longer = nw.when(nw.col("excess") > 0).then(nw.col("excess")).otherwise(nw.lit(0))
    limit = context.limits["warning.close"] + longer + nw.col("own").fill_null(0)
    return fallen_due(context, rows.with_columns(limit=limit), "raised_at_w", nw.col("limit"))
