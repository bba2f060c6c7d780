"""What the definitions list is set aside, all else counts as it stands.

`docs/definitions.md`, “Which rows count”.
"""

import polars as pl

from data.quality.loading import load_frames
from data.quality.set_aside_rules import row_rules
from data.registry import contract
from drawing import draw, registry
from judged import findings, kept, load


def test_a_null_key():
    loaded = load(person="person_key | sex\n | male\na | male")
    assert kept(loaded, "person") == ["a"]
    assert findings(loaded, "person") == [("null_key", "person_key", 1, ("（空）",))]


def test_a_value_that_its_type_cannot_hold():
    people = draw("person", "person_key | sex\na | male\nb | male")
    birth_month = list(contract.polars_schema("person")).index("birth_month")
    people = people.with_columns(_wrong=pl.Series([0, 1 << birth_month], dtype=pl.UInt32))
    loaded = load_frames(registry() | {"person": people})
    assert kept(loaded, "person") == ["a"]
    assert findings(loaded, "person") == [("wrong_type", "birth_month", 1, ("b",))]


def test_a_key_of_the_wrong_type_is_not_a_null_key():
    rows = draw("region_population", "region_code | stat_year\n621202 |")
    rows = rows.with_columns(_wrong=pl.lit(0b10, pl.UInt32))
    loaded = load_frames(registry() | {"region_population": rows})
    assert loaded.rows_set_aside == {"region_population": {"wrong_type": 1}}


def test_a_spell_that_ends_before_it_starts():
    loaded = load(
        identification_spell="""
            spell_id | valid_from | valid_to
            ends     | 2026-03-02 | 2026-03-01
            empty    | 2026-03-02 | 2026-03-02
            open     | 2026-03-02 |
            no start |            | 2026-03-01
        """
    )
    assert kept(loaded, "identification_spell") == ["empty", "no start", "open"]
    assert loaded.rows_set_aside == {"identification_spell": {"reversed_spell": 1}}


def test_a_step_before_its_start_to_the_second():
    loaded = load(
        referral="""
            referral_id | sent_at             | accepted_at         | feedback_at
            early       | 2026-03-02 10:00:00 | 2026-03-02 09:59:59 | 2026-03-01 00:00:00
            same        | 2026-03-02 10:00:00 | 2026-03-02 10:00:00 |
            not sent    |                     | 2026-03-02 10:00:00 |
        """
    )
    assert kept(loaded, "referral") == ["not sent", "same"]
    assert findings(loaded, "referral") == [
        ("step_before_start", "accepted_at", 1, ("early",)),
        ("step_before_start", "feedback_at", 1, ("early",)),
    ]
    assert loaded.rows_set_aside == {"referral": {"step_before_start": 1}}


def test_a_date_and_a_timestamp_compare_by_day():
    loaded = load(
        application="""
            application_id | accepted_on | uploaded_at
            same day       | 2026-03-02  | 2026-03-02 00:00:01
            day before     | 2026-03-02  | 2026-03-01 23:59:59
        """,
        emergency_case="""
            case_id    | reported_at         | relieved_on | paperwork_done_on
            same day   | 2026-03-02 10:00:00 | 2026-03-02  | 2026-03-02
            day before | 2026-03-02 10:00:00 | 2026-03-01  |
            paperwork  | 2026-03-02 10:00:00 | 2026-03-05  | 2026-03-04
            unrelieved | 2026-03-02 10:00:00 |             | 2026-03-01
        """,
    )
    assert kept(loaded, "application") == ["same day"]
    assert kept(loaded, "emergency_case") == ["same day", "unrelieved"]


def test_steps_are_those_of_the_definitions():
    steps = {
        (table, rule.column)
        for table in contract.TABLES
        for rule in row_rules(table)
        if rule.name == "step_before_start"
    }
    assert len(steps) == 4 + 2 + 7 + 3 + 4 + 4
    reversed_tables = [
        table
        for table in contract.TABLES
        if any(rule.name == "reversed_spell" for rule in row_rules(table))
    ]
    assert reversed_tables == [
        "programme_policy",
        "identification_spell",
        "circumstance_spell",
        "benefit_spell",
    ]
