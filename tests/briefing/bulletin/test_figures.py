"""Indicators of a bulletin: what stands beside a figure."""

from briefing.bulletin.bases import bases
from briefing.bulletin.figures import figures, own_figures
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D
from queries.store.snapshot import open_snapshot


def sentences(snapshot, ids, **chosen):
    selection = Selection(D, CUTOFF, period="since_meeting", **chosen)
    return [each.sentence for each in figures(snapshot, selection, bases(snapshot, selection), ids)]


def test_a_departments_own_figure_and_a_median_that_half_have_not_reached(meeting):
    assert sentences(meeting, ("I0723", "I0721", "I0724"), department="housing") == [
        "部门按时响应率（上次会议以来）0.00%，较上次会议无可比数据，同比无可比数据，"
        "目标90%（系统默认），未达标",
        "部门响应用时中位数（上次会议以来）尚未达到（办结不足半数）",
        "逾期未办结推送数2件，较上次会议新增2件，同比新增2件，目标0件（系统默认），未达标",
    ]


def test_a_figure_that_is_not_known_is_not_judged(meeting):
    assert sentences(meeting, ("I0723",), department="women_federation") == [
        "部门按时响应率（上次会议以来）无此类事项"
    ]


def test_a_count_of_open_work_shows_the_earlier_one(stored):
    snapshot = open_snapshot(stored("demonstration"), D)
    chosen = Selection(D, CUTOFF)
    (unrouted,) = [f for f in own_figures(snapshot, chosen) if f.name == "未转办预警数"]
    base, changed = unrouted.changes[0]
    earlier = figures(snapshot.at(CUTOFF), Selection(CUTOFF), (), ("I0707",))[0]
    assert base == "较上次会议"
    assert changed.endswith(f"（原{earlier.value.split('（')[0]}）")
