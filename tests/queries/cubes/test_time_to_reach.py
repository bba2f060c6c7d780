"""Eligible since and time to reach, drawn."""

from datetime import date

import polars as pl

from drawing import registry, snapshot_of

D = date(2026, 10, 31)


def reached(frames, tmp_path, programme):
    """(days, reached, persons) of the city."""
    cells = snapshot_of(frames, tmp_path, D).cube("reach.city").filter(programme=programme)
    return cells.group_by("days", "reached").agg(pl.col("n").sum()).sort("days", "reached").rows()


def category(rows):
    header = "spell_id | person_key | category_code | region_code | residence_type | valid_from | valid_to"
    return header + "\n" + rows.strip()


def test_from_the_start_of_touching_spells_to_the_first_evidence(tmp_path):
    frames = registry(
        identification_spell=category("""
            s1 | a | dibao | 621202001 | rural | 2026-01-01 | 2026-03-01
            s2 | a | dibao | 621202001 | rural | 2026-03-01 |
            s3 | b | dibao | 621202001 | rural | 2026-01-01 | 2026-02-28
            s4 | b | dibao | 621202001 | rural | 2026-03-01 |
        """),
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from
            b1       | a          | P0801          | 2026-01-11
            b2       | b          | P0801          | 2026-03-06
        """,
    )
    # a since 1 January, ten days; b's gap of a day starts the count anew on 1 March, five days.
    assert reached(frames, tmp_path, "P0801") == [(5, 1, 1), (10, 1, 1)]


def test_evidence_already_there_is_no_wait(tmp_path):
    frames = registry(
        identification_spell=category("s1 | a | dibao | 621202001 | rural | 2026-01-01 |"),
        benefit_spell="""
            spell_id | person_key | programme_code | valid_from
            b1       | a          | P0804          | 2025-06-01
        """,
    )
    assert reached(frames, tmp_path, "P0801") == [(0, 1, 1)]


def test_the_excluded_leave_at_the_answer_and_the_others_wait_until_the_day(tmp_path):
    frames = registry(
        identification_spell=category("""
            s1 | a | dibao | 621202001 | rural | 2026-10-01 |
            s2 | b | dibao | 621202001 | rural | 2026-10-01 |
        """),
        referral="""
            referral_id | person_key | programme_code | sent_at    | responded_at | outcome_code
            r1          | a          | P0801          | 2026-10-02 | 2026-10-08   | declined
        """,
    )
    assert reached(frames, tmp_path, "P0801") == [(7, 0, 1), (30, 0, 1)]


def test_all_of_a_rule_since_the_latest_and_any_of_several_since_the_earliest(tmp_path):
    frames = registry(
        identification_spell=category("""
            s1 | a | dibao_margin      | 621202001 | rural | 2026-01-01 |
            s2 | b | relapse_monitored | 621202001 | rural | 2026-09-05 |
            s3 | b | dibao             | 621202001 | rural | 2026-10-01 |
        """),
        circumstance_spell="""
            spell_id | person_key | circumstance_code | attr1  | attr2    | valid_from
            c1       | a          | disability        | 1      | visual   | 2026-10-21
            c2       | a          | major_disease     |        |          | 2026-10-26
            c3       | b          | student           | junior |          | 2026-09-11
        """,
        benefit_event="""
            event_id | person_key | programme_code | occurred_on
        """,
    )
    # a: margin and severely disabled since 21 October, or ill since 26 October.
    assert reached(frames, tmp_path, "P0803") == [(10, 0, 1)]
    # b: of low income since 5 September, a pupil since the 11th.
    assert reached(frames, tmp_path, "P0922") == [(50, 0, 1)]


def test_a_season_is_waited_for_from_its_start_and_only_its_own_payment_reaches(tmp_path):
    frames = registry(
        identification_spell=category("""
            s1 | a | dibao | 621202001 | rural | 2013-01-01 |
            s2 | b | dibao | 621202001 | rural | 2013-01-01 |
            s3 | c | dibao | 621202001 | rural | 2026-10-01 |
        """),
        circumstance_spell="""
            spell_id | person_key | circumstance_code  | valid_from
            c1       | a          | resident_insurance | 2013-01-01
            c2       | b          | resident_insurance | 2013-01-01
            c3       | c          | resident_insurance | 2013-01-01
        """,
        benefit_event="""
            event_id | person_key | programme_code | occurred_on | period_code
            e1       | a          | P0912          | 2026-01-11  | 2026
            e2       | b          | P0912          | 2026-01-20  | 2025
        """,
    )
    # Since 1 January 2026, not since 2013: a ten days; b, paid for 2025 alone, until the day.
    assert reached(frames, tmp_path, "P0912") == [(10, 1, 1), (30, 0, 1), (303, 0, 1)]


def test_a_household_waits_since_the_earliest_of_its_members(tmp_path):
    frames = registry(
        identification_spell="""
            spell_id | person_key | household_key | category_code | region_code | residence_type | valid_from
            s1       | a          | h1            | dibao         | 621202001   | rural          | 2026-01-01
            s2       | b          | h1            | dibao         | 621202001   | rural          | 2026-01-01
        """,
        circumstance_spell="""
            spell_id | person_key | circumstance_code    | valid_from
            c1       | a          | rural_housing_unsafe | 2026-10-20
            c2       | b          | rural_housing_unsafe | 2026-10-01
        """,
        benefit_event="""
            event_id | person_key | programme_code | occurred_on
            e1       | a          | P0933          | 2026-10-08
        """,
    )
    assert reached(frames, tmp_path, "P0933") == [(7, 1, 1)]
