"""What an office may edit: a wrong value is refused with its file, line and value."""

import runpy
from datetime import date
from pathlib import Path

import pytest

from data.reference import policy_tables
from data.reference.edited import check_edited
from data.reference.edited import replaced as replaced_tables
from data.reference.files import ConfigurationError
from edited_reference import (
    FEEDBACK,
    RULE,
    changed,
    in_folder,
    refusal,
    replaced,
    shipped,
    versions,
)
from pages.shared.sign_in import authentication_mode
from queries.__main__ import main
from queries.cubes.own_limits import response_limits

ROOT = Path(__file__).parents[3]

TEKUN = {"table": "identification_spell", "column": "category_code", "code": "tekun"}
FIRST_HALF = {"valid_from": "2026-01-01", "valid_to": "2026-07-01"}


def test_the_tables_as_shipped_are_right():
    check_edited()
    assert replaced_tables() == []


@pytest.mark.parametrize(
    ("name", "key", "values", "why"),
    [
        ("sla", FEEDBACK, {"limit_value": "x"}, "limit_value“x”：须为0以上的整数"),
        ("sla", FEEDBACK, {"limit_value": "2.5"}, "limit_value“2.5”：须为0以上的整数"),
        ("sla", FEEDBACK, {"limit_value": "-3"}, "limit_value“-3”：须为0以上的整数"),
        ("sla", FEEDBACK, {"limit_value": ""}, "limit_value“”：须为0以上的整数"),
        ("sla", FEEDBACK, {"warn_before": "soon"}, "warn_before“soon”：须为0以上的整数，或留空"),
        ("sla", FEEDBACK, {"limit_unit": "day"}, "limit_unit“day”：该时限按workday计算"),
        ("sla", FEEDBACK, {"basis": "law"}, "basis“law”：须为statute、reference、default之一"),
        ("sla", FEEDBACK, {"step_code": "referral.fedback"}, "“referral.fedback”：没有这个时限"),
        ("sla", FEEDBACK, {"valid_from": "2026-07-01"}, "“2026-07-01”：最早的一行须留空"),
        ("sla", FEEDBACK, {"valid_to": "2026-07-01"}, "“2026-07-01”：最晚的一行须留空"),
        (
            "sla",
            FEEDBACK,
            {"valid_from": "2026/7/1"},
            "“2026/7/1”：须为2026-07-01这样的日期，或留空",
        ),
        ("targets", {"id": "I0723"}, {"target": "ninety"}, "target“ninety”：须为0以上的数"),
        ("targets", {"id": "I0723"}, {"target": "nan"}, "target“nan”：须为0以上的数"),
        ("targets", {"id": "I0723"}, {"target": "-1"}, "target“-1”：须为0以上的数"),
        ("targets", {"id": "I0723"}, {"id": "I9999"}, "id“I9999”：没有这个指标"),
        (
            "targets",
            {"id": "I0723"},
            {"valid_from": "2026-07-01", "valid_to": "2026-07-01"},
            "valid_to“2026-07-01”：须晚于valid_from",
        ),
        (
            "definitions_zh",
            {"id": "I0104"},
            {"limit": "application"},
            "“application”：没有这个时限",
        ),
        ("definitions_zh", {"id": "I0104"}, {"tables": "applications"}, "：没有这个数据表"),
        ("definitions_zh", {"id": "I0104"}, {"numerator": ""}, "numerator“”：不能为空"),
        ("codes", TEKUN, {"label_zh": " "}, "：名称不能为空"),
        ("codes", TEKUN, {"column": "kind"}, "，tekun，”的行"),
        ("departments", {"dept_code": "health"}, {"member": "yes"}, "member“yes”：须为1"),
        ("departments", {"dept_code": "health"}, {"sort_order": "5a"}, "：须为0以上的整数"),
        ("departments", {"dept_code": "health"}, {"valid_from": "today"}, "“today”：须为2026"),
        (
            "departments",
            {"dept_code": "health"},
            {"successor_code": "agriculture"},
            "successor_code“agriculture”：没有这个部门",
        ),
        ("departments", {"dept_code": "health"}, {"successor_code": "health"}, "：承接关系成环"),
        ("departments", {"dept_code": "health"}, {"dept_code": "wsj"}, "“health”的行"),
        ("programmes", {"programme_code": "P0931"}, {"response_limit": "x"}, "：须为0以上的整数"),
        ("programmes", {"programme_code": "P0931"}, {"operating_dept": "x"}, "“x”：没有这个部门"),
        ("programmes", {"programme_code": "P0931"}, {"covered_by": "P0931|P9"}, "：没有这个项目"),
        ("programmes", {"programme_code": "P0931"}, {"coverage_window": "x"}, "“x”：须为"),
        ("programmes", {"programme_code": "P0931"}, {"payout_due": "02-30"}, "“02-30”：须为03-31"),
        ("programmes", {"programme_code": "P1201"}, {"season_end": "02-29"}, "“02-29”：须为03-31"),
        ("programmes", {"programme_code": "P1201"}, {"grace_months": "two"}, "：须为0以上的整数"),
        ("hardship_events", {"event_code": "death"}, {"label_zh": ""}, "：名称不能为空"),
        ("eligibility_rules", RULE, {"valid_from": "July"}, "“July”：须为2026-07-01"),
    ],
)
def test_a_wrong_value_is_refused(tmp_path, name, key, values, why):
    said = refusal(tmp_path, **{name: changed(name, key, **values)})
    assert said.startswith(f"{name}.csv")
    assert why in said


