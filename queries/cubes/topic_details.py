"""What a task's own page shows beside its indicators, as flows with a `part` (see `counting.py`).

The part stands in the column `programme`: a step, a way of handling, a kind. Ids are topics, none
of them an indicator's, so that answers about indicators never see these rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import narwhals as nw

from queries.cubes import referrals, topics_of_aid
from queries.cubes.counting import Context, as_of, flow, mark, stock, workdays
from queries.cubes.due_days import fallen_due, with_appeal_due
from queries.cubes.emergency_aid import FIRST_AID_MODES, HOUR

#: Upper ends of the bands of the two clocks of emergency aid: hours and working days.
AID_HOURS, PAPERWORK_DAYS = (6, 12, 24, 48), (5, 10, 15, 20)

#: Steps of recognition: its start, its end, its limit in `sla.csv`.
STEPS = {
    "township_review": ("accepted_on", "township_reviewed_on", "application.township_review"),
    "county_confirm": ("county_received_on", "decided_on", "application.county_confirm"),
    "upload": ("decided_on", "uploaded_at", "upload.result"),
}


def _part(rows: nw.LazyFrame, column: str) -> nw.LazyFrame:
    return rows.with_columns(part=nw.col(column))


def recognition(context: Context) -> Iterator[nw.LazyFrame]:
    """application_step: finished within the limit of the step, by the day it ended."""
    ends = sorted({column for start, end, _ in STEPS.values() for column in (start, end)})
    rows = as_of(context.staged["application"], context.day, *ends)
    for step, (start, end, limit) in STEPS.items():
        begun = rows.filter(~nw.col(start).is_null()).with_columns(part=nw.lit(step))
        in_time = mark(workdays(f"{start}_w", f"{end}_w") <= context.limits[limit])
        yield flow(begun, "application_step", end, in_time, programme="part")


def appeals(context: Context) -> Iterator[nw.LazyFrame]:
    """appeal_mode: due and resolved in time by way of handling; appeal_satisfaction: answers."""
    rows = as_of(context.staged["appeal"], context.day, "accepted_at", "resolved_at")
    dated = with_appeal_due(context, rows).filter(nw.col("due") <= context.day)
    due = _part(dated, "handling_mode")
    yield flow(due, "appeal_mode", "due", nw.col("in_time"), programme="part")
    again = ~nw.col("repeat_of").is_null() | (nw.col("escalated_to_petition") == 1)
    accepted = _part(rows, "handling_mode")
    yield flow(accepted, "appeal_again", "accepted_at", mark(again), programme="part")
    answered = ~nw.col("part").is_null() & (nw.col("part") != "none")
    answers = _part(rows, "satisfaction").filter(answered)
    pleased = mark(nw.col("satisfaction").is_in(["satisfied", "basic"]))
    yield flow(answers, "appeal_satisfaction", "resolved_at", pleased, programme="part")


def visits(context: Context) -> Iterator[nw.LazyFrame]:
    """visit_role and visit_group: visits, and those that found somebody who may be eligible."""
    rows = as_of(context.staged["field_visit"], context.day, "visited_on")
    eligible = mark(nw.col("finding_code") == "potential_eligible")
    for topic, column in (("visit_role", "visitor_role"), ("visit_group", "target_group")):
        yield flow(_part(rows, column), topic, "visited_on", eligible, programme="part")


def targets(context: Context, quarter: str, quarter_start: int) -> Iterator[nw.LazyFrame]:
    """Stocks of households on the quarter's list: visited in it by D; ever visited by D."""
    listed = context.staged["visit_target"].filter(nw.col("period_code") == quarter)
    visits = context.staged["field_visit"].filter(
        nw.col("visited_on") <= context.day, ~nw.col("household_key").is_null()
    )
    in_quarter = visits.filter(nw.col("visited_on") >= quarter_start)
    for topic, of in (("target_group", in_quarter), ("ever_visited", visits)):
        visited = of.select("household_key").unique().with_columns(visited=nw.lit(1))
        joined = _part(listed.join(visited, on="household_key", how="left"), "target_group")
        yield stock(joined, topic, nw.col("visited").fill_null(0), nw.lit(1), programme="part")


def emergencies(context: Context) -> Iterator[nw.LazyFrame]:
    """Cases reported and first aided within the hours, by mode, severity and home; the clocks."""
    days = ("reported_at", "first_aid_at", "relieved_on", "paperwork_done_on")
    rows = as_of(context.staged["emergency_case"], context.day, *days).with_columns(
        home=nw.when(nw.col("is_nonlocal") == 1).then(nw.lit("nonlocal")).otherwise(nw.lit("local"))
    )
    waited = nw.col("first_aid_at_us") - nw.col("reported_at_us")
    in_time = mark(waited <= context.limits["emergency.first_aid"] * HOUR)
    where = {"programme": "part", "region": "incident_region"}
    columns = {"mode": "mode_code", "severity": "severity", "home": "home"}
    for topic, column in columns.items():
        yield flow(_part(rows, column), f"emergency_{topic}", "reported_at", in_time, **where)
    first = rows.filter(nw.col("mode_code").is_in(FIRST_AID_MODES))
    hours = first.with_columns(part=_band(waited, [n * HOUR for n in AID_HOURS], AID_HOURS))
    yield flow(hours, "aid_hours", "reported_at", in_time, **where)
    spent = workdays("relieved_on_w", "paperwork_done_on_w")
    to_do = context.limits["emergency.paperwork"]
    done = mark(spent <= to_do)
    papers = first.with_columns(part=_band(spent, PAPERWORK_DAYS, PAPERWORK_DAYS))
    yield flow(papers, "paperwork_days", "relieved_on", done, **where)
    due = fallen_due(context, first, "relieved_on_w", to_do)
    for topic in ("mode", "severity"):
        by = _part(due, columns[topic])
        yield flow(by, f"paperwork_{topic}", "due", done, **where)


