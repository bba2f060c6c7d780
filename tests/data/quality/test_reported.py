"""Rows that count as they stand and are told of: `docs/definitions.md`, “Which rows count”."""

from judged import report


def test_overlapping_spells_of_one_kind():
    found = report(
        person="person_key\na\nb",
        identification_spell="""
            spell_id | person_key | category_code | valid_from | valid_to
            long     | a          | dibao_margin  | 2026-01-01 | 2026-12-01
            short    | a          | dibao_margin  | 2026-02-01 | 2026-03-01
            third    | a          | dibao_margin  | 2026-06-01 |
            touching | b          | dibao_margin  | 2026-03-01 |
            before   | b          | dibao_margin  | 2026-01-01 | 2026-03-01
            other    | b          | tekun         | 2026-01-01 |
        """,
    )
    assert found == {("overlapping_spells", "valid_from"): (2, ("short", "third"))}


def test_events_before_birth():
    found = report(
        person="person_key | birth_month | death_date\na | 2000-05-01 | 1999-01-01",
        benefit_event="""
            event_id | person_key | occurred_on
            before   | a          | 2000-04-30
            birth    | a          | 2000-05-01
        """,
    )
    assert found == {
        ("event_before_birth", "death_date"): (1, ("a",)),
        ("event_before_birth", "occurred_on"): (1, ("before",)),
    }


def test_steps_out_of_order_among_themselves():
    found = report(
        warning="""
            warning_id | raised_at  | verified_at | closed_at
            w          | 2026-03-02 | 2026-03-05  | 2026-03-04
            v          | 2026-03-02 | 2026-03-04  | 2026-03-04
        """,
        application="""
            application_id | accepted_on | township_reviewed_on | publicity_from | decided_on
            skips          | 2026-03-02  | 2026-03-09           |                | 2026-03-05
        """,
    )
    assert found == {
        ("steps_out_of_order", "closed_at"): (1, ("w",)),
        ("steps_out_of_order", "decided_on"): (1, ("skips",)),
    }


def test_rows_after_the_load_are_told_but_limits_and_plans_lie_ahead():
    found = report(
        "2026-10-31",
        data_submission="""
            submission_id | due_at              | submitted_at
            today         | 2026-12-31          | 2026-10-31 23:59:59
            tomorrow      | 2026-12-31          | 2026-11-01 00:00:00
        """,
    )
    assert found == {("after_load", "submitted_at"): (1, ("tomorrow",))}
