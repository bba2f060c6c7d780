"""The definition, drawn: `docs/definitions.md`, “Eligible, covered, gap”."""

from datetime import date

import pytest

from drawing import registry, snapshot_of
from queries.answers.coverage import coverage, last_season
from queries.answers.indicators import indicators

D = date(2026, 10, 31)

PEOPLE = """
    spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from | valid_to
    s1       | a          | h1            | dibao         | 621202001   | rural          | 2024-01-01 |
    s2       | b          | h1            | dibao         | 621202001   | rural          | 2024-01-01 |
    s3       | c          | h2            | dibao_margin  | 621221001   | urban          | 2025-01-01 |
    s4       | d          | h2            | dibao         | 621221001   | urban          | 2025-01-01 | 2026-10-31
    s5       | e          |               | tekun         | 621221001   | rural          | 2026-10-31 |
"""

COUNTS = ("eligible", "covered", "excluded", "pending", "gap")


def counted(snapshot, programme, by="city", *columns):
    """Status and, of every group, eligible, covered, excluded, pending, gap."""
    rows = coverage(snapshot, by).filter(programme_code=programme)
    return rows.select("group", "status", *(columns or COUNTS)).rows()


def value(snapshot, indicator, by="city"):
    """Value by group."""
    rows = indicators(snapshot, by).filter(id=indicator)
    return dict(rows.select("group", "value").rows())


def test_dibao_is_checked_person_by_person(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from | valid_to
            b1       | a          | P0801          | 2024-02-01 |
            b2       | e          | P0802          | 2026-10-31 | 2026-10-31
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert counted(snapshot, "P0801") == [("621200", "ok", 2, 1, 0, 0, 1)]
    # Of one household only a is paid.
    assert value(snapshot, "I0807", "county") == {"621202": 1, "621221": 0}
    # e is of the register since today, and a spell that ends today no longer holds.
    assert counted(snapshot, "P0802", "county") == [
        ("621202", "ok", 0, 0, 0, 0, 0),
        ("621221", "ok", 1, 0, 0, 1, 0),
    ]


def test_a_household_is_paid_in_part_only_where_somebody_of_dibao_is_paid(tmp_path):
    frames = registry(
        identification_spell="""
            spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from
            s1       | a          | h1            | dibao_margin  | 621202001   | rural          | 2024-01-01
            s2       | b          | h1            | dibao         | 621202001   | rural          | 2024-01-01
        """,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from
            b1       | a          | P0803          | 2024-02-01
        """,
    )
    # a is paid as one alone of the margin (单人户), b's gap is b's.
    assert value(snapshot_of(frames, tmp_path, D), "I0807") == {"621200": 0}


@pytest.mark.parametrize(
    ("day", "pending", "gap"),
    [(date(2026, 10, 31), 1, 1), (date(2026, 11, 30), 1, 1), (date(2026, 12, 1), 0, 2)],
)
def test_confirmed_in_october_paid_from_november_a_gap_from_december(tmp_path, day, pending, gap):
    frames = registry(
        identification_spell="""
            spell_id | person_key | category_code | region_code | residence_type | valid_from
            s1       | a          | dibao         | 621202001   | rural          | 2026-10-01
            s2       | b          | dibao         | 621202001   | rural          | 2026-09-30
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, day)
    # b, confirmed in September, is a gap from 1 November.
    b_waits = day < date(2026, 11, 1)
    expected = ("621200", "ok", 2, 0, 0, pending + b_waits, gap - b_waits)
    assert counted(snapshot, "P0801") == [expected]


HEATED = registry(
    identification_spell="""
        spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from
        s2       | a9         | h1            | other         | 621221001   | urban          | 2024-01-01
        s1       | a10        | h1            | dibao         | 621202001   | rural          | 2024-01-01
        s3       | c          | h2            | dibao         | 621221001   | urban          | 2024-01-01
        s4       | d          |               | tekun         | 621221001   | urban          | 2024-01-01
    """,
    programme_policy="""
        programme_code | region_code | category_code | in_scope | valid_from
        P1201          | 621202      | dibao         | 1        | 2020-01-01
        P1201          | 621221      | any           | 1        | 2020-01-01
    """,
    benefit_event="""
        event_id | person_key | programme_code | occurred_on | period_code
        e1       | a9         | P1201          | 2025-12-20  | 2025-2026
        e2       | c          | P1201          | 2026-05-02  | 2025-2026
    """,
    referral="""
        referral_id | person_key | programme_code | sent_at    | responded_at | outcome_code
        r1          | d          | P1201          | 2026-01-05 | 2026-01-10   | declined
    """,
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Nothing is due until 31 December.
        (date(2025, 11, 1), ("ok", 3, 0, 0, 3, 0)),
        (date(2025, 12, 31), ("ok", 3, 1, 0, 2, 0)),
        (date(2026, 1, 1), ("ok", 3, 1, 0, 0, 2)),
        (date(2026, 4, 30), ("ok", 3, 1, 1, 0, 1)),
        # From 1 May to 31 October nobody is counted.
        (date(2026, 5, 1), ("off_season", None, None, None, None, None)),
        (date(2026, 10, 31), ("off_season", None, None, None, None, None)),
        (date(2026, 11, 1), ("ok", 3, 0, 1, 2, 0)),
    ],
)
def test_heating_by_the_day_in_households(tmp_path, day, expected):
    snapshot = snapshot_of(HEATED, tmp_path, day)
    assert counted(snapshot, "P1201") == [("621200", *expected)]
    row = coverage(snapshot).filter(programme_code="P1201").row(0, named=True)
    assert row["unit"] == "户"