def _band(value: nw.Expr, ends: Sequence[int], names: Sequence[int]) -> nw.Expr:
    """The upper end of the band that a time lies in, as text; over, or open where it is null."""
    band = nw.when(value > ends[-1]).then(nw.lit("over")).otherwise(nw.lit("open"))
    for end, name in zip(reversed(ends), reversed(names), strict=True):
        band = nw.when(value <= end).then(nw.lit(str(name))).otherwise(band)
    return band


def silence(context: Context) -> nw.LazyFrame:
    """silence: referrals sent, and those to which the receiver gave no sign at all by D."""
    rows = referrals.sent(context)
    signs = [nw.col(step).is_null() for step in referrals.STEPS]
    silent = mark(nw.all_horizontal(*signs, ignore_nulls=False))
    return flow(_part(rows, "to_dept"), "silence", "sent_at", silent, programme="part")


def merged(context: Context) -> nw.LazyFrame:
    """merged: warnings raised, and those that repeat another, by where they come from."""
    rows = as_of(context.staged["warning"], context.day, "raised_at")
    again = mark(~nw.col("duplicate_of").is_null())
    return flow(_part(rows, "source_channel"), "merged", "raised_at", again, programme="part")


def services(context: Context) -> nw.LazyFrame:
    """service_type: planned, and served by D."""
    rows = as_of(context.staged["service_record"], context.day, "planned_on", "served_on")
    served = mark(~nw.col("served_on").is_null())
    return flow(_part(rows, "service_type"), "service_type", "planned_on", served, programme="part")


def cases(context: Context) -> nw.LazyFrame:
    """case_reason: coordination cases opened, and closed by D, by reason."""
    rows = as_of(context.staged["coordination_case"], context.day, "opened_at", "closed_at")
    closed = mark(~nw.col("closed_at").is_null())
    options = {"programme": "part", "region": "county_code"}
    return flow(_part(rows, "reason_code"), "case_reason", "opened_at", closed, **options)


def undecided(context: Context) -> nw.LazyFrame:
    """case_undecided, a stock: cases opened and not decided by D, and those over the limit."""
    rows = as_of(context.staged["coordination_case"], context.day, "opened_at", "decided_at")
    waiting = rows.filter(~nw.col("opened_at").is_null(), nw.col("decided_at").is_null())
    late = mark(workdays("opened_at_w", context.workday) > context.limits["coordination.decide"])
    options = {"programme": "part", "region": "county_code"}
    return stock(_part(waiting, "reason_code"), "case_undecided", late, nw.lit(1), **options)


def funds(context: Context) -> nw.LazyFrame:
    """fund: fen disbursed and allocated by programme and month."""
    rows = context.staged["fund_ledger"].filter(nw.col("period_month") <= context.day)
    spent, given = nw.col("disbursed").fill_null(0), nw.col("allocated").fill_null(0)
    return stock(rows, "fund", spent, given, programme="programme_code", day="period_month")


def matches(context: Context) -> nw.LazyFrame:
    """match: persons hit and compared, by the department that supplied the data."""
    rows = as_of(context.staged["match_run"], context.day, "run_at").filter(
        ~nw.col("run_at").is_null()
    )
    placed = rows.with_columns(part=nw.col("dept_code"), region_code=nw.lit(""))
    hit, put_in = nw.col("hit_count").fill_null(0), nw.col("input_count").fill_null(0)
    return stock(placed, "match", hit, put_in, programme="part", day="run_at")


def submissions(context: Context) -> nw.LazyFrame:
    """submission: due, and submitted by the due time, by dataset."""
    rows = as_of(context.staged["data_submission"], context.day, "due_at", "submitted_at")
    in_time = mark(nw.col("submitted_at_us") <= nw.col("due_at_us"))
    by = {"department": "dept_code", "programme": "part"}
    return flow(_part(rows, "dataset_code"), "submission", "due_at", in_time, **by)


#: Builders of flows and the table that each reads.
FLOWS: list[tuple[str, Callable[[Context], Iterable[nw.LazyFrame] | nw.LazyFrame]]] = [
    ("application", recognition),
    ("appeal", appeals),
    ("field_visit", visits),
    ("benefit_event", topics_of_aid.given),
    ("emergency_case", emergencies),
    ("emergency_case", topics_of_aid.temporary),
    ("service_record", services),
    ("service_record", topics_of_aid.purchased),
    ("coordination_case", cases),
    ("fund_ledger", funds),
    ("match_run", matches),
    ("data_submission", submissions),
    ("referral", silence),
    ("warning", merged),
]


def details(context: Context) -> Iterator[nw.LazyFrame]:
    """Every flow above whose table is connected."""
    for table, build in FLOWS:
        if table in context.connected:
            built = build(context)
            yield from (built,) if isinstance(built, nw.LazyFrame) else built
