"""Periods, month arithmetic and working days: `docs/definitions.md`, “Working days”."""

import time
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference.calendar import (
    calendar,
    due_day,
    known_years,
    month_end_before,
    month_ends,
    months_before,
    workdays_between,
)

DAYS = st.dates(date(2003, 1, 1), date(2030, 12, 31))

#: Counted by hand from the State Council's notices (国务院办公厅关于部分节假日安排的通知).
WORKDAYS_OF_MONTHS = {
    2022: [21, 16, 23, 21, 20, 21, 21, 23, 21, 18, 22, 22],
    2023: [18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21],
    2024: [22, 18, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22],
    2025: [19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23],
    2026: [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23],
}


def row(day: date) -> dict:
    return calendar(day, day).row(0, named=True)


def is_workday(day: date) -> bool:
    return row(day)["is_workday"]


@pytest.mark.parametrize(
    ("year", "workdays"), [(2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)]
)
def test_working_days_of_a_year(year, workdays):
    assert calendar(date(year, 1, 1), date(year, 12, 31))["is_workday"].sum() == workdays


@pytest.mark.parametrize("year", WORKDAYS_OF_MONTHS)
def test_working_days_of_its_months(year):
    days = calendar(date(year, 1, 1), date(year, 12, 31))
    months = days.group_by("month", maintain_order=True).agg(pl.col("is_workday").sum())
    assert months["is_workday"].to_list() == WORKDAYS_OF_MONTHS[year]


@pytest.mark.parametrize(
    "day", [date(2022, 1, 29), date(2024, 2, 4), date(2025, 1, 26), date(2026, 2, 14)]
)
def test_a_weekend_that_is_made_up_is_a_working_day(day):
    assert day.isoweekday() >= 6
    assert is_workday(day)


@pytest.mark.parametrize("day", [date(2026, 10, 1), date(2026, 2, 17), date(2024, 4, 4)])
def test_a_holiday_on_a_weekday_is_none(day):
    assert day.isoweekday() <= 5
    assert not is_workday(day)


def test_a_year_without_a_notice_counts_monday_to_friday():
    assert 2026 in known_years()
    assert 2099 not in known_years()
    assert is_workday(date(2099, 10, 1)) is True
    assert is_workday(date(2099, 10, 3)) is False


@pytest.mark.parametrize(
    ("a", "b", "workdays"),
    [
        (date(2026, 10, 12), date(2026, 10, 12), 0),
        (date(2026, 10, 12), date(2026, 10, 13), 1),
        (date(2026, 10, 9), date(2026, 10, 12), 2),  # Saturday the 10th is made up
        (date(2026, 9, 30), date(2026, 10, 8), 1),  # 国庆 is seven days off
        (date(2026, 10, 13), date(2026, 10, 12), 0),
        (date(2026, 12, 31), date(2027, 1, 4), 2),  # 2027: Friday the 1st counts, no notice yet
    ],
)
def test_day_of_receipt_is_day_zero(a, b, workdays):
    if b.year not in known_years() or a.year == b.year:
        assert workdays_between(a, b) == workdays


@given(a=DAYS, b=DAYS)
def test_working_days_counted_one_by_one(a, b):
    counted = calendar(a + timedelta(days=1), max(a, b)).filter("is_workday") if b > a else []
    assert workdays_between(a, b) == len(counted)


@given(start=DAYS, workdays=st.integers(1, 600))
def test_due_day_is_the_nth_working_day(start, workdays):
    due = due_day(start, workdays)
    assert is_workday(due)
    assert workdays_between(start, due) == workdays


def test_due_day_over_the_holidays():
    assert due_day(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert due_day(date(2026, 10, 3), 0) == date(2026, 10, 3)


@given(first=DAYS, later=DAYS)
def test_running_number_does_not_depend_on_the_first_day(first, later):
    last = date(2031, 1, 1)
    a, b = calendar(first, last), calendar(later, last)
    assert a["workday_no"][-1] == b["workday_no"][-1]


def test_running_number_before_1970():
    days = calendar(date(1969, 12, 26), date(1970, 1, 2))
    assert days["workday_no"].to_list() == [-4, -4, -4, -3, -2, -1, 0, 1]
    assert days["day"].to_list() == list(range(-6, 2))


@pytest.mark.parametrize(
    ("day", "school_year", "heating_season", "winter_spring"),
    [
        (date(2026, 8, 31), "2025-2026", "2025-2026", "2025-2026"),
        (date(2026, 9, 1), "2026-2027", "2025-2026", "2025-2026"),
        (date(2026, 10, 31), "2026-2027", "2025-2026", "2025-2026"),
        (date(2026, 11, 1), "2026-2027", "2026-2027", "2025-2026"),
        (date(2026, 12, 1), "2026-2027", "2026-2027", "2026-2027"),
    ],
)
def test_seasons_stay_current_until_the_next(day, school_year, heating_season, winter_spring):
    found = row(day)
    assert found["school_year"] == school_year
    assert found["heating_season"] == heating_season
    assert found["winter_spring"] == winter_spring


def test_a_row():
    assert row(date(2026, 10, 31)) == {
        "day": 20757,
        "date": date(2026, 10, 31),
        "workday_no": row(date(2026, 10, 30))["workday_no"],
        "is_workday": False,
        "month": "2026-10",
        "quarter": "2026Q4",
        "insurance_year": "2026",
        "school_year": "2026-2027",
        "heating_season": "2025-2026",
        "winter_spring": "2025-2026",
        "year": 2026,
        "month_end": True,
    }


def test_types_of_the_columns():
    schema = calendar(date(2026, 1, 1), date(2026, 1, 2)).schema
    for name in ("day", "workday_no", "year"):
        assert schema[name] == pl.Int32
    assert schema["date"] == pl.Date
    assert schema["is_workday"] == schema["month_end"] == pl.Boolean
    assert schema["month"] == schema["quarter"] == schema["school_year"] == pl.String


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 3, 30), 1, date(2024, 2, 29)),
        (date(2026, 10, 31), 12, date(2025, 10, 31)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_months_before_is_cut_to_the_months_end(day, months, before):
    assert months_before(day, months) == before


def test_month_ends():
    assert month_end_before(date(2026, 10, 31)) == date(2026, 9, 30)
    assert month_end_before(date(2026, 11, 1)) == date(2026, 10, 31)
    assert month_ends(date(2026, 3, 15), 3) == [
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
    ]
    assert month_ends(date(2026, 10, 31), 1) == [date(2026, 9, 30)]
    assert month_ends(date(2026, 10, 31), 0) == []


def test_thirty_years_take_a_blink_and_are_kept():
    calendar.cache_clear()
    started = time.perf_counter()
    first = calendar(date(2000, 1, 1), date(2029, 12, 31))
    assert time.perf_counter() - started < 0.2
    assert calendar(date(2000, 1, 1), date(2029, 12, 31)) is first
