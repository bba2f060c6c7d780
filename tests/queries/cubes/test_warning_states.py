"""The definition, drawn: `docs/definitions.md`, “Warnings”."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from queries.answers.indicators import indicators
from queries.answers.open_cases import open_cases
from queries.answers.warnings import warnings

#: A Saturday; working days back from it: 30 (1st), 29, 28, 27, 26, 23, 22, 21, 20, 19 (10th), 16, …
D = date(2026, 10, 31)


def october(day: int) -> date:
    return date(2026, 10, day)


def standing(folder, columns="state since limit due_on urgency holder", day=D, **tables):
    """Per open warning of a drawn registry its row of the open list."""
    rows = open_cases(snapshot_of(registry(**tables), folder, day))
    return {row[0]: row[1:] for row in rows.select("case", *columns.split()).sort("case").rows()}


def test_a_closed_warning_is_in_no_list_and_has_no_clock(tmp_path):
    drawn = registry(
        warning="""
            warning_id | direction | raised_at           | closed_at
            w1         | entry     | 2026-10-01 09:00:00 | 2026-10-31 09:00:00
        """
    )
    snapshot = snapshot_of(drawn, tmp_path, D)
    assert open_cases(snapshot).is_empty()
    assert warnings(snapshot, "city").rows() == [("621200", "entry", "closed", 1, None, None)]


def test_unverified_waits_for_the_township_and_where_there_is_none_for_the_county(tmp_path):
    drawn = standing(
        tmp_path,
        warning="""
            warning_id | direction | programme_code | region_code | raised_at           | verified_at
            w1         | entry     |                | 621202001   | 2026-10-20 09:00:00 | 2026-11-02 09:00:00
            w2         | entry     |                | 621202      | 2026-10-16 09:00:00 |
            w3         | exit      | P0801          | 621202001   | 2026-10-19 09:00:00 |
            w4         | exit      | P0801          | 621202001   | 2026-10-15 09:00:00 |
        """,
    )
    assert drawn == {
        "w1": ("unverified", october(20), 9, date(2026, 11, 2), "soon", "township"),
        "w2": ("unverified", october(16), 9, october(29), "overdue", "county"),
        "w3": ("unverified", october(19), 10, date(2026, 11, 2), "soon", "township"),
        "w4": ("unverified", october(15), 10, october(29), "overdue", "township"),
    }


VERIFIED = """
    warning_id | direction | programme_code | verify_result      | raised_at           | verified_at
    w1         | entry     | P0933          | true_need          | 2026-10-12 09:00:00 | 2026-10-27 09:00:00
    w2         | entry     |                | true_need          | 2026-10-12 09:00:00 | 2026-10-29 09:00:00
    w3         | entry     | P0000          | true_need          | 2026-10-12 09:00:00 | 2026-10-29 09:00:00
    w4         | entry     | P0801          | true_need          | 2026-10-12 09:00:00 | 2026-10-23 09:00:00
    w5         | exit      | P0946          | no_longer_eligible | 2026-10-12 09:00:00 | 2026-10-27 09:00:00
    w6         | exit      |                | no_longer_eligible | 2026-07-12 09:00:00 | 2026-08-31 09:00:00
    w7         | exit      | P0801          | no_longer_eligible | 2026-07-12 09:00:00 | 2026-09-01 09:00:00
    w8         | exit      | P0000          | true_need          | 2026-07-12 09:00:00 | 2026-09-01 09:00:00
    w9         | entry     | P0801          | data_error         | 2026-10-12 09:00:00 | 2026-10-23 09:00:00
    wx         | entry     | P0933          |                    | 2026-10-12 09:00:00 | 2026-10-26 09:00:00
"""


def test_once_verified_it_is_another_departments_or_civil_affairs_own_or_settled(tmp_path):
    assert standing(tmp_path, warning=VERIFIED) == {
        "w1": ("unrouted", october(27), 2, october(29), "overdue", "county"),
        "w2": ("unrouted", october(29), 2, date(2026, 11, 2), "soon", "county"),
        "w3": ("unrouted", october(29), 2, date(2026, 11, 2), "soon", "county"),
        "w4": ("own", october(23), 5, october(30), "soon", "county"),
        "w5": ("unrouted", october(27), 2, october(29), "overdue", "county"),
        "w6": ("own", date(2026, 8, 31), 1, date(2026, 9, 30), "overdue", "county"),
        "w7": ("own", date(2026, 9, 1), 1, october(31), "soon", "county"),
        "w8": ("own", date(2026, 9, 1), 1, october(31), "soon", "county"),
        "w9": ("settled", october(23), 5, october(30), "soon", "county"),
        "wx": ("settled", october(26), 5, date(2026, 11, 2), "soon", "county"),
    }


def test_an_exit_is_overdue_from_the_first_day_of_the_second_month_after(tmp_path):
    drawn = standing(tmp_path, "due_on urgency", date(2026, 11, 1), warning=VERIFIED)
    # 31 October and 1 November are a weekend: no working day has passed.
    assert drawn["w7"] == (october(31), "overdue")


ENTRY = """
    warning_id | direction | programme_code | verify_result | raised_at           | verified_at
    w1         | entry     | P0933          | true_need     | 2026-10-08 09:00:00 | 2026-10-12 09:00:00
