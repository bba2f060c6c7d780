"""四、上次会议议定事项落实情况 and 五、下一步要求."""

from briefing.bulletin import content
from briefing.meeting.selection import Line, Selection
from drawn_meeting import CUTOFF, D
from exhibits.meeting.agenda_item import Item


def texts(snapshot, number, **chosen):
    made = content.bulletin(snapshot, Selection(D, CUTOFF, **chosen))
    return [p.heading + p.text for p in made.sections[number].paragraphs]


def test_decisions_are_counted_and_the_overdue_ones_named_with_their_indicator(meeting):
    assert texts(meeting, 3) == [
        "列入跟踪的议定事项4项：已办结1项，办理中1项，逾期2项；"
        "逾期最久的是“低保对象动态核查”（各县区人民政府，应于2026年10月17日办结）。",
        "（一）武都区“低保对象动态核查”，责任单位各县区人民政府，应于2026年10月17日办结；"
        "低收入人口总数会议时2人，现为2人。",
        "（二）“住房部门逾期件清理”，责任单位市住建局，应于2026年10月20日办结；"
        "逾期未办结推送数会议时0件，现为2件。",
    ]
    assert texts(meeting, 3, department="women_federation") == ["无由该单位负责的议定事项。"]


def test_a_topic_is_its_subject_its_state_and_what_is_proposed(meeting):
    assert texts(meeting, 4, department="housing") == [
        "提请会议研究以下议题1项，请责任单位按建议时限办结。",
        "（一）逾期议定事项1项。",
        "现状：“住房部门逾期件清理”超过完成时限未办结。",
        "建议：说明原因，重新明确完成时限。责任单位：市住建局；建议时限：2026年11月27日。",
    ]


def test_of_what_stands_above_the_main_figures_are_said_again(meeting):
    assert texts(meeting, 4)[2] == (
        "现状：逾期率66.67%，未达目标，较多的是市住建局；详见“存在问题”（一）。"
    )


def test_five_topics_in_full_and_a_line_for_each_further(meeting, monkeypatch):
    items = tuple(
        Item(
            f"k{i}",
            "own",
            f"事由{i}",
            "情况。",
            "housing",
            "办。",
            "成县",
            "2026年11月27日",
            None,
            "市民政局",
        )
        for i in range(1, 8)
    )
    monkeypatch.setattr("briefing.meeting.selection.agenda", lambda *_: items)
    told = texts(meeting, 4)
    acting = "责任单位：市住建局；配合单位：市民政局；县区：成县；建议时限：2026年11月27日。"
    assert told[0] == "提请会议研究以下议题5项，请责任单位按建议时限办结。"
    assert told[1:4] == ["（一）事由1。", "现状：情况。", f"建议：办。{acting}"]
    assert told[-2:] == [f"（六）事由6。{acting}", f"（七）事由7。{acting}"]
    assert len(told) == 1 + 5 * 3 + 2


def test_a_line_of_the_office_has_no_empty_parts(meeting):
    own = Line("own-1", "研究住房救助。")
    struck = Line("overdue-housing", struck=True)
    told = texts(meeting, 4, department="housing", agenda=(own, struck))
    assert told == ["提请会议研究以下议题1项，请责任单位按建议时限办结。", "（一）研究住房救助。"]


def test_without_topics_it_says_so(meeting):
    assert texts(meeting, 4, department="women_federation") == ["本期无提请会议研究的议题。"]
