"""一、总体情况 of a department, and the list of its overdue referrals."""

from dataclasses import replace

import pytest

from briefing.bulletin import content
from briefing.bulletin.department import annex_of_overdue
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D
from queries.access import AccessError, access


def overall(snapshot, department):
    made = content.bulletin(snapshot, Selection(D, CUTOFF, department=department))
    return {p.heading: p.text for p in made.sections[0].paragraphs}


def test_its_tasks_and_its_overdue_referrals(meeting):
    said = overall(meeting, "housing")
    assert said["承担任务。"] == "市住建局为责任单位的任务1项：任务9-3“专项社会救助”。"
    assert said["推送办理。"].startswith("截至2026年10月31日，签收及时率（当月）")
    assert said["逾期事项。"] == (
        "逾期未办结推送2件，按县区：武都区1件、成县1件；"
        "最早的应于2026年8月25日办结，已等待104个工作日。"
    )


def test_a_department_without_either(meeting):
    said = overall(meeting, "women_federation")
    assert said["承担任务。"] == "任务清单中没有由市妇联作为责任单位的任务。"
    assert said["逾期事项。"] == "无逾期未办结推送。"


def test_the_list_has_the_numbers_tail_and_what_is_overdue_alone(meeting):
    listed = annex_of_overdue(meeting, Selection(D, department="housing"))
    assert listed.head == (
        *("编号尾号", "县区", "乡镇", "类型", "建议项目", "应办结日", "已等待（工作日）"),
    )
    assert listed.rows == (
        ("000001", "武都区", "钟楼街道", "—", "公租房配租", "2026.08.25", "104"),
        ("000003", "成县", "城关镇", "—", "—", "2026.08.31", "60"),
    )
    assert "R0000" not in str(listed)


@pytest.mark.parametrize("role", [access("leader"), access("analyst"), access("partner")])
def test_who_may_list_no_cases_gets_none(meeting, role):
    with pytest.raises(AccessError, match="本角色不提供逐件清单"):
        annex_of_overdue(replace(meeting, access=role), Selection(D, department="housing"))