"""


def test_routed_has_the_limit_of_each_referral_and_is_with_each_department(tmp_path):
    drawn = standing(
        tmp_path,
        "state since limit due_on urgency holder days",
        warning=ENTRY,
        referral="""
            referral_id | warning_id | programme_code | to_dept   | sent_at             | responded_at        | returned_at
            r1          | w1         | P0933          | housing   | 2026-09-01 09:00:00 |                     |
            r2          | w1         |                | education | 2026-09-28 09:00:00 |                     |
            r3          | w1         |                | health    | 2026-08-03 09:00:00 | 2026-08-05 09:00:00 |
            r4          | w1         |                | emergency | 2026-08-03 09:00:00 |                     | 2026-08-05 09:00:00
        """,
    )
    # r1 has 180 working days, r2 20: first sent counts as the start, the first due day as due.
    since, due = date(2026, 9, 1), date(2026, 10, 30)
    assert drawn["w1"][:6] == ("routed", since, 20, due, "soon", "education|housing")


def test_responded_waits_since_the_last_answer_or_the_closing_of_a_case(tmp_path):
    drawn = standing(
        tmp_path,
        warning=ENTRY
        + """    w2         | entry     | P0933          |               | 2026-10-08 09:00:00 |
    w3         | entry     | P0933          |               | 2026-10-08 09:00:00 |
""",
        referral="""
            referral_id | warning_id | to_dept   | sent_at             | responded_at        | returned_at
            r1          | w1         | housing   | 2026-10-12 09:00:00 | 2026-10-20 09:00:00 |
            r2          | w1         | education | 2026-10-12 09:00:00 | 2026-10-23 09:00:00 |
            r3          | w1         | education | 2026-10-12 09:00:00 |                     | 2026-10-29 09:00:00
            r4          | w3         | education | 2026-10-12 09:00:00 | 2026-10-20 09:00:00 |
        """,
        coordination_case="""
            case_id | source_type | source_id | opened_at           | decided_at | closed_at
            k1      | warning     | w2        | 2026-10-12 09:00:00 |            | 2026-10-22 09:00:00
            k2      | warning     | w3        | 2026-10-12 09:00:00 |            | 2026-10-26 09:00:00
        """,
    )
    assert drawn == {
        "w1": ("responded", october(23), 5, october(30), "soon", "county"),
        "w2": ("responded", october(22), 5, october(29), "overdue", "county"),
        "w3": ("responded", october(26), 5, date(2026, 11, 2), "soon", "county"),
    }


def test_coordinating_is_to_be_decided_and_then_carried_out(tmp_path):
    drawn = standing(
        tmp_path,
        "state since limit due_on holder",
        warning="""
            warning_id | direction | raised_at
            w1         | entry     | 2026-08-10 09:00:00
            w2         | entry     | 2026-08-10 09:00:00
            w3         | entry     | 2026-08-10 09:00:00
        """,
        referral="""
            referral_id | warning_id | to_dept | sent_at
            r1          | w1         | housing | 2026-08-12 09:00:00
        """,
        coordination_case="""
            case_id | source_type | source_id | opened_at           | decided_at          | closed_at
            k1      | warning     | w1        | 2026-10-12 09:00:00 |                     |
            k2      | warning     | w2        | 2026-09-01 09:00:00 | 2026-10-12 09:00:00 |
            k3      | referral    | w3        | 2026-09-01 09:00:00 |                     |
        """,
    )
    assert drawn["w1"] == ("coordinating", october(12), 15, date(2026, 11, 2), "county_mechanism")
    assert drawn["w2"] == ("coordinating", october(12), 20, date(2026, 11, 9), "county_mechanism")
    assert drawn["w3"][0] == "unverified"


ASKED = """
    warning_id | direction | programme_code | verify_result | raised_at           | verified_at
    w1         | entry     | P0801          | true_need     | 2026-09-01 09:00:00 | 2026-09-03 09:00:00
    w2         | entry     | P0801          | true_need     | 2026-09-01 09:00:00 | 2026-09-03 09:00:00
    w3         | entry     | P0801          | true_need     | 2026-09-01 09:00:00 | 2026-09-03 09:00:00
    w4         | entry     | P0801          | true_need     | 2026-09-01 09:00:00 | 2026-10-26 09:00:00
    w5         | entry     | P0801          |               | 2026-09-01 09:00:00 |
