"""低保, 特困, 临时救助: literal sentences of a drawn registry."""

from briefing.bulletin.bases import bases
from briefing.bulletin.three_parts import aid, dibao, tekun
from briefing.meeting.selection import Selection
from drawing import registry, snapshot_of
from drawn_meeting import CUTOFF, D


def said(part, snapshot, **chosen):
    selection = Selection(D, CUTOFF, **chosen)
    (paragraph,) = part(snapshot, selection, bases(snapshot, selection))
    return paragraph.text


def test_dibao_in_households_and_persons_with_what_each_residence_gets(meeting):
    # b1 and b2 are of one household: (300 + 320) ÷ 2 = 310.
    assert said(dibao, meeting) == (
        "低保对象2户、3人，人数较上次会议增长50.00%，同比增长50.00%；"
        "其中城市低保1人，月人均补助水平480元；农村低保2人，月人均补助水平310元。"
    )


def test_a_residence_without_anybody_has_no_level(meeting):
    assert said(dibao, meeting, region="621202") == (
        "低保对象1户、2人，人数较上次会议持平，同比持平；"
        "其中城市低保0人；农村低保2人，月人均补助水平310元。"
    )


def test_tekun_in_households_and_persons(meeting):
    assert said(tekun, meeting) == (
        "特困人员2户、2人，人数较上次会议持平，同比增长100.00%；其中集中供养1人，分散供养1人。"
    )


def test_temporary_aid_since_january_compares_with_the_same_months_alone(meeting):
    # c1 and c2 against c3; (500 + 1500) ÷ 2 = 1000 against 800.
    assert said(aid, meeting) == (
        "2026年1月1日以来实施临时救助2人次，同比增长100.00%；"
        "人次均补助水平1000.00元，同比增长25.00%。"
    )
    assert said(aid, meeting, region="621221") == "2026年1月1日以来未发生临时救助。"


def test_a_source_that_is_not_connected_is_not_none(tmp_path):
    snapshot = snapshot_of(registry(), tmp_path, D)
    chosen = Selection(D)
    (paragraph,) = aid(snapshot, chosen, bases(snapshot, chosen))
    assert paragraph.text == "数据源未接入。"
