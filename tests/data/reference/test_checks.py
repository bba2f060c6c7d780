"""What any edited table is checked for: its columns, its keys, its versions; a refusal says where."""

import pytest

from data.reference import checks
from data.reference.edited import check_edited
from data.reference.files import ConfigurationError
from edited_reference import FEEDBACK, RULE, in_folder, refusal, replaced, shipped, versions


def test_what_is_a_day_a_number_and_a_whole_number():
    assert [checks.is_day(text) for text in ("2026-07-01", "2026-7-1", "2026-02-30", None)] == [
        *(True, False, False, False)
    ]
    assert [checks.is_number(text) for text in ("0", "2.5", "-1", "inf", "nan", "x")] == [
        *(True, True, False, False, False, False)
    ]
    assert [checks.is_whole(text) for text in ("0", "12", "2.5", "-1", "３", None)] == [
        *(True, True, False, False, False, False)
    ]
    assert not checks.is_given(" ")


def test_a_refusal_names_the_line_as_a_spreadsheet_counts(tmp_path):
    rows = shipped("sla")
    rows[2]["limit_value"] = "十五"
    assert refusal(tmp_path, sla=rows) == "sla.csv，第4行，limit_value“十五”：须为0以上的整数"


def test_a_key_stands_once(tmp_path):
    again = next(row for row in shipped("departments") if row["dept_code"] == "health")
    assert refusal(tmp_path, departments=[*shipped("departments"), again]) == (
        "departments.csv，第14行，dept_code“health”：与第6行重复"
    )


def test_versions_do_not_overlap(tmp_path):
    overlapping = versions(
        "sla", FEEDBACK, {"valid_to": "2026-07-01"}, {"valid_from": "2026-06-01"}
    )
    assert refusal(tmp_path, sla=overlapping) == (
        "sla.csv，第54行，valid_from“2026-06-01”：与第53行的有效期重叠"
    )


def test_the_next_version_begins_on_the_day_on_which_the_last_ends(tmp_path):
    touching = versions("sla", FEEDBACK, {"valid_to": "2026-07-01"}, {"valid_from": "2026-07-01"})
    with replaced(tmp_path, {"sla": touching}):
        check_edited()


def test_a_limit_holds_on_every_day_and_a_rule_need_not(tmp_path):
    apart = [{"valid_to": "2026-07-01"}, {"valid_from": "2026-08-01"}]
    said = refusal(tmp_path, sla=versions("sla", FEEDBACK, *apart))
    assert said == ("sla.csv，第54行，valid_from“2026-08-01”：与第53行之间有空档，须首尾相接")
    with replaced(
        tmp_path / "2", {"eligibility_rules": versions("eligibility_rules", RULE, *apart)}
    ):
        check_edited()


def test_other_columns_are_refused(tmp_path):
    for row in (rows := shipped("sla")):
        row["limit"] = row.pop("limit_value")
    (tmp_path / "sla.csv").write_text(
        ",".join(rows[0]) + "\n" + "\n".join(",".join(row.values()) for row in rows),
        encoding="utf-8",
    )
    with in_folder(tmp_path), pytest.raises(ConfigurationError) as refused:
        check_edited()
    assert str(refused.value) == (
        f"{tmp_path}/sla.csv，第1行：缺少列limit_value；没有名为limit的列"
    )
