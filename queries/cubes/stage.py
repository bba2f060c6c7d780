"""Staging: contract frames become frames of integers, once for all days of a refresh.

Every date and timestamp becomes a day number; dates that limits run from or to get a running
working-day number beside it (`_w`) from the calendar dimension. Person and household keys become
integers where the engine has them. What a cube then does per as-of day is comparison and
subtraction alone.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl

from data.reference import calendar
from queries.cubes.numbers import adult_on, in_order, keyed, microseconds, month_of_birth, number

FIRST, LAST = date(1950, 1, 1), date(2099, 12, 31)
EPOCH = date(1970, 1, 1)

#: Columns whose working-day number the definitions need.
WORKDAY_COLUMNS = {
    "application": [
        *("accepted_on", "township_reviewed_on"),
        *("county_received_on", "decided_on", "uploaded_at"),
    ],
    "warning": ["raised_at", "closed_at"],
    "referral": ["sent_at", "accepted_at", "returned_at", "responded_at", "feedback_at"],
    "coordination_case": ["opened_at", "decided_at"],
    "appeal": ["accepted_at", "resolved_at"],
    "emergency_case": ["relieved_on", "paperwork_done_on"],
}

#: Columns of the largest tables that no cube reads: half of what staging would write.
UNREAD = {
    "person": ["sex"],
    "identification_spell": ["application_id"],
    "circumstance_spell": ["spell_id", "source_dept"],
    "hardship_event": ["event_id", "region_code", "source_dept"],
    "benefit_spell": ["spell_id", "end_reason"],
    "benefit_event": ["event_id", "fund_source", "dept_code", "referral_id", "reported_at"],
}

#: Timestamps compared to the second; kept beside the day as microseconds.
EXACT_COLUMNS = {
    "data_submission": ["due_at", "submitted_at"],
    "emergency_case": ["reported_at", "first_aid_at"],
}


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)


def day_row(day: date) -> dict[str, Any]:
    """The calendar's row of a day: quarter, seasons, `workday_no`."""
    rows = calendar.calendar(FIRST, LAST).filter(pl.col("date") == day)
    return rows.row(0, named=True)


def workday_no(day: date) -> int:
    """Running number of the last working day up to `day`, as staged columns count it."""
    return day_row(day)["workday_no"]


def quarter_start(day: date) -> date:
    """First day of the quarter."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def month_no(day: pl.Expr) -> pl.Expr:
    """Running number of a date's month."""
    return day.dt.year() * 12 + day.dt.month().cast(pl.Int32)


def calendar_days() -> pl.LazyFrame:
    """
    The calendar for cubes, 1950 to 2099: day, workday_no, is_workday (1 or 0), month.

    `after_3`, `after_12`: the first D of which the day is no longer in the 3 or 12 months before.
    """
    days = calendar.calendar(FIRST, LAST).lazy()
    is_workday, month = pl.col("is_workday").cast(pl.Int32), month_no(pl.col("date"))
    after = {f"after_{months}": after_months("day", months) for months in (3, 12)}
    return days.select("day", "workday_no", is_workday, month=month, **after)


def after_months(day: str, months: int) -> pl.Expr:
    """First D that lies `months` months on, so that `day` is no longer in the months up to D.

    Where the month lacks that day of the month (30 November plus 3), the first of the next one:
    D minus n months is cut to the month's end, so on the last of February it is still before.
    """
    start = pl.col(day).cast(pl.Date)
    moved = start.dt.offset_by(f"{months}mo")
    cut = moved.dt.day() != start.dt.day()
    return pl.when(cut).then(moved.dt.offset_by("1d")).otherwise(moved).cast(pl.Int32)


def looked_up(
    frame: nw.LazyFrame, days: nw.LazyFrame, column: str, names: Mapping[str, str]
) -> nw.LazyFrame:
    """Adds columns of the calendar by a day column; days outside it read as its first or last."""
    day, first, last = nw.col(column), day_number(FIRST), day_number(LAST)
    late = nw.when(day > last).then(nw.lit(last, nw.Int32)).otherwise(day)
    clipped = nw.when(day < first).then(nw.lit(first, nw.Int32)).otherwise(late)
    some = days.select(nw.col("day").alias("_day"), *[nw.col(n).alias(a) for n, a in names.items()])
    return in_order(frame.with_columns(_day=clipped), some, "_day").drop("_day")


def in_days(table: str, frame: nw.LazyFrame, days: nw.LazyFrame) -> nw.LazyFrame:
    """
    One contract frame with days as integers, and keys of persons and households as integers.

    `days`: the calendar. Spark has no number for a text that all its workers agree on, so there
    keys stay texts. `person_order` says which of two keys is first as a text.
    """
    frame = frame.drop(UNREAD.get(table, []))
    schema = frame.collect_schema()
    exact = [microseconds(frame, c).alias(f"{c}_us") for c in EXACT_COLUMNS.get(table, [])]
    numbers = [
        number(frame, column).alias(column)
        for column, dtype in schema.items()
        if dtype in (nw.Date, nw.Datetime)
    ]
    born = [adult_on(frame), month_of_birth()] if table == "person" else []
    dated = [*exact, *born, *numbers]
    staged = keyed(table, frame.with_columns(*dated) if dated else frame)
    for column in WORKDAY_COLUMNS.get(table, []):
        staged = looked_up(staged, days, column, {"workday_no": f"{column}_w"})
    return staged


def all_in_days(frames: Mapping[str, nw.LazyFrame], days: nw.LazyFrame) -> dict[str, nw.LazyFrame]:
    """Every connected contract frame, see `in_days`."""
    return {table: in_days(table, frame, days) for table, frame in frames.items()}
