"""二、工作成效 and 三、存在问题."""

from briefing.bulletin import content, findings
from briefing.bulletin.document import section
from briefing.meeting.selection import Selection
from counted_days import stored as counted
from drawn_meeting import CUTOFF, D
from exhibits.attention.entries import entries
from exhibits.meeting.changes import moved
from queries.store.snapshot import open_snapshot


def texts(snapshot, number, **chosen):
    made = content.bulletin(snapshot, Selection(D, CUTOFF, **chosen))
    return [p.heading + p.text for p in made.sections[number].paragraphs]


def test_what_is_met_and_done_and_that_nothing_got_better(meeting):
    assert texts(meeting, 1) == [
        "本期无异常好转的指标。",
        "达标的主要指标1项：未转办逾期预警数0条，目标0条（系统默认）。",
        "已办结的议定事项1项：“新学年学生资助认定”（市教育局）。",
    ]


def test_an_entry_is_its_sentence_numbered(meeting):
    told = texts(meeting, 2)
    assert told[0] == (
        "（一）全市逾期未办结推送2件，逾期率66.67%，未达目标，较多的是市住建局。"
        "时限按各项目规定，未另行规定的20个工作日（系统默认：部门办理并反馈民政）。"
    )
    assert told[-1] == "本期无异常变差的指标。"


def test_who_needs_no_attention_is_said(meeting):
    assert texts(meeting, 2, region="621202")[0] == "无需提请关注的单位。"
    assert texts(meeting, 2, department="education")[0] == "市教育局无需提请关注的事项。"


def test_a_departments_edition_has_its_own_entries_alone(tmp_path):
    counted(
        tmp_path,
        D,
        """
        621200 unrouted 60 200
        621202 unrouted 50 60
        621221 unrouted 10 140
        """,
    )
    snapshot = open_snapshot(tmp_path, D)
    chosen = Selection(D)
    whole = findings.concerned(snapshot, chosen)
    assert [entry.unit for entry in whole] == ["621202"]
    assert findings.concerned(snapshot, Selection(D, department="housing")) == []


def test_every_indicator_that_a_rule_marks_stands_in_the_annex_and_three_in_the_text(stored):
    snapshot = open_snapshot(stored("demonstration"), D)
    chosen = Selection(D, CUTOFF)
    worse = moved(snapshot, chosen.scope, "concern").table
    better = moved(snapshot, chosen.scope, "improvement").table
    assert len(findings.changed(snapshot, chosen).rows) == worse.height + better.height
    text = next(t for t in texts(snapshot, 2) if t.startswith("异常变差的指标"))
    assert text.startswith(f"异常变差的指标{worse.height}项：")
    assert text.count("对比月末") == min(worse.height, findings.NAMED)
    assert "陇南市" not in text


def test_a_fault_is_named_once(meeting):
    left_out: list[str] = []
    made = section("存在问题", {"需要关注": lambda: entries(None, None)}, left_out)
    assert len(left_out) == 1
    assert made.paragraphs[0].text == "需要关注未列入，原因见文末。"
