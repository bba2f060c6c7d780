"""总览: the three-part bulletin in words, in the order of the published ones."""

from dataclasses import dataclass

from exhibits.permitted import require, where_permitted
from exhibits.wording import names, words
from exhibits.wording.figures import households
from queries.access import AccessError
from queries.answers.bulletin import Bulletin, bulletin, tekun_households
from queries.cache import cached
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the bulletin: a heading and its sentence."""

    title: str
    text: str


def _support(now: Bulletin, residence: str) -> str:
    """Mean support of the 低保 persons of a residence."""
    yuan, status = getattr(now, f"support_{residence}"), _status(now, f"support_{residence}")
    return words.value(yuan, "元", status) if yuan is None else f"{yuan:.0f}元"


@cached(24)
def paragraphs(snapshot: Snapshot, scope: Scope) -> list[Paragraph]:
    """低保, 特困, 临时救助, in the order of the published bulletins."""
    try:
        require(snapshot, "dibao", scope.region.level)
    except AccessError as error:
        return [Paragraph("社会救助", f"{error}。")]
    now, earlier = bulletin(snapshot, scope.region), before(snapshot, scope)
    then = bulletin(earlier, scope.region) if earlier else None
    region_name = names.region_name(snapshot, scope.region)
    homes = _tekun_households(snapshot, scope)
    return [_dibao(now, then, region_name), _tekun(now, then, homes), _aid(now)]


def _status(now: Bulletin, figure: str) -> str:
    return "suppressed" if figure in now.suppressed else "ok"


def _since(then: Bulletin | None) -> str:
    return f"（对比日：{words.day(then.as_of)}）" if then else ""


def _dibao(now: Bulletin, then: Bulletin | None, region_name: str) -> Paragraph:
    before = then.dibao if then else None
    return Paragraph(
        "最低生活保障",
        f"{region_name}低保对象{_households(now)}{words.count(now.dibao, '人')}，"
        f"{words.change(now.dibao, before, '人')}"
        f"{_since(then)}；"
        f"其中城市{words.count(now.dibao_urban, '人')}，"
        f"月人均补助水平{_support(now, 'urban')}；"
        f"农村{words.count(now.dibao_rural, '人')}，"
        f"月人均补助水平{_support(now, 'rural')}。",
    )


def _households(now: Bulletin) -> str:
    """9.74万户、; empty where the day has no such figure."""
    known = now.dibao_households is not None or "dibao_households" in now.suppressed
    return f"{words.count(now.dibao_households, '户')}、" if known else ""


def _tekun_households(snapshot: Snapshot, scope: Scope) -> str:
    """1.17万户、, by the main category of the head; empty where there is no such figure."""

    rows = where_permitted(lambda s, c: [tekun_households(s, c.region)], snapshot, scope)
    return "".join(f"{homes}、" for homes in map(households, rows) if homes)


def _tekun(now: Bulletin, then: Bulletin | None, homes: str) -> Paragraph:
    before = then.tekun if then else None
    return Paragraph(
        "特困人员救助供养",
        f"特困人员{homes}{words.count(now.tekun, '人')}，{words.change(now.tekun, before, '人')}；"
        f"其中集中供养{words.count(now.tekun_central, '人')}，"
        f"分散供养{words.count(now.tekun_scattered, '人')}。",
    )


def _aid(now: Bulletin) -> Paragraph:
    if now.aid_cases is None and "aid_cases" not in now.suppressed:
        return Paragraph("临时救助", f"{words.NOT_CONNECTED}。")
    if now.aid_cases == 0:
        return Paragraph("临时救助", f"{now.as_of.year}年以来未发生临时救助。")
    return Paragraph(
        "临时救助",
        f"{now.as_of.year}年以来实施临时救助{words.count(now.aid_cases, '人次')}，"
        f"人次均补助水平{words.HIDDEN if now.aid_mean is None else f'{now.aid_mean:.2f}元'}。",
    )