def test_a_household_stands_where_its_head_is_by_the_text_of_the_key(tmp_path):
    snapshot = snapshot_of(HEATED, tmp_path, date(2026, 1, 31))
    # a10 comes before a9: the household is of 武都区, and paid through its other member.
    assert counted(snapshot, "P1201", "county") == [
        ("621202", "ok", 1, 1, 0, 0, 0),
        ("621221", "ok", 2, 0, 1, 0, 1),
    ]
    assert value(snapshot, "I0894", "county") == {"621202": 0, "621221": 1}
    assert value(snapshot, "I0890")["621200"] == 3  # P0801 and P0802, in persons
    rows = coverage(snapshot, "category").filter(programme_code="P1201")
    assert dict(rows.select("group", "eligible").rows()) | {"other": 0} == {
        **dict.fromkeys(["dibao_margin", "rigid_expenditure", "relapse_monitored", "other"], 0),
        "dibao": 2,
        "tekun": 1,
    }


def test_off_season_the_last_season_is_shown_as_of_its_end(tmp_path):
    snapshot = snapshot_of(HEATED, tmp_path, D)
    rows = last_season(snapshot, "county").filter(programme_code="P1201")
    # What was paid in May for the season that ended in April came too late.
    assert rows.select("group", "ended", *COUNTS, "rate").rows() == [
        ("621202", date(2026, 4, 30), 1, 1, 0, 0, 0, 100.0),
        ("621221", date(2026, 4, 30), 2, 0, 1, 0, 1, 0.0),
    ]
    figure = indicators(snapshot, "programme").filter(id="I0891", group="P1201").row(0, named=True)
    assert (figure["status"], figure["numerator"], figure["value"]) == ("off_season", None, None)


def test_what_is_paid_is_a_share_of_the_eligible_while_something_is_pending(tmp_path):
    paying, due = (
        snapshot_of(HEATED, tmp_path / name, day)
        for name, day in (("a", date(2025, 12, 31)), ("b", date(2026, 1, 1)))
    )
    shares = ("rate", "paid_share")
    # 1 of 3 is paid; of the one whose aid counts as due, all.
    assert counted(paying, "P1201", "city", *shares) == [("621200", "ok", 100.0, 1 / 3 * 100)]
    assert counted(due, "P1201", "city", *shares) == [("621200", "ok", 1 / 3 * 100, None)]


def test_a_rejection_excludes_for_twelve_months(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        referral="""
            referral_id | person_key | programme_code | sent_at    | responded_at        | outcome_code
            r1          | a          | P0801          | 2025-10-01 | 2025-11-01 09:00:00 | declined
            r2          | b          | P0801          | 2025-10-01 | 2025-10-31 09:00:00 | declined
        """,
    )
    assert counted(snapshot_of(frames, tmp_path, D), "P0801") == [("621200", "ok", 2, 0, 1, 0, 1)]


