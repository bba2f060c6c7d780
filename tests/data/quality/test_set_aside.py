"""What the definitions list is set aside, all else counts as it stands.

`docs/definitions.md`, “Which rows count”.
"""

from datetime import date

import polars as pl
import pytest

from data.quality import foreign_keys
from data.quality.findings import RULES
from data.quality.loading import load_frames, with_report
from data.quality.set_aside_rules import row_rules
from data.reference import policy_tables
from data.registry import codes, contract
from drawing import draw, registry


def kept(loaded, table):
    """Keys of the rows that count."""
    keys = contract.key_of(table)
    rows = loaded.frames[table].select(keys).sort(keys).collect().rows()
    return [row[0] if len(keys) == 1 else row for row in rows]


def findings(loaded, table):
    """rule, column, rows, examples of a table's findings."""
    return [
        (each.rule, each.column, each.rows, each.examples)
        for each in loaded.findings
        if each.table == table
    ]


def load(**tables):
    return load_frames(registry(**tables))


def report(today="2026-10-31", **tables):
    """Findings of the rules that only report; nothing may be set aside by them."""
    loaded = with_report(load(**tables), date.fromisoformat(today))
    assert loaded.set_aside() == 0
    assert not any(each.set_aside for each in loaded.findings)
    return {(each.rule, each.column): (each.rows, each.examples) for each in loaded.findings}


def test_a_clean_table_is_kept_whole():
    loaded = load(person="person_key | sex  | birth_month\na | male | 1990-05-01\nb | | ")
    assert kept(loaded, "person") == ["a", "b"]
    assert loaded.rows_set_aside == {}
    assert loaded.findings == []


def test_a_null_key():
    loaded = load(person="person_key | sex\n | male\na | male")
    assert kept(loaded, "person") == ["a"]
    assert findings(loaded, "person") == [("null_key", "person_key", 1, ("（空）",))]


def test_a_repeated_key_sets_aside_all_its_rows():
    loaded = load(person="person_key | sex\na | male\na | male\na | female\nb | male")
    assert kept(loaded, "person") == ["b"]
    assert loaded.rows_set_aside == {"person": {"duplicate_key": 3}}


def test_a_key_of_several_columns_is_repeated_as_a_whole():
    loaded = load(
        region_population="""
            region_code | stat_year | registered_population
            621202      | 2024      | 1
            621202      | 2025      | 2
            621221      | 2024      | 3
            621221      | 2024      | 3
            621221      |           | 3
        """
    )
    assert kept(loaded, "region_population") == [("621202", 2024), ("621202", 2025)]
    assert findings(loaded, "region_population") == [
        ("null_key", "stat_year", 1, ("621221|（空）",)),
        ("duplicate_key", "region_code+stat_year", 2, ("621221|2024", "621221|2024")),
    ]


def test_a_repeated_key_counts_rows_that_are_set_aside_for_another_reason():
    loaded = load(person="person_key | sex\na | man\na | male")
    assert loaded.rows_set_aside == {"person": {"unknown_code": 1, "duplicate_key": 2}}
    assert loaded.set_aside("person") == 2


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


def test_a_code_outside_its_list_and_null_which_is_none():
    loaded = load(person="person_key | sex\na | male\nb | M\nc |")
    assert kept(loaded, "person") == ["a", "c"]
    assert findings(loaded, "person") == [("unknown_code", "sex", 1, ("b",))]


def test_two_unknown_codes_in_a_row_are_one_row():
    loaded = load(warning="warning_id | direction | kind_code\nw | in | poor")
    assert loaded.rows_set_aside == {"warning": {"unknown_code": 1}}
    assert [each[1] for each in findings(loaded, "warning")] == ["direction", "kind_code"]


def test_kinds_of_warning_are_one_list_for_both_directions():
    loaded = load(warning="warning_id | direction | kind_code\nw | entry | death")
    assert kept(loaded, "warning") == ["w"]


def test_attributes_are_closed_for_each_circumstance():
    loaded = load(
        circumstance_spell="""
            spell_id | circumstance_code | attr1   | attr2
            1        | disability        | 4       | mental
            2        | disability        | primary |
            3        | disability        | 1       | autism
            4        | student           | primary | anything
            5        | student           | 1       |
            6        | unemployed        | anything| anything
            7        |                   | anything|
            8        | disability        |         |
        """
    )
    assert kept(loaded, "circumstance_spell") == ["1", "4", "6", "7", "8"]


