"""Closed lists of codes, and a row whose code is in none."""

import pytest

from data.reference import policy_tables
from data.registry import codes, contract
from judged import findings, kept, load


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