def test_a_referral_for_one_of_two_alternatives_excludes_from_both(tmp_path):
    frames = registry(
        identification_spell="""
            spell_id | person_key | category_code | region_code | residence_type | valid_from
            s1       | a          | dibao         | 621202001   | urban          | 2024-01-01
            s2       | b          | dibao         | 621202001   | urban          | 2024-01-01
        """,
        circumstance_spell="""
            spell_id | person_key | circumstance_code        | valid_from
            c1       | a          | urban_housing_difficulty | 2025-01-01
            c2       | b          | urban_housing_difficulty | 2025-01-01
        """,
        referral="""
            referral_id | person_key | programme_code | sent_at    | responded_at | outcome_code
            r1          | a          | P0932          | 2026-10-01 | 2026-10-08   | declined
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    for programme in ("P0931", "P0932"):
        assert counted(snapshot, programme) == [("621200", "ok", 2, 0, 1, 0, 1)]
    # One gap, counted once.
    assert value(snapshot, "I0892") == {"621200": 1}


def test_evidence_after_an_event_counts_from_the_start_of_some_eligible_member(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        circumstance_spell="""
            spell_id | person_key | circumstance_code    | attr1 | valid_from
            c1       | a          | rural_housing_unsafe | D     | 2026-03-01
            c2       | b          | rural_housing_unsafe | C     | 2026-05-01
            c3       | e          | rural_housing_unsafe | C     | 2026-01-01
        """,
        benefit_event="""
            event_id | person_key | programme_code | occurred_on
            e1       | b          | P0933          | 2026-04-01
            e2       | e          | P0933          | 2026-02-01
        """,
    )
    # The house is one: b's renovation lies before b's own start, but after a's.
    # e, in no scattered support, is not eligible and has no start that evidence could follow.
    assert counted(snapshot_of(frames, tmp_path, D), "P0933") == [("621200", "ok", 1, 1, 0, 0, 0)]


def test_beyond_rule_is_running_cash_without_any_rule_out_of_its_grace(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        circumstance_spell="""
            spell_id | person_key | circumstance_code        | valid_from
            c1       | c          | other_special_difficulty | 2025-01-01
        """,
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from | grace_until
            b1       | c          | P0801          | 2024-02-01 | 2026-10-30
            b2       | e          | P0801          | 2024-02-01 | 2026-10-31
            b3       | c          | P0803          | 2024-02-01 |
            b4       | a          | P0946          | 2024-02-01 |
            b5       | nobody     | P0801          | 2024-02-01 |
        """,
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    # c is beyond dibao; e is in grace; b5 is of nobody in the register.
    assert counted(snapshot, "P0801", "city", "beyond_rule") == [("621200", "ok", 1)]
    # A rule that makes no gap keeps c within P0803.
    assert counted(snapshot, "P0803", "city", "eligible", "beyond_rule") == [("621200", "ok", 0, 0)]
    # Whoever found work did nothing wrong.
    assert counted(snapshot, "P0946", "city", "beyond_rule") == [("621200", "ok", None)]


def test_expenditure_aid_has_no_rule_and_counts_who_got_it_in_twelve_months(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        emergency_case="""
            case_id | person_key | programme_code | incident_region | reported_at | first_aid_at
            k1      | a          | P1003          | 621202001       | 2025-10-30  | 2025-11-01
            k2      | b          | P1003          | 621202001       | 2025-10-30  | 2025-10-31
            k3      | nobody     | P1003          | 621202001       | 2026-10-01  | 2026-10-02
        """,
    )
    row = coverage(snapshot_of(frames, tmp_path, D)).filter(programme_code="P1003")
    assert row.row(0) == ("P1003", "621200", "人", "none", "ok", None, 1, *[None] * 7)
    without = coverage(snapshot_of(registry(), tmp_path / "without", D))
    assert without.filter(programme_code="P1003")["status"].to_list() == ["no_data"]


def test_the_fixed_subsidy_is_for_who_is_in_residents_insurance(tmp_path):
    frames = registry(
        identification_spell=PEOPLE,
        circumstance_spell="""
            spell_id | person_key | circumstance_code  | valid_from
            c1       | a          | resident_insurance | 2025-01-01
        """,
        benefit_event="event_id | person_key | programme_code | occurred_on | period_code",
    )
    assert counted(snapshot_of(frames, tmp_path, D), "P0912") == [("621200", "ok", 1, 0, 0, 0, 1)]


def test_programmes_below_the_target_are_counted_from_thirty_due_on(tmp_path):
    persons = range(61)
    frames = registry(
        identification_spell="spell_id | person_key | category_code | region_code | residence_type | valid_from"
        + "".join(
            f"\ns{i} | p{i} | {'dibao' if i < 31 else 'tekun'} | 62120200{1 + i % 2} | rural | 2024-01-01"
            for i in persons
        ),
        # P0801: 29 of 31; P0802: all but one of 30, which is over 95 %.
        benefit_spell="spell_id | person_key | programme_code | valid_from"
        + "".join(
            f"\nb{i} | p{i} | {'P0801' if i < 31 else 'P0802'} | 2024-01-01"
            for i in persons
            if i not in (0, 1, 40)
        ),
    )
    snapshot = snapshot_of(frames, tmp_path, D)
    assert value(snapshot, "I0895", "county") == {"621202": 1, "621221": 0}
    assert value(snapshot, "I0895", "task_row")["8"] == 1


def test_without_the_table_that_a_rule_names_the_programme_is_unknown(tmp_path):
    snapshot = snapshot_of(registry(identification_spell=PEOPLE), tmp_path, D)
    unknown = ("621200", "no_data", None, None, None, None, None)
    assert counted(snapshot, "P0951") == [unknown]
    assert counted(snapshot, "P1201") == [unknown]
