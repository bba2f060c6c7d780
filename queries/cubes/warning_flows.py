"""Warnings raised by D, and their flows."""

from collections.abc import Iterator

import narwhals as nw

from data.reference.policy_tables import limits
from queries.cubes.counting import Context, as_of, flow, happened, mark, workdays

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