"""

APPLICATIONS = """
    application_id | warning_id | applied_for       | accepted_on | township_reviewed_on | decided_on | result_code | extended
    a1             | w1         | dibao             | 2026-09-17  |                      |            | pending     |
    a2             | w2         | relapse_monitored | 2026-10-15  | 2026-10-20           | 2026-11-02 | approved    |
    a3             | w3         | dibao             | 2026-09-07  | 2026-09-15           | 2026-10-23 | approved    |
    a4             | w4         | dibao             | 2026-09-07  | 2026-09-15           | 2026-10-23 | rejected    |
    a5             | w5         | dibao             | 2026-09-07  | 2026-09-15           |            | pending     | 1
"""


def test_applied_has_the_applications_own_limit_then_the_time_to_close(tmp_path):
    drawn = standing(
        tmp_path,
        "state since limit due_on urgency holder days",
        warning=ASKED,
        application=APPLICATIONS,
    )
    assert drawn["w1"][0:6:5] == ("applied", "township")
    assert drawn["w1"][1:3] == (date(2026, 9, 17), 30)
    # 15 calendar days; the oldest stays in working days.
    assert drawn["w2"] == ("applied", october(15), 15, october(30), "overdue", "county", 11)
    assert drawn["w3"][:6] == ("applied", october(23), 5, october(30), "soon", "county")
    assert drawn["w4"][:2] == ("own", october(26))
    assert drawn["w5"][:3] == ("applied", date(2026, 9, 7), 45)


def test_without_the_table_nobody_is_applied_and_no_case_was_opened(tmp_path):
    drawn = standing(tmp_path, "state", warning=ASKED)
    assert set(drawn.values()) == {("own",), ("unverified",)}


def test_several_clocks_the_earliest_counts_and_any_makes_it_overdue(tmp_path):
    drawn = standing(
        tmp_path,
        warning="""
            warning_id | direction | raised_at
            w1         | entry     | 2026-09-01 09:00:00
        """,
        application="""
            application_id | warning_id | applied_for       | accepted_on | township_reviewed_on
            a1             | w1         | dibao             | 2026-10-08  |
            a2             | w1         | relapse_monitored | 2026-10-12  | 2026-10-14
        """,
    )
    assert drawn == {"w1": ("applied", october(8), 15, october(27), "overdue", "county")}


def test_a_return_sends_it_back_and_moves_the_clock_of_own_and_unrouted_alone(tmp_path):
    drawn = standing(
        tmp_path,
        "state since returned_twice",
        warning="""
            warning_id | direction | programme_code | verify_result | raised_at           | verified_at
            w1         | entry     | P0933          | true_need     | 2026-09-01 09:00:00 | 2026-09-03 09:00:00
            w2         | entry     | P0801          | true_need     | 2026-09-01 09:00:00 | 2026-10-26 09:00:00
            w3         | entry     | P0801          | data_error    | 2026-09-01 09:00:00 | 2026-09-03 09:00:00
            w4         | entry     | P0801          |               | 2026-09-01 09:00:00 |
        """,
        referral="""
            referral_id | warning_id | to_dept   | sent_at             | returned_at
            r1          | w1         | housing   | 2026-09-04 09:00:00 | 2026-10-12 09:00:00
            r2          | w1         | emergency | 2026-10-13 09:00:00 | 2026-10-20 09:00:00
            r3          | w2         | education | 2026-10-13 09:00:00 | 2026-10-20 09:00:00
            r4          | w3         | education | 2026-10-13 09:00:00 | 2026-10-20 09:00:00
            r5          | w4         | education | 2026-10-13 09:00:00 | 2026-10-20 09:00:00
            r6          | w4         | education | 2026-10-21 09:00:00 | 2026-11-02 09:00:00
        """,
    )
    assert drawn == {
        "w1": ("unrouted", october(20), 1),
        "w2": ("own", october(26), 0),
        "w3": ("settled", date(2026, 9, 3), 0),
        "w4": ("routed", october(21), 0),
    }


def test_several_departments_at_once_are_no_returns(tmp_path):
    drawn = standing(
        tmp_path,
        "state returned_twice",
        warning=ENTRY,
        referral="""
            referral_id | warning_id | to_dept   | sent_at
            r1          | w1         | housing   | 2026-10-12 09:00:00
            r2          | w1         | education | 2026-10-12 09:00:00
        """,
    )
    assert drawn == {"w1": ("routed", 0)}


def test_referrals_and_applications_of_a_merged_warning_do_not_move_the_other(tmp_path):
    drawn = standing(
        tmp_path,
        "state",
        warning="""
            warning_id | direction | raised_at           | duplicate_of
            w1         | entry     | 2026-10-26 09:00:00 |
            w2         | entry     | 2026-10-27 09:00:00 | w1
        """,
        referral="""
            referral_id | warning_id | to_dept   | sent_at
            r1          | w2         | housing   | 2026-10-28 09:00:00
        """,
        application="""
            application_id | warning_id | applied_for | accepted_on
            a1             | w2         | dibao       | 2026-10-28
        """,
    )
    assert drawn == {"w1": ("unverified",)}


def figures(folder, *ids, since=None, **tables):
    rows = indicators(snapshot_of(registry(**tables), folder, D), "city", since)
    return [rows.filter(id=i).select("numerator", "denominator").row(0) for i in ids]


def test_the_stock_is_the_sum_of_its_three_parts(tmp_path):
    ids = ("I0707", "I0708", "I0711", "I0712", "I0713", "I0714", "I0715")
    counted = figures(tmp_path, *ids, warning=VERIFIED)
    # w9 and wx have been settled: open, but with nowhere to go.
    assert [n for n, _ in counted] == [8, 3, 10, 0, 4, 4, 0]


def test_the_way_out_is_a_referral_a_case_or_an_application(tmp_path):
    drawn = figures(
        tmp_path,
        "I0709",
        warning="""
            warning_id | direction | raised_at           | closed_at
            w1         | entry     | 2026-10-26 09:00:00 |
            w2         | entry     | 2026-10-26 09:00:00 | 2026-10-28 09:00:00
        """,
        application="""
            application_id | warning_id | applied_for | accepted_on | decided_on | result_code
            a1             | w1         | dibao       | 2026-10-28  | 2026-10-29 | rejected
        """,
    )
    assert drawn == [(1, 2)]


@pytest.mark.parametrize(
    ("closed", "figure"),
    [("2026-10-21 09:00:00", (1, 1)), ("2026-10-22 09:00:00", (0, 1)), ("", (0, 1))],
)
def test_the_whole_way_takes_longer_with_a_long_referral(tmp_path, closed, figure):
    # 40 working days, and 160 more than the usual 20 for the dilapidated house: until 21 October.
    # The withdrawn application gives w2 30 more: until 22 December, not 10 November.
    drawn = figures(
        tmp_path,
        "I0704",
        since=date(2026, 10, 1),
        warning=f"""
            warning_id | direction | raised_at           | closed_at
            w1         | entry     | 2025-12-26 09:00:00 | {closed}
            w2         | entry     | 2026-09-09 09:00:00 |
        """,
        referral="""
            referral_id | warning_id | programme_code | to_dept | sent_at             | returned_at
            r1          | w1         | P0933          | housing | 2026-01-05 09:00:00 | 2026-01-06 09:00:00
        """,
        application="""
            application_id | warning_id | applied_for | accepted_on | decided_on | result_code
            a1             | w2         | dibao       | 2026-09-10  | 2026-09-11 | withdrawn
        """,
    )
    assert drawn == [figure]


def test_a_benefit_may_run_until_the_month_after_the_verification_is_over(tmp_path):
    drawn = figures(
        tmp_path,
        "I0706",
        warning="""
            warning_id | direction | person_key | verify_result      | raised_at           | verified_at
            w1         | exit      | a          | no_longer_eligible | 2026-08-03 09:00:00 | 2026-08-31 09:00:00
            w2         | exit      | b          | no_longer_eligible | 2026-08-03 09:00:00 | 2026-09-01 09:00:00
        """,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from
            b1       | a          | P0801          | 2024-02-01
            b2       | b          | P0801          | 2024-02-01
        """,
    )
    assert drawn == [(1, None)]
