"""一、总体情况: literal sentences of a drawn registry."""

from briefing.bulletin import content
from briefing.meeting.selection import Selection
from drawing import registry, snapshot_of
from drawn_meeting import CUTOFF, D


def overall(snapshot, **chosen):
    made = content.bulletin(snapshot, Selection(D, period="since_meeting", **chosen))
    return {p.heading: (p.text, p.note) for p in made.sections[0].paragraphs}


def test_the_register_with_both_changes_and_its_note_apart(meeting):
    assert overall(meeting, compared=CUTOFF)[""] == (
        "截至2026年10月31日，全市共有低收入家庭4户、低收入人口5人，"
        "较上次会议（2026年7月31日）增长25.00%，同比（2025年10月31日）增长66.67%；"
        "按主类别，特困人员2人、低保对象3人。",
        "按主类别归类，各类别有交叉，合计已去重。",
    )


def test_headline_figures_follow_with_their_period_in_a_note(meeting):
    said = overall(meeting, compared=CUTOFF)
    assert list(said)[4:] == ["救助覆盖。", "预警处置。", "部门办理。"]
    assert said["救助覆盖。"] == (
        "应救未救人数2人，较上次会议持平，同比增长100.00%；"
        "救助覆盖率60.00%，较上次会议上升10.00个百分点，同比下降6.67个百分点，"
        "目标95%（系统默认），未达标；覆盖率未达标项目数0个，较上次会议持平，同比持平。",
        "应救未救按规则筛查、待核实；仅指在册人员。",
    )
    assert said["部门办理。"][1] == ("统计期为上次会议以来（2026年8月1日至2026年10月31日）。")


def test_a_county_is_called_by_its_name(meeting):
    text, _ = overall(meeting, compared=CUTOFF, region="621202")[""]
    assert text.startswith("截至2026年10月31日，武都区共有低收入家庭1户、低收入人口2人，")


def test_an_empty_registry_says_so(tmp_path):
    snapshot = snapshot_of(registry(), tmp_path, D)
    made = content.bulletin(snapshot, Selection(D))
    first, dibao, tekun, aid, *_ = made.sections[0].paragraphs
    assert first.text == (
        "截至2026年10月31日，全市共有低收入家庭0户、低收入人口0人，"
        "较上次会议无可比数据，同比无可比数据。"
    )
    assert first.note == ""
    assert dibao.text == "无在册低保对象。"
    assert tekun.text == "无在册特困人员。"
    assert aid.text == "数据源未接入。"
