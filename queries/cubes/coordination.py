"""Tasks 12 and 13: county options, coordination cases, decisions, funds."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import Context, as_of, flow, happened, mark, stock
from queries.cubes.register import on
from queries.region import LEVELS

EXTENSIONS = ["P1203", "P1204", "P1205"]


def cases(context: Context) -> Iterator[nw.LazyFrame]:
    """I0710 opened, I1304 of them closed by D."""
    rows = as_of(context.staged["coordination_case"], context.day, "opened_at", "closed_at")
    yield happened(rows, "I0710", "opened_at", region="county_code")
    closed = mark(~nw.col("closed_at").is_null())
    yield flow(rows, "I1304", "opened_at", closed, region="county_code")


def extensions(context: Context) -> nw.LazyFrame:
    """I1201: one row a county and programme in scope on D; the answer counts counties once."""
    rows = context.staged["policy_scope"].filter(
        on(context.day), nw.col("programme").is_in(EXTENSIONS)
    )
    # Policy is a county's; a row of a township switches nothing on.
    whole = rows.filter(nw.col("region").str.len_chars() == LEVELS["county"])
    pairs = whole.select("region", "programme").unique()
    return stock(pairs, "I1201", nw.lit(1), region="region", programme="programme")


def latest_meeting(context: Context) -> nw.LazyFrame:
    """The latest meeting held before D, one row: meeting_id."""
    meetings = context.staged["joint_meeting"].filter(nw.col("held_on") < context.day)
    last = meetings.filter(nw.col("held_on") == nw.col("held_on").max())
    return last.select(nw.col("meeting_id").max())


def decisions(context: Context) -> nw.LazyFrame:
    """I1301: decisions of the latest meeting, done by D."""
    rows = _live_items(context).join(latest_meeting(context), on="meeting_id", how="semi")
    return stock(rows, "I1301", mark(~nw.col("done_on").is_null()), nw.lit(1))


def overdue_decisions(context: Context) -> nw.LazyFrame:
    """I1302: due before D, not done by D."""
    late = (nw.col("due_on") < context.day) & nw.col("done_on").is_null()
    return stock(_live_items(context), "I1302", mark(late))


def _live_items(context: Context) -> nw.LazyFrame:
    items = as_of(context.staged["meeting_item"], context.day, "done_on")
    status = nw.col("status_code")
    return items.filter(status.is_null() | (status != "cancelled"))


def funds(context: Context, january: int) -> nw.LazyFrame:
    """I1303: fen disbursed and allocated from January of D's year to D's month."""
    rows = context.staged["fund_ledger"].filter(
        nw.col("period_month") >= january, nw.col("period_month") <= context.day
    )
    spent, given = nw.col("disbursed").fill_null(0), nw.col("allocated").fill_null(0)
    return stock(rows, "I1303", spent, given, programme="programme_code")
