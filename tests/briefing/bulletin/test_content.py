"""The bulletin of every edition: its order, its names, what is left out of it and why."""

import re
from dataclasses import replace

import pytest

from briefing.bulletin import content
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D
from queries.access import WHOLE, access
from queries.store.snapshot import open_snapshot
from stores import STORES

SECTIONS = ["总体情况", "工作成效", "存在问题", "上次会议议定事项落实情况", "下一步要求"]

EDITIONS = [{}, {"region": "621202"}, {"region": "621202001"}, {"department": "housing"}]

#: What stands where a name or a figure is missing.
MISSING = re.compile(r"None|nan|“”|（）|：；|，，|；；|。。|：。")


def told(bulletin) -> str:
    paragraphs = [p for section in bulletin.sections for p in section.paragraphs]
    return "\n".join(p.heading + p.text + p.note for p in paragraphs)


@pytest.mark.parametrize("chosen", EDITIONS)
@pytest.mark.parametrize("registry", STORES)
def test_every_edition_of_every_registry_has_all_sections_and_no_gap(stored, registry, chosen):
    snapshot = open_snapshot(stored(registry), D)
    made = content.bulletin(snapshot, Selection(D, **chosen))
    assert [section.title for section in made.sections] == SECTIONS
    assert all(section.paragraphs for section in made.sections)
    assert not MISSING.search(told(made))
    assert made.left_out == ()


def test_a_departments_edition_is_named_as_material_and_goes_to_it(meeting):
    made = content.bulletin(meeting, Selection(D, CUTOFF, department="housing"))
    assert made.title == "陇南市社会救助部门联席会议专题材料（市住建局）"
    assert (made.recipients, made.copies) == ("市住建局", "市民政局")
    assert [annex.title for annex in made.annexes] == [
        "承担任务落实情况",
        "逾期未办结推送清单",
        "上次会议议定事项落实情况",
    ]


def test_the_citys_edition_has_its_annexes_and_says_both_days(meeting):
    made = content.bulletin(meeting, Selection(D, CUTOFF))
    assert made.title == "陇南市社会救助部门联席会议简报"
    assert made.day == "（截至2026年10月31日）"
    assert made.issuer == "陇南市社会救助部门联席会议办公室"
    titles = [annex.title for annex in made.annexes]
    assert titles == ["主要指标", "县区指标对照", "上次会议议定事项落实情况"]
    assert "较上次会议（2026年7月31日）" in told(made)
    assert "同比（2025年10月31日）" in told(made)


@pytest.mark.parametrize(
    ("role", "chosen", "left_out"),
    [
        (access("leader"), {"department": "housing"}, ["逾期未办结推送清单：本角色不提供逐件清单"]),
        (access("county", "621202"), {}, []),
        (access("department", department="housing"), {}, []),
    ],
)
def test_what_a_role_may_not_see_is_a_line(meeting, role, chosen, left_out):
    made = content.bulletin(replace(meeting, access=role), Selection(D, CUTOFF, **chosen))
    assert list(made.left_out) == left_out
    assert not MISSING.search(told(made))


def test_the_open_edition_says_what_it_lacks_and_what_a_star_is(meeting):
    snapshot = replace(meeting, access=WHOLE.in_open_edition())
    made = content.bulletin(snapshot, Selection(D, CUTOFF, region="621202"))
    register, dibao, *_ = made.sections[0].paragraphs
    assert register.text == (
        "截至2026年10月31日，武都区共有低收入家庭*户、低收入人口*，"
        "较上次会议（2026年7月31日）无可比数据，同比（2025年10月31日）无可比数据；"
        "按主类别，低保对象*。"
    )
    assert dibao.text == (
        "低保对象*户、*人，人数较上次会议无可比数据，同比无可比数据；其中城市低保0人；农村低保*人。"
    )
    assert register.note.endswith(
        "公开口径：1–7以*表示，其他计数取最接近的5的倍数，比率按取整后的计数计算。"
    )
    assert "公开口径" in made.identity
    department = content.bulletin(snapshot, Selection(D, CUTOFF, department="housing"))
    assert department.left_out == ("逾期未办结推送清单：本角色不提供逐件清单",)
    assert "逾期未办结推送清单未列入，原因见文末。" in told(department)


def test_a_fault_in_one_part_leaves_the_rest_and_never_says_that_there_is_nothing(
    meeting, monkeypatch
):
    def broken(*_given):
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("briefing.meeting.selection.agenda", broken)
    made = content.bulletin(meeting, Selection(D, CUTOFF))
    assert made.sections[-1].paragraphs[0].text == "议题未列入，原因见文末。"
    assert [line.split("：")[0] for line in made.left_out] == ["议题"]
    assert "a fault of ours" not in told(made)