@pytest.mark.parametrize(
    ("name", "row", "why"),
    [
        ("levels", {"indicator": "I9", "group": "621200"}, "indicator“I9”：没有这个指标"),
        ("levels", {"indicator": "I0711", "group": "62"}, "group“62”：没有这个地区"),
        (
            "levels",
            {"indicator": "I0711", "group": "621200", "from": "2026-03", "reason": "新系统"},
            "from“2026-03”：须为2026-07-01这样的日期",
        ),
        (
            "levels",
            {"indicator": "I0711", "group": "housing", "from": "2026-03-01"},
            "reason“”：不能为空",
        ),
        (
            "notes",
            {"indicator": "I0711", "group": "9-1", "day": "", "text": "会议"},
            "day“”：须为2026-07-01这样的日期",
        ),
        (
            "notes",
            {"indicator": "I0711", "group": "P0801", "day": "2026-03-01", "text": " "},
            "text“ ”：不能为空",
        ),
    ],
)
def test_a_wrong_level_or_note_is_refused(tmp_path, name, row, why):
    assert why in refusal(tmp_path, **{name: [row]})


def test_a_level_stands_once(tmp_path):
    level = {"indicator": "I0711", "group": "621200", "from": "2026-03-01", "reason": "新系统"}
    assert refusal(tmp_path, levels=[level, level]) == (
        "levels.csv，第3行，indicator+group+from“I0711，621200，2026-03-01”：与第2行重复"
    )


#: A limit of a programme, which has another one in its row.
OWN = {
    **{"step_code": "referral.feedback.P0931", "limit_value": "45", "limit_unit": "workday"},
    **{"basis": "default", "valid_from": "2026-07-01"},
}


def test_a_programme_s_own_limit_has_versions_and_need_not_hold_on_every_day(tmp_path):
    with replaced(tmp_path, {"sla": [*shipped("sla"), OWN]}):
        check_edited()
        before, since = (policy_tables.limits(date(2026, month, 30)) for month in (6, 7))
        assert response_limits(before)["P0931"] == 60
        assert response_limits(since)["P0931"] == 45


def test_a_limit_of_a_programme_that_is_none_is_refused(tmp_path):
    unknown = OWN | {"step_code": "referral.feedback.P9999"}
    said = refusal(tmp_path, sla=[*shipped("sla"), unknown])
    assert "“referral.feedback.P9999”：没有这个时限" in said


def test_the_same_rule_twice_is_refused(tmp_path):
    twice = versions("eligibility_rules", RULE, FIRST_HALF, {})
    assert "的有效期重叠" in refusal(tmp_path, eligibility_rules=twice)


def test_departments_that_succeed_each_other_are_refused(tmp_path):
    rows = shipped("departments")
    for row in rows:
        if row["dept_code"] in ("health", "education"):
            row["successor_code"] = {"health": "education", "education": "health"}[row["dept_code"]]
    assert refusal(tmp_path, departments=rows) == (
        "departments.csv，第3行，successor_code“health”：承接关系成环"
    )


def test_a_file_that_nothing_reads_is_refused(tmp_path):
    (tmp_path / "target.csv").write_text("id,target\n", encoding="utf-8")
    with (
        in_folder(tmp_path),
        pytest.raises(ConfigurationError, match=r"target.csv：不是可以替换的表"),
    ):
        check_edited()
    with in_folder(tmp_path / "none"), pytest.raises(ConfigurationError, match="没有这个目录"):
        check_edited()


def test_neither_a_refresh_nor_the_board_begins_with_a_wrong_limit(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(authentication_mode, "refusal", lambda address: "")
    with replaced(tmp_path, {"sla": changed("sla", FEEDBACK, limit_value="x")}):
        assert main(["refresh", "--snapshot", str(tmp_path / "store")]) == 1
        assert "sla.csv，第53行，limit_value“x”" in capsys.readouterr().err
        with pytest.raises(SystemExit, match=r"does not start: .*sla.csv，第53行"):
            runpy.run_path(str(ROOT / "dashboard.py"))
    assert not (tmp_path / "store").exists()
