"""Versions of limits and targets: a day is judged by the one that holds on it."""

from datetime import date

from data.reference.eligibility_rules import rules
from data.reference.policy_tables import limits, targets, warn_before
from edited_reference import replaced, versions

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)

OLD = {"valid_to": "2026-07-01"}
NEW = {"valid_from": "2026-07-01", "document_no": "陇民发〔2026〕12号"}


def test_as_shipped_one_version_holds_always():
    assert limits(BEFORE) == limits(AFTER) == limits()
    assert limits()["referral.feedback"] == 20
    assert targets()["I0723"] == (90.0, "系统默认")


def test_a_limit_changes_on_its_day(tmp_path):
    shorter = NEW | {"limit_value": "15", "warn_before": "2"}
    sla = versions("sla", {"step_code": "referral.feedback"}, OLD, shorter)
    with replaced(tmp_path, {"sla": sla}):
        assert [limits(day)["referral.feedback"] for day in (BEFORE, AFTER)] == [20, 15]
        assert [warn_before(day)["referral.feedback"] for day in (BEFORE, AFTER)] == [3, 2]


def test_a_target_may_end_and_begin(tmp_path):
    rows = versions("targets", {"id": "I0723"}, OLD, NEW | {"target": "95", "basis": "市级文件"})
    rows = [row | (OLD if row["id"] == "I0724" else {}) for row in rows]
    with replaced(tmp_path, {"targets": rows}):
        assert targets(BEFORE)["I0723"] == (90.0, "系统默认")
        assert targets(AFTER)["I0723"] == (95.0, "市级文件")
        assert "I0724" in targets(BEFORE) and "I0724" not in targets(AFTER)


def test_a_rule_changes_on_its_day(tmp_path):
    rows = versions("eligibility_rules", {"rule_id": "R0801"}, OLD, NEW | {"gap_basis": "no"})
    with replaced(tmp_path, {"eligibility_rules": rows}):
        basis = {
            day: [rule.gap_basis for rule in rules(day) if rule.id == "R0801"]
            for day in (BEFORE, AFTER)
        }
        assert basis == {BEFORE: ["yes"], AFTER: ["no"]}
        assert len(rules()) == 51
