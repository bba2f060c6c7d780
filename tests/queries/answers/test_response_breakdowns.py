"""Department × county, reasons of return, waits by band, before and after a day."""

from datetime import date

import pytest

from queries.answers.response_breakdowns import before_and_after, on_time_by_two, returned, waits

OCTOBER = date(2026, 10, 1)


def test_on_time_by_department_and_county(day):
    columns = ("department", "region", "numerator", "denominator", "rate")
    rows = on_time_by_two(day, OCTOBER)
    assert rows.select(columns).rows() == [
        ("health", "621221", 0, 1, 0.0),
        ("housing", "621221", 1, 1, 100.0),
    ]
    assert rows.select("lower", "upper").row(0) == pytest.approx((0, 79.345), abs=0.001)


def test_who_sends_back_and_why(day):
    assert returned(day, OCTOBER).rows() == [("housing", "not_my_duty", 1)]
    assert returned(day, date(2026, 10, 13)).is_empty()


def test_completed_in_the_period_beside_the_open_by_working_days(day):
    assert waits(day, OCTOBER).rows() == [
        ("completed", "0–5", 1),
        ("completed", "6–10", 1),
        ("completed", "11–20", 1),
        ("open", "11–20", 2),
    ]
    assert waits(day, OCTOBER, department="health").rows() == [("open", "11–20", 1)]


def test_sent_before_a_day_and_since_in_equally_long_times(day):
    # 12 to 31 October are 20 days, as are 22 September to 11 October.
    columns = ("group", "half", "referrals", "median")
    assert before_and_after(day, date(2026, 10, 12)).select(columns).rows() == [
        ("health", "before", 1, None),
        ("housing", "before", 1, 20),
        ("housing", "after", 4, 10),
    ]
    # 18 to 31 October are 14 days: 28 September lies before 4 October.
    assert before_and_after(day, date(2026, 10, 18)).select(columns).rows() == [
        ("housing", "before", 4, 10),
    ]
