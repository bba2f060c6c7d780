"""Due days as of a day: `docs/definitions.md`, “Working days”.

Each limit is halved on 1 July 2026; what was sent, accepted or relieved on 15 June (a Monday) is
judged by the old one on 30 June and by the new one on 31 July.
"""

from datetime import date

import polars as pl
import pytest

from drawing import registry, snapshot_of
from edited_reference import replaced, shipped
from every_day import every_day
from queries.answers.coverage import coverage
from queries.answers.indicators import indicators
from queries.answers.open_cases import open_cases
from queries.store.snapshot import open_snapshot

JUNE, JULY = date(2026, 6, 30), date(2026, 7, 31)

CHANGED = (
    *("referral.feedback", "referral.accept", "application.total", "relapse.identify"),
    *("appeal.joint", "appeal.on_site", "emergency.paperwork", "warning.verify"),
    "child.age",
)

FRAMES = registry(
    referral="""
        referral_id | to_dept | region_code | sent_at             | accepted_at         | responded_at
        r1          | health  | 621202001   | 2026-06-15 09:00:00 | 2026-06-17 09:00:00 | 2026-07-03 09:00:00
    """,
    application="""
        application_id | region_code | applied_for       | accepted_on | decided_on | result_code
        a1             | 621202001   | dibao             | 2026-06-15  | 2026-07-14 | approved
        a2             | 621202001   | relapse_monitored | 2026-06-15  | 2026-06-25 | approved
    """,
    appeal="""
        appeal_id | region_code | handling_mode | accepted_at         | resolved_at
        p1        | 621202001   | joint         | 2026-06-15 09:00:00 | 2026-06-25 09:00:00
        p2        | 621202001   | on_site       | 2026-06-15 09:00:00 | 2026-06-16 09:00:00
    """,
    emergency_case="""
        case_id | programme_code | incident_region | mode_code    | reported_at         | relieved_on | paperwork_done_on
        e1      | P1001          | 621202001       | assist_first | 2026-06-15 09:00:00 | 2026-06-15  | 2026-06-26
    """,
    warning="""
        warning_id | region_code | direction | raised_at
        w1         | 621202001   | entry     | 2026-06-23 09:00:00
        w2         | 621202001   | entry     | 2026-07-24 09:00:00
    """,
    identification_spell="""
        spell_id | person_key | category_code | region_code | valid_from
        s1       | k1         | dibao_margin  | 621202001   | 2020-01-01
    """,
    person="""
        person_key | birth_month
        k1         | 2013-05-01
    """,
    circumstance_spell="""
        spell_id | person_key | circumstance_code | valid_from
        c1       | k1         | disability        | 2020-01-01
    """,
    benefit_event="""
        event_id | person_key | programme_code | occurred_on
        b1       | k2         | P1204          | 2026-06-01
    """,
    programme_policy="""
        programme_code | region_code | category_code | in_scope | valid_from
        P1204          | 621202      | any           | 1        | 2020-01-01
    """,
)


def halved():
    """Each changed limit in two versions."""
    rows = []
    for row in shipped("sla"):
        if row["step_code"] in CHANGED:
            half = str(int(row["limit_value"]) // 2)
            rows.append(row | {"valid_to": "2026-07-01"})
            rows.append(row | {"valid_from": "2026-07-01", "limit_value": half})
        else:
            rows.append(row)
    return rows


@pytest.fixture(params=every_day(["polars", "duckdb"], ["polars"]), scope="module")
def days(request, tmp_path_factory):
    """Both days, stored by one refresh, with the limits as an office has them."""
    folder = tmp_path_factory.mktemp("halved")
    with replaced(folder, {"sla": halved()}):
        snapshot_of(FRAMES, folder, JULY, request.param, 1)
        yield {day: open_snapshot(folder / "snapshot", day) for day in (JUNE, JULY)}


@pytest.mark.parametrize(
    ("indicator", "june", "july"),
    [
        # 20 working days: due on 14 July; 10: on 30 June, answered on 3 July.
        ("I0723", [0, 0], [0, 1]),
        # 30 working days: due on 28 July, decided on 14 July; 15: on 7 July.
        # 15 days, identified on the tenth: due on 30 June; 7 days: on 22 June.
        ("I0104", [1, 1], [0, 2]),
        # 10 working days and 1 day, resolved on the seventh and the next; 5 and the same day.
        ("I0502", [2, 2], [0, 2]),
        # 10 working days, done on the eighth: due on 30 June; 5: on 23 June.
        ("I1002", [1, 1], [0, 1]),
        # 9 working days to verify: the fifth on 30 June; 4: over, and so is the fifth on 31 July.
        ("I0708", [0, None], [2, None]),
    ],
)
def test_what_is_due_and_in_time_is_judged_by_the_limit_of_the_day(days, indicator, june, july):
    for day, counted in ((JUNE, june), (JULY, july)):
        row = indicators(days[day], "city", date(2026, 6, 1)).row(
            by_predicate=pl.col("id") == indicator, named=True
        )
        assert [row["numerator"], row["denominator"]] == counted


def test_a_case_is_shown_with_the_limit_of_the_day(days):
    shown = {day: open_cases(days[day]).select("case", "limit", "due_on").rows() for day in days}
    assert shown[JUNE] == [("w1", 9, date(2026, 7, 6))]
    assert sorted(shown[JULY]) == [("w1", 4, date(2026, 6, 29)), ("w2", 4, date(2026, 7, 30))]


def test_who_is_a_child_is_decided_by_the_age_of_the_day(days):
    # Thirteen: under 18 in June, no longer under 9 in July.
    eligible = {
        day: coverage(days[day]).filter(programme_code="P1204")["eligible"].item() for day in days
    }
    assert eligible == {JUNE: 1, JULY: 0}
