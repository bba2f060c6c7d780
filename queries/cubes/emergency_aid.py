"""Tasks 10 and 11: emergency aid and services, as flows."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import (
    Context,
    as_of,
    flow,
    happened,
    mark,
    persons_once,
    stock,
    workdays,
)
from queries.cubes.due_days import fallen_due

#: 临时救助: of emergencies (急难型) and of expenditure (支出型).
TEMPORARY_AID = ["P1001", "P1003"]

FIRST_AID_MODES = ["small_amount_first", "assist_first"]
HOUR = 3_600_000_000  # microseconds


def emergencies(context: Context) -> Iterator[nw.LazyFrame]:
    """I1001 first aid in hours, I1002 paperwork in working days, I1003, I1004 (fen), I1005."""
    rows = as_of(
        context.staged["emergency_case"],
        context.day,
        "reported_at",
        "first_aid_at",
        "relieved_on",
        "paperwork_done_on",
    )
    limit, where = context.limits, {"region": "incident_region"}
    first = rows.filter(nw.col("mode_code").is_in(FIRST_AID_MODES))
    waited = nw.col("first_aid_at_us") - nw.col("reported_at_us")
    in_time = mark(waited <= limit["emergency.first_aid"] * HOUR)
    yield flow(first, "I1001", "reported_at", in_time, **where)
    papers = limit["emergency.paperwork"]
    due = fallen_due(context, first, "relieved_on_w", papers)
    done = workdays("relieved_on_w", "paperwork_done_on_w") <= papers
    yield flow(due, "I1002", "due", mark(done), **where)
    yield flow(rows, "I1003", "first_aid_at", mark(nw.col("is_nonlocal") == 1), **where)
    in_programmes = where | {"programme": "programme_code", "day": "first_aid_at"}
    aided = rows.filter(
        nw.col("programme_code").is_in(TEMPORARY_AID), ~nw.col("first_aid_at").is_null()
    )
    money = nw.col("total_amount").fill_null(0)
    yield stock(aided, "I1004", money, nw.lit(1), **in_programmes)
    yield happened(aided, "I1005", **in_programmes)


def aid_of_year(context: Context, january: int) -> nw.LazyFrame:
    """For the bulletin: fen and cases of temporary aid first aided since 1 January."""
    aided = context.staged["emergency_case"].filter(
        nw.col("programme_code").is_in(TEMPORARY_AID),
        nw.col("first_aid_at") >= january,
        nw.col("first_aid_at") <= context.day,
    )
    money = nw.col("total_amount").fill_null(0)
    return stock(aided, "aid_of_year", money, nw.lit(1), region="incident_region")


def services(context: Context) -> nw.LazyFrame:
    """I1102: planned services delivered by D."""
    rows = as_of(context.staged["service_record"], context.day, "planned_on", "served_on")
    return flow(rows, "I1102", "planned_on", mark(~nw.col("served_on").is_null()))


def served(context: Context) -> dict[str, nw.LazyFrame]:
    """I1101: persons by the last day they were served."""
    rows = as_of(context.staged["service_record"], context.day, "served_on")
    return persons_once(rows, "I1101", "served_on")
