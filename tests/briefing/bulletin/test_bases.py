"""The days that a bulletin compares with."""

from datetime import date

from briefing.bulletin.bases import bases, changes
from briefing.meeting.selection import Selection
from drawing import registry, snapshot_of
from drawn_meeting import A_YEAR_BEFORE, CUTOFF, D


def test_the_last_meetings_day_and_the_same_a_year_before(meeting):
    last, year = bases(meeting, Selection(D, CUTOFF))
    assert (last.dated, year.dated) == ("较上次会议（2026年7月31日）", "同比（2025年10月31日）")
    figures = {CUTOFF: 80.0, A_YEAR_BEFORE: 125.0}
    assert changes((last, year), 100.0, lambda day: figures[day.as_of], "人") == (
        "较上次会议增长25.00%，同比下降20.00%"
    )


def test_another_day_than_the_meetings_is_not_called_so(meeting):
    other, _ = bases(meeting, Selection(D, A_YEAR_BEFORE))
    assert other.dated == "较对比日（2025年10月31日）"


def test_without_a_day_nothing_compares(tmp_path):
    snapshot = snapshot_of(registry(), tmp_path, date(2026, 10, 31))
    compared = bases(snapshot, Selection(snapshot.as_of))
    assert [base.dated for base in compared] == ["较上次会议", "同比"]
    assert changes(compared, 100.0, lambda _: 1.0, "人", dated=True) == (
        "较上次会议无可比数据，同比无可比数据"
    )
