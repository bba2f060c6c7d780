"""How fast departments answer: `docs/definitions.md`, “Response time of departments”."""

from datetime import date

import pytest

from queries.answers.response import curve, response

OCTOBER = date(2026, 10, 1)


def test_a_referral_is_answered_open_or_sent_back(day):
    rows = response(day, "city", OCTOBER)
    assert rows.select("referrals", "responded", "open", "returned").row(0) == (4, 2, 1, 1)


def test_open_and_returned_ones_count_in_the_curve_until_the_day_they_leave_it(day):
    columns = ("workdays", "at_risk", "responded", "censored", "survival")
    assert curve(day, "city", OCTOBER).select(columns).rows() == [
        (2, 4, 0, 1, 1.0),
        (4, 3, 1, 0, pytest.approx(2 / 3)),
        (10, 2, 1, 0, pytest.approx(1 / 3)),
        (14, 1, 0, 1, pytest.approx(1 / 3)),
    ]


def test_before_a_day_are_those_sent_earlier(day):
    earlier = curve(day, "department", date(2026, 9, 1), until=OCTOBER)
    assert earlier.select("group", "workdays", "responded", "censored").rows() == [
        ("health", 20, 0, 1),
        ("housing", 20, 1, 0),
    ]


def test_the_median_counts_the_open_and_p90_is_empty_when_not_reached(day):
    rows = response(day, "city", OCTOBER)
    assert rows.select("median", "median_lower", "median_upper", "p90").row(0) == (
        *(10, 4, None),
        None,
    )


def test_beside_it_stand_the_medians_of_those_answered_completed_and_open(day):
    rows = response(day, "city", OCTOBER)
    # Sent since: 4, 10. Answered since: 4, 10, 20. Open on the day: 14, 20.
    assert rows.select("closed_only_median", "completed_median", "open_median").row(0) == (
        4,
        10,
        14,
    )


def test_on_time_is_of_those_due_in_the_period_whenever_they_were_sent(day):
    some = response(day, "department", OCTOBER).drop_nulls("on_time_rate")
    assert some.select("group", "referrals", "on_time_rate").rows() == [
        ("housing", 4, 100.0),
        ("health", 0, 0.0),
    ]


def test_who_was_sent_nothing_has_0_and_no_median(day):
    none = response(day, "department", OCTOBER).filter(group="education")
    assert none.select("referrals", "open", "median", "on_time_rate").row(0) == (0, 0, None, None)
    assert response(day, "county", OCTOBER)["group"].to_list() == ["621202", "621221"]
