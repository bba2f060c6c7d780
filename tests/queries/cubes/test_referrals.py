"""The definition, drawn: `docs/definitions.md`, “Response time of departments”."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from every_day import every_day
from queries.answers.indicators import indicators
from queries.answers.open_cases import open_cases
from queries.answers.response_breakdowns import on_time_by_two

D, S = date(2026, 10, 31), date(2026, 10, 1)

#: P0913 has no limit of its own (20), P0932 has 40, P0931 60, P0933 180: all due on 30 October.
DUE = """
    referral_id | programme_code | region_code | to_dept          | sent_at    | responded_at        | feedback_at
    in20        | P0913          | 621202001   | medical_security | 2026-09-28 | 2026-10-30 09:00:00 | 2026-10-30 10:00:00
    no20        |                | 621202001   | medical_security | 2026-09-28 | 2026-11-02 09:00:00 |
    in40        | P0932          | 621202001   | housing          | 2026-08-31 | 2026-10-30 09:00:00 | 2026-11-02 09:00:00
    no40        | P0932          | 621221001   | housing          | 2026-08-31 |                     |
    in60        | P0931          | 621221001   | housing          | 2026-08-03 | 2026-10-09 09:00:00 | 2026-10-30 09:00:00
    in180       | P0933          | 621221001   | housing          | 2026-02-04 | 2026-10-30 09:00:00 | 2026-10-30 09:00:00
"""

OPEN = """
    referral_id | programme_code | region_code | to_dept | sent_at    | accepted_at         | returned_at
    late20      | P0913          | 621202001   | health  | 2026-09-25 | 2026-09-28 09:00:00 |
    in40        | P0932          | 621202001   | housing | 2026-09-25 |                     |
    late40      | P0932          | 621202001   | housing | 2026-08-28 | 2026-08-31 09:00:00 |
    last40      | P0932          | 621202001   | housing | 2026-08-31 | 2026-08-31 09:00:00 |
    in60        | P0931          | 621202001   | housing | 2026-08-28 | 2026-08-31 09:00:00 |
    in180       | P0933          | 621202001   | housing | 2026-02-04 | 2026-02-05 09:00:00 |
    new         |                | 621202001   | health  | 2026-10-29 |                     |
    back        |                | 621202001   | health  | 2026-08-28 |                     | 2026-10-09 09:00:00
"""


@pytest.fixture(params=every_day(["polars", "duckdb"], ["polars"]))
def snapshot(request, tmp_path):
    return lambda rows: snapshot_of(registry(referral=rows), tmp_path, D, request.param)


def figures(snapshot, since, by="city"):
    rows = indicators(snapshot, by, since).select("id", "group", "numerator", "denominator")
    return {(i, group): counts for i, group, *counts in rows.rows()}


def test_a_referral_is_due_and_in_time_by_the_limit_of_its_programme(snapshot):
    made = snapshot(DUE)
    city = figures(made, S)
    assert city["I0723", "621200"] == [4, 6]
    assert city["I0202", "621200"] == [3, 6]
    assert city["I0203", "621200"] == [3, 6]
    housing = figures(made, S, "department")
    assert housing["I0723", "housing"] == [3, 4]
    # Department, county, in time, due.
    assert [row[:4] for row in on_time_by_two(made, S).rows()] == [
        ("housing", "621202", 1, 1),
        ("housing", "621221", 2, 3),
        ("medical_security", "621202", 1, 2),
    ]


def test_before_its_due_day_a_referral_is_in_no_rate(tmp_path):
    made = snapshot_of(registry(referral=DUE), tmp_path, date(2026, 10, 29))
    assert figures(made, date(2026, 1, 1))["I0723", "621200"] == [0, 0]


def test_open_referrals_are_overdue_by_their_own_limit(snapshot):
    made = snapshot(OPEN)
    assert figures(made, S)["I0724", "621200"][0] == 2
    columns = ("case", "days", "limit", "due_on", "urgency", "accepted", "accept_overdue")
    assert open_cases(made, item="referral").select(columns).rows() == [
        ("late20", 21, 20, date(2026, 10, 29), "overdue", 1, 0),
        ("late40", 41, 40, date(2026, 10, 29), "overdue", 1, 0),
        ("in180", 180, 180, date(2026, 10, 30), "soon", 1, 0),
        ("last40", 40, 40, date(2026, 10, 30), "soon", 1, 0),
        ("in40", 21, 40, date(2026, 11, 26), "normal", 0, 1),
        ("in60", 41, 60, date(2026, 11, 26), "normal", 1, 0),
        ("new", 1, 20, date(2026, 11, 26), "normal", 0, 0),
    ]


def test_signing_has_a_limit_of_its_own_for_all(snapshot):
    made = snapshot("""
        referral_id | programme_code | region_code | to_dept | sent_at    | accepted_at         | returned_at
        in2         | P0933          | 621202001   | housing | 2026-10-12 | 2026-10-14 17:00:00 |
        no2         | P0913          | 621202001   | health  | 2026-10-12 | 2026-10-15 09:00:00 |
        never       | P0913          | 621202001   | health  | 2026-10-12 |                     |
        back        | P0913          | 621202001   | health  | 2026-10-12 | 2026-10-12 09:00:00 | 2026-10-20 09:00:00
        not_due     | P0913          | 621202001   | health  | 2026-10-30 | 2026-10-30 09:00:00 |
    """)
    department = figures(made, S, "department")
    assert (department["I0204", "housing"], department["I0204", "health"]) == ([1, 1], [0, 2])
    # I0201 asks whether, not when; all that were sent count.
    assert figures(made, S)["I0201", "621200"] == [4, 5]
