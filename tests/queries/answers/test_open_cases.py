"""Open cases one by one: overdue first, then due soon; nobody's name among them."""

from datetime import date

from queries.answers.open_cases import COLUMNS, open_cases

OCTOBER_29, NOVEMBER_2 = date(2026, 10, 29), date(2026, 11, 2)


def test_warnings_stand_by_urgency_then_by_their_due_day(day):
    assert open_cases(day).select("case", "state", "days", "limit", "due_on", "urgency").rows() == [
        ("w2", "unverified", 10, 9, OCTOBER_29, "overdue"),
        ("w3", "unrouted", 3, 2, OCTOBER_29, "overdue"),
        ("w1", "unverified", 8, 9, NOVEMBER_2, "soon"),
        ("w4", "unrouted", 1, 2, NOVEMBER_2, "soon"),
        ("w5", "routed", 14, 20, date(2026, 11, 9), "normal"),
        # One month, by the calendar.
        ("w6", "own", 3, 1, date(2026, 11, 30), "normal"),
    ]


def test_a_department_has_what_it_holds_and_a_region_what_lies_in_it(day):
    assert open_cases(day, department="housing")["case"].to_list() == ["w5"]
    assert open_cases(day, "621221")["case"].to_list() == ["w4", "w5"]
    assert open_cases(day, "621202002")["case"].to_list() == ["w3"]


def test_referrals_are_due_so_many_working_days_after_they_were_sent(day):
    columns = ("case", "state", "days", "limit", "due_on", "urgency", "holder")
    assert open_cases(day, item="referral").select(columns).rows() == [
        ("r6", "referred", 20, 20, date(2026, 10, 30), "soon", "health"),
        ("r1", "referred", 14, 20, date(2026, 11, 9), "normal", "housing"),
    ]


def test_no_column_is_of_a_person_or_a_household(day):
    assert tuple(open_cases(day).columns) == COLUMNS
    assert not {"person_key", "household_key"} & set(COLUMNS)
