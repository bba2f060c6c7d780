"""Tasks 1–6: recognition, data supply, matching, appeals and visits, as flows and stocks."""

from collections.abc import Iterator

import narwhals as nw

from queries.cubes.counting import Context, as_of, flow, mark, stock, workdays
from queries.cubes.due_days import (
    with_appeal_due,
    with_application_due,
    with_limit_of_application,
)


def days_taken(end: str) -> nw.Expr:
    """Days from acceptance to a day column: calendar or working days, as the limit counts them."""
    in_days = nw.col(end) - nw.col("accepted_on")
    in_workdays = workdays("accepted_on_w", f"{end}_w")
    return nw.when(nw.col("limit_in_days")).then(in_days).otherwise(in_workdays)


def applications(context: Context) -> Iterator[nw.LazyFrame]:
    """I0104 decided in time, I0110 those for relapse_monitored, I0404 recorded in time."""
    rows = as_of(context.staged["application"], context.day, "decided_on", "uploaded_at")
    result = nw.col("result_code")
    withdrawn = (result == "withdrawn").fill_null(False) & ~nw.col("decided_on").is_null()
    due = with_application_due(context, rows).filter(nw.col("due") <= context.day, ~withdrawn)
    in_time = mark(
        result.is_in(["approved", "rejected"]) & (days_taken("decided_on") <= nw.col("limit"))
    )
    yield flow(due, "I0104", "due", in_time)
    yield flow(due.filter(nw.col("limit_in_days")), "I0110", "due", in_time)
    approved = rows.filter(nw.col("result_code") == "approved")
    recorded = mark(workdays("decided_on_w", "uploaded_at_w") <= context.limits["upload.result"])
    yield flow(approved, "I0404", "decided_on", recorded)


def undecided(context: Context) -> nw.LazyFrame:
    """I0105: accepted, not decided, over their own limit."""
    rows = as_of(context.staged["application"], context.day, "accepted_on", "decided_on")
    waiting = rows.filter(~nw.col("accepted_on").is_null(), nw.col("decided_on").is_null())
    now = with_limit_of_application(context, waiting).with_columns(
        now=nw.lit(context.day), now_w=nw.lit(context.workday, dtype=nw.Int64)
    )
    return stock(now, "I0105", mark(days_taken("now") > nw.col("limit")))


def submissions(context: Context) -> Iterator[nw.LazyFrame]:
    """I0301 and I0302 submitted by the due time, I0303 records with errors."""
    rows = as_of(context.staged["data_submission"], context.day, "due_at", "submitted_at")
    in_time = mark(nw.col("submitted_at_us") <= nw.col("due_at_us"))
    for indicator, dataset in (("I0301", "low_income_registry"), ("I0302", "relapse_monitored")):
        yield flow(rows.filter(nw.col("dataset_code") == dataset), indicator, "due_at", in_time)
    submitted = rows.filter(~nw.col("due_at").is_null(), ~nw.col("submitted_at").is_null())
    errors, records = nw.col("error_count").fill_null(0), nw.col("record_count").fill_null(0)
    yield stock(submitted, "I0303", errors, records, day="due_at")


def suppliers(context: Context) -> nw.LazyFrame:
    """I0401: departments by the last day of a match run; columns id, department, day."""
    runs = as_of(context.staged["match_run"], context.day, "run_at")
    return (
        runs.filter(~nw.col("run_at").is_null(), ~nw.col("dept_code").is_null())
        .group_by("dept_code")
        .agg(nw.col("run_at").max().alias("day"))
        .select(nw.lit("I0401").alias("id"), nw.lit("").alias("region"), "day")
        .group_by("id", "region", "day")
        .agg(nw.len().cast(nw.Int64).alias("numerator"))
    )


def appeals(context: Context) -> Iterator[nw.LazyFrame]:
    """I0501 resolved, I0502 within the limit of its way of handling, I0503, I0504."""
    rows = as_of(context.staged["appeal"], context.day, "accepted_at", "resolved_at")
    accepted = rows.filter(~nw.col("accepted_at").is_null())
    yield flow(accepted, "I0501", "accepted_at", mark(~nw.col("resolved_at").is_null()))
    on_site = nw.col("handling_mode") == "on_site"
    due = with_appeal_due(context, accepted).filter(nw.col("due") <= context.day)
    yield flow(due, "I0502", "due", nw.col("in_time"))
    yield flow(rows, "I0503", "resolved_at", mark(on_site))
    again = ~nw.col("repeat_of").is_null() | (nw.col("escalated_to_petition") == 1)
    yield flow(accepted, "I0504", "accepted_at", mark(again))


def visits(context: Context) -> nw.LazyFrame:
    """I0602: visits that found somebody who may be eligible."""
    rows = as_of(context.staged["field_visit"], context.day, "visited_on")
    return flow(rows, "I0602", "visited_on", mark(nw.col("finding_code") == "potential_eligible"))


def visited_targets(context: Context, quarter: str, quarter_start: int) -> nw.LazyFrame:
    """I0601: households on the quarter's list, and of them those visited in it up to D."""
    visited = (
        context.staged["field_visit"]
        .filter(nw.col("visited_on") >= quarter_start, nw.col("visited_on") <= context.day)
        .select("household_key")
        .filter(~nw.col("household_key").is_null())
        .unique()
        .with_columns(visited=nw.lit(1))
    )
    targets = context.staged["visit_target"].filter(nw.col("period_code") == quarter)
    joined = targets.join(visited, on="household_key", how="left")
    return stock(joined, "I0601", nw.col("visited").fill_null(0), nw.lit(1))
