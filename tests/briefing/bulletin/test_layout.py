"""What Word and PDF have in common."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.bulletin import content, layout
from briefing.bulletin.document import Annex
from briefing.meeting.selection import Selection
from data.audit.by_hand import UNIT
from drawn_meeting import D
from exhibits.wording.mark import Mark
from marks import MARK


@pytest.fixture(scope="module")
def bulletin(meeting):
    return content.bulletin(meeting, Selection(D))


def test_the_foot_has_unit_and_day_and_an_account_only_where_there_is_one(bulletin):
    unit = "陇南市社会救助部门联席会议办公室　2026年11月24日"
    assert layout.foot(bulletin, MARK) == f"{unit}　市民政局 zhang　2026年11月24日 09:30导出"
    assert layout.foot(bulletin, replace(MARK, account="root", unit=UNIT)) == unit
    assert layout.foot(bulletin, Mark("", "", MARK.at)) == unit


def test_it_is_issued_on_the_day_in_china():
    assert layout.issued_on(Mark("", "", datetime(2026, 11, 23, 16, 0, tzinfo=UTC))) == (
        "2026年11月24日"
    )


def test_the_imprint_leaves_the_number_of_copies_blank(bulletin):
    assert layout.imprint(bulletin, MARK) == [
        ("抄送：市委社会工作部。", ""),
        ("陇南市社会救助部门联席会议办公室", "2026年11月24日印发"),
        ("", "共印　　份"),
    ]
    assert len(layout.imprint(replace(bulletin, copies=""), MARK)) == 2


@pytest.mark.parametrize("letters", [10, 15, 23, 40])
def test_a_title_fits_one_line(letters):
    assert layout.title_size("县" * letters) * letters <= layout.WIDTH


@pytest.mark.parametrize("text", ["县", "县区指标很长的名称" * 6])
def test_days_have_their_whole_length_and_all_columns_the_page(text):
    annex = Annex(
        "清单",
        ("事项", "责任单位", "地区", "完成时限", "状态", "涉及指标", "会议时", "现在"),
        ((text, text, "武都区", "2026.10.17", "已办结", text, "1.23万条", "100.00%"),),
        (True,) * 8,
    )
    shares = layout.shares(annex)
    ems = [share * layout.WIDTH / layout.size_of(annex) for share in shares]
    assert sum(shares) == pytest.approx(1)
    assert ems[3] >= 10 * 0.55
    assert ems[7] >= 7 * 0.55
