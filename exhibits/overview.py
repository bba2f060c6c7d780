"""总览: the three-part bulletin in words, as the published ones go."""

from dataclasses import dataclass

from exhibits import names, words
from exhibits.hidden import starred
from queries.answers.bulletin import Bulletin, bulletin
from queries.scope import Scope, before
from queries.snapshot import Snapshot


@dataclass(frozen=True)
class Paragraph:
    """One part of the bulletin: a heading and its sentence."""

    title: str
    text: str


def _support(yuan: float | None) -> str:
    return words.UNKNOWN if yuan is None else f"{yuan:.0f}元/人·月"


def _than(now: int, before: int | None, unit: str = "人") -> str:
    return words.change(now, before, unit)


def paragraphs(snapshot: Snapshot, scope: Scope) -> list[Paragraph]:
    """低保, 特困, 临时救助, in the order of the published bulletins."""
    now, earlier = bulletin(snapshot, scope.region), before(snapshot, scope)
    then = bulletin(earlier, scope.region) if earlier else None
    place = names.place(snapshot, scope.region)
    parts = [_dibao(now, then, place), _tekun(now, then), _aid(now)]
    return [Paragraph(part.title, starred(part.text)) for part in parts]


def _since(then: Bulletin | None) -> str:
    return f"（对比日：{words.day(then.as_of)}）" if then else ""


def _dibao(now: Bulletin, then: Bulletin | None, place: str) -> Paragraph:
    total = now.dibao_urban + now.dibao_rural
    before = then.dibao_urban + then.dibao_rural if then else None
    return Paragraph(
        "最低生活保障",
        f"{place}低保对象{words.count(total, '人')}，{_than(total, before)}{_since(then)}；"
        f"其中城市{words.count(now.dibao_urban, '人')}，"
        f"月人均救助水平{_support(now.support_urban)}；"
        f"农村{words.count(now.dibao_rural, '人')}，"
        f"月人均救助水平{_support(now.support_rural)}。",
    )


def _tekun(now: Bulletin, then: Bulletin | None) -> Paragraph:
    total = now.tekun_central + now.tekun_scattered
    before = then.tekun_central + then.tekun_scattered if then else None
    return Paragraph(
        "特困人员救助供养",
        f"特困人员{words.count(total, '人')}，{_than(total, before)}；"
        f"其中集中供养{words.count(now.tekun_central, '人')}，"
        f"分散供养{words.count(now.tekun_scattered, '人')}。",
    )


def _aid(now: Bulletin) -> Paragraph:
    if now.aid_cases is None:
        return Paragraph("临时救助", f"{words.NOT_CONNECTED}。")
    if now.aid_mean is None:
        return Paragraph("临时救助", f"{now.as_of.year}年以来未发生急难型临时救助。")
    return Paragraph(
        "临时救助",
        f"{now.as_of.year}年以来实施急难型临时救助{words.count(now.aid_cases, '人次')}，"
        f"人次均救助水平{now.aid_mean:.2f}元。",
    )