def test_lists_that_are_made_of_other_lists():
    loaded = load(
        application="application_id | applied_for\na | dibao\nb | P1201\nc | any\nd |",
        programme_policy="""
            programme_code | region_code | category_code | in_scope | valid_from
            P1201          | 621202      | any           | 1        | 2026-01-01
            P1201          | 621202      | dibao         | 2        | 2026-01-01
            P1201          | 621202      | poor          | 0        | 2026-01-01
            P9999          | 621202      | any           | 0        | 2026-01-01
        """,
        emergency_case="case_id | programme_code\na | P1001\nb | P1201",
        meeting_item="item_id | task_row\na | 9-1\nb | 9",
        hardship_event="event_id | event_code\na | never_heard_of",
    )
    assert kept(loaded, "application") == ["a", "b", "d"]
    assert [row[0] for row in kept(loaded, "programme_policy")] == ["P1201", "P9999"]
    assert kept(loaded, "emergency_case") == ["a"]
    assert kept(loaded, "meeting_item") == ["a"]
    assert kept(loaded, "hardship_event") == ["a"]


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


def test_references_that_lead_nowhere_count_as_they_stand():
    found = report(
        person="person_key\na",
        benefit_spell="""
            spell_id | person_key | programme_code | region_code
            1        | a          | P0801          | 621202001
            2        | nobody     | P9999          | 999999
            3        |            |                |
        """,
        referral="referral_id | to_dept | warning_id\nr | health | nothing\ns | nobody |",
    )
    assert found == {
        ("orphan_reference", "person_key"): (1, ("2",)),
        ("orphan_reference", "programme_code"): (1, ("2",)),
        ("orphan_reference", "region_code"): (1, ("2",)),
        ("orphan_reference", "to_dept"): (1, ("s",)),
        ("orphan_reference", "warning_id"): (1, ("r",)),
    }


def test_what_a_case_comes_from_is_looked_for_by_its_type():
    found = report(
        warning="warning_id\nx",
        referral="referral_id\ny",
        coordination_case="""
            case_id | source_type | source_id
            1       | warning     | x
            2       | referral    | x
            3       | referral    | y
            4       | appeal      | not connected, so not known
        """,
    )
    assert found == {("orphan_reference", "source_id"): (1, ("2",))}


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


def test_every_code_of_the_lists_is_in_the_contract_and_has_a_chinese_name():
    for row in codes.reference_table("codes").iter_rows(named=True):
        note = contract.TABLES[row["table"]].columns[row["column"]].info["allowed_or_note"]
        written = row["code"][:-1] if row["code"].startswith("rural_class") else row["code"]
        assert written in note or (row["code"] in "1234" and "1-4" in note)
        assert row["label_zh"]


@pytest.mark.parametrize(
    ("column", "code", "label"),
    [("category_code", "dibao", "低保对象"), ("sub_code", "rural_class_4", "农村低保四类")],
)
def test_labels_are_those_of_the_contract(column, code, label):
    assert policy_tables.labels("identification_spell", column)[code] == label


def test_every_slash_separated_list_of_the_contract_is_closed_or_known_to_be_open():
    listed = {
        (name, column.name)
        for name, table in contract.TABLES.items()
        for column in table.columns
        if "/" in (column.info["allowed_or_note"] or "")
    }
    not_lists = {("region", "region_code")}
    open_lists = {
        ("hardship_event", "event_code"),
        ("match_run", "dataset_code"),
        ("data_submission", "dept_code"),
    }
    assert listed - not_lists - open_lists <= set(codes.columns_with_lists())


def test_every_foreign_key_leads_somewhere():
    nowhere = [
        (name, column.name)
        for name, table in contract.TABLES.items()
        for column in table.columns
        if column.info["key"] == "FK" and not foreign_keys.target_of(name, column.name)
    ]
    assert nowhere == [("emergency_case", "programme_code"), ("service_record", "programme_code")]


def test_every_rule_says_what_to_do():
    assert all(all(texts) for texts in RULES.values())
