"""Whom each edition goes to."""

import pytest

from briefing.bulletin.recipients import recipients
from briefing.meeting.selection import Selection
from drawn_meeting import D


@pytest.mark.parametrize(
    ("chosen", "to"),
    [
        ({}, ("各成员单位，各县（区）人民政府", "市委社会工作部")),
        ({"region": "621202"}, ("武都区人民政府", "武都区民政局")),
        ({"region": "621202001"}, ("武都区钟楼街道", "武都区人民政府")),
        ({"department": "housing"}, ("市住建局", "市民政局")),
        ({"department": "civil_affairs"}, ("市民政局", "")),
    ],
)
def test_main_recipient_and_copies(meeting, chosen, to):
    assert recipients(meeting, Selection(D, **chosen)) == to
