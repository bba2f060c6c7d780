"""The annexes: tables that fit a page upright."""

from briefing.bulletin.annexes import annexes
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D


def test_counties_are_columns_and_no_column_is_cut(meeting):
    left_out: list[str] = []
    headline, counties, decided = annexes(meeting, Selection(D, CUTOFF), left_out)
    assert left_out == []
    assert headline.head == ("指标", "数值", "较上次会议", "同比", "目标")
    assert headline.rows[:2] == (
        ("低收入家庭户数", "4户", "增长33.33%", "增长100.00%", "—"),
        ("低收入人口总数", "5人", "增长25.00%", "增长66.67%", "—"),
    )
    assert headline.note == (
        "较上次会议（2026年7月31日）；同比（2025年10月31日）；"
        "流量指标统计期为当月（2026年10月1日至2026年10月31日）。"
    )
    assert counties.head == ("指标", "全市", "武都区", "成县")
    assert counties.rows[0] == ("低收入人口总数（人）", "5", "2", "3")
    assert decided.head == (
        *("事项", "责任单位", "地区", "完成时限", "状态", "涉及指标", "会议时", "现在"),
    )
    assert decided.rows[1] == (
        *("低保对象动态核查", "各县区人民政府", "武都区", "2026.10.17", "逾期"),
        *("低收入人口总数", "2人", "2人"),
    )
    assert all(
        len(row) == len(each.head) for each in (headline, counties, decided) for row in each.rows
    )


def test_a_countys_edition_compares_no_counties(meeting):
    titles = [a.title for a in annexes(meeting, Selection(D, CUTOFF, region="621202"), [])]
    assert titles == ["主要指标", "上次会议议定事项落实情况"]
