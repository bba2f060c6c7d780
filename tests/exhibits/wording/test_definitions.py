"""Definitions name every version of a limit and of a target."""

from edited_reference import replaced, versions
from exhibits.wording.definitions import limit, target

OLD = {"valid_to": "2026-07-01"}
NEW = {"valid_from": "2026-07-01", "document_no": "陇民发〔2026〕12号"}


def test_a_limit_with_its_basis():
    assert limit("referral.accept") == "时限2个工作日（系统默认：部门签收）"
    assert target("I0723") == "90%（系统默认）"
    assert target("I0101") == ""


def test_versions_stand_one_after_another(tmp_path):
    tables = {
        "sla": versions(
            "sla",
            {"step_code": "referral.feedback"},
            NEW | {"limit_value": "15", "basis": "reference"},
            OLD,
        ),
        "targets": versions("targets", {"id": "I0723"}, OLD, NEW | {"target": "95"}),
    }
    with replaced(tmp_path, tables):
        assert limit("referral.feedback") == (
            "时限按各项目规定，未另行规定的20个工作日（系统默认：部门办理并反馈民政，至2026年6月30日）；"
            "15个工作日（外省参照：部门办理并反馈民政，自2026年7月1日起，陇民发〔2026〕12号）"
        )
        assert target("I0723") == (
            "90%（系统默认，至2026年6月30日）；95%（系统默认，自2026年7月1日起，陇民发〔2026〕12号）"
        )
