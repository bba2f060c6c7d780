"""低保, 特困, 临时救助: the three parts of the published bulletins, with both changes."""

from collections.abc import Iterator

from briefing.bulletin.bases import Base, changes
from briefing.bulletin.document import Paragraph
from briefing.meeting.selection import Selection
from exhibits.permitted import require
from exhibits.wording import words
from exhibits.wording.figures import households
from queries.answers.bulletin import Bulletin, bulletin, tekun_households
from queries.store.snapshot import Snapshot


def _of(snapshot: Snapshot, chosen: Selection) -> Bulletin:
    """The figures of the edition's region; AccessError."""
    require(snapshot, "dibao", chosen.scope.region.level)
    return bulletin(snapshot, chosen.region)


def dibao(snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]) -> Iterator[Paragraph]:
    """低保对象9.74万户、22.58万人，人数较上次会议…，同比…；其中城市低保…，月人均补助水平…"""
    now = _of(snapshot, chosen)
    if now.dibao == 0:
        yield Paragraph("无在册低保对象。", "最低生活保障。")
        return
    changed = changes(compared, now.dibao, lambda day: _of(day, chosen).dibao, "人")
    known = now.dibao_households is not None or "dibao_households" in now.suppressed
    homes = f"{words.count(now.dibao_households, '户')}、" if known else ""
    urban = f"城市低保{words.count(now.dibao_urban, '人')}{_support(now.support_urban)}"
    rural = f"农村低保{words.count(now.dibao_rural, '人')}{_support(now.support_rural)}"
    yield Paragraph(
        f"低保对象{homes}{words.count(now.dibao, '人')}，人数{changed}；其中{urban}；{rural}。",
        "最低生活保障。",
    )


def _support(yuan: float | None) -> str:
    """，月人均补助水平472元; empty where nobody is counted or it is suppressed."""
    return "" if yuan is None else f"，月人均补助水平{yuan:.0f}元"


def tekun(snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]) -> Iterator[Paragraph]:
    """特困人员1.17万户、1.25万人，人数较上次会议…，同比…；其中集中供养…，分散供养…"""
    now = _of(snapshot, chosen)
    if now.tekun == 0:
        yield Paragraph("无在册特困人员。", "特困人员救助供养。")
        return
    changed = changes(compared, now.tekun, lambda day: _of(day, chosen).tekun, "人")
    homes = households(tekun_households(snapshot, chosen.region))
    both = "、".join(filter(None, [homes, words.count(now.tekun, "人")]))
    yield Paragraph(
        f"特困人员{both}，人数{changed}；"
        f"其中集中供养{words.count(now.tekun_central, '人')}，"
        f"分散供养{words.count(now.tekun_scattered, '人')}。",
        "特困人员救助供养。",
        "特困户数按户主的主类别统计。" if homes else "",
    )


def aid(snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]) -> Iterator[Paragraph]:
    """2026年1月1日以来实施临时救助2.03万人次，同比…；人次均补助水平…，同比…"""
    now = _of(snapshot, chosen)
    since = f"{now.as_of.year}年1月1日以来"
    if now.aid_cases is None and "aid_cases" not in now.suppressed:
        text = words.NOT_CONNECTED
    elif now.aid_cases == 0:
        text = f"{since}未发生临时救助"
    else:
        # It grows from 1 January on: only the same day of another year compares.
        year = compared[1:]
        cases = changes(year, now.aid_cases, lambda day: _of(day, chosen).aid_cases, "人次")
        mean = changes(year, now.aid_mean, lambda day: _of(day, chosen).aid_mean, "元")
        level = "" if now.aid_mean is None else f"；人次均补助水平{now.aid_mean:.2f}元，{mean}"
        text = f"{since}实施临时救助{words.count(now.aid_cases, '人次')}，{cases}{level}"
    yield Paragraph(f"{text}。", "临时救助。")
