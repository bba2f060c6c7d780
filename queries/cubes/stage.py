"""Staging: contract frames become frames of integers, once for all days of a refresh.

Every date and timestamp becomes a day number; dates that limits run from or to get a running
working-day number beside it (`_w`) from the calendar dimension. Person and household keys become
integers. What a cube then does per as-of day is comparison and subtraction alone.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.reference import calendar

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


def workday_numbers() -> pl.LazyFrame:
    """The calendar dimension: day number and running working-day number, 1950 to 2099."""
    return calendar.calendar(FIRST, LAST).lazy().select("day", "workday_no")


def month_no(day: pl.Expr) -> pl.Expr:
    """Running number of a date's month."""
    return day.dt.year() * 12 + day.dt.month().cast(pl.Int32)


def calendar_days() -> pl.LazyFrame:
    """The calendar for cubes, 1950 to 2099: day, workday_no, is_workday (1 or 0), month."""
    days = calendar.calendar(FIRST, LAST).lazy()
    is_workday, month = pl.col("is_workday").cast(pl.Int32), month_no(pl.col("date"))
    return days.select("day", "workday_no", is_workday, month=month)


def _with_workdays(frame: pl.LazyFrame, columns: list[str]) -> pl.LazyFrame:
    """Adds `<column>_w`; a day outside the calendar reads as its first or last day."""
    for column in columns:
        frame = frame.join(
            workday_numbers().rename({"day": "_day", "workday_no": f"{column}_w"}),
            left_on=pl.col(column).clip(day_number(FIRST), day_number(LAST)),
            right_on="_day",
            how="left",
        ).drop("_day", strict=False)
    return frame


def in_days(table: str, frame: pl.LazyFrame) -> pl.LazyFrame:
    """One contract frame with days as integers and keys of persons and households as integers."""
    frame = frame.drop(UNREAD.get(table, []))
    schema = frame.collect_schema()
    exact = [
        pl.col(column).to_physical().alias(f"{column}_us")
        for column in EXACT_COLUMNS.get(table, [])
    ]
    days = [
        pl.col(column).dt.date().to_physical()
        if dtype == pl.Datetime
        else pl.col(column).to_physical()
        for column, dtype in schema.items()
        if dtype.is_temporal()
    ]
    # Who heads a household is decided by the keys as texts, whose order integers do not have.
    ordered = ["person_key"] if table == "identification_spell" else []
    order = [pl.col(ordered).rank("dense").cast(pl.Int64).name.replace("_key", "_order")]
    keys = [
        pl.col(column).cast(pl.Categorical).to_physical().cast(pl.Int32)
        for column in ("person_key", "household_key")
        if column in schema
    ]
    return (
        frame.with_columns(exact + order)
        .with_columns(days + keys)
        .pipe(_with_workdays, WORKDAY_COLUMNS.get(table, []))
    )


def all_in_days(frames: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """Every connected contract frame, see `in_days`."""
    return {table: in_days(table, frame) for table, frame in frames.items()}
