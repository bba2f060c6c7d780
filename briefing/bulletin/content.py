"""What a bulletin says, in the order that official ones have; no layout."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from briefing.meeting import selection as selections
from briefing.meeting.deck import days, identity
from briefing.meeting.selection import Selection
from briefing.omissions import Makers, made_of
from exhibits import series
from exhibits.county import comparison
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit
from exhibits.maps import county
from exhibits.meeting import changes, decisions, summary
from exhibits.overview import three_parts
from exhibits.response import medians, rates, survival
from exhibits.tasks.rows import tasks
from exhibits.warnings import passed_around, unrouted
from exhibits.wording import names, words
from queries.answers.cube_rows import level_of, own_group
from queries.answers.indicators import indicators
from queries.store.snapshot import Snapshot

NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, the exhibits shown as pictures and those shown as tables."""

    title: str
    texts: tuple[str, ...]
    pictures: tuple[Exhibit, ...] = ()
    tables: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Bulletin:
    """A bulletin: title, both days, sections, annexes, and what its figures are of."""

    title: str
    subtitle: str
    identity: str
    sections: tuple[Section, ...]
    annexes: tuple[Exhibit, ...]
    left_out: tuple[str, ...] = ()  # what could not be made or may not be shown, each with why


def bulletin(snapshot: Snapshot, chosen: Selection) -> Bulletin:
    """The edition of the city, of a county or of a department."""
    chosen = selections.allowed(snapshot, chosen)
    of_unit, left_out = bool(chosen.department), []
    sections = list((_unit if of_unit else _region)(snapshot, chosen, left_out))
    sections.append(_agenda(snapshot, chosen))
    return Bulletin(
        title=f"{_whose(snapshot, chosen)}社会救助联席会议简报",
        subtitle=days(chosen),
        identity=identity(snapshot),
        sections=tuple(sections),
        annexes=() if of_unit else _annexes(snapshot, chosen, left_out),
        left_out=tuple(left_out),
    )


def _whose(snapshot: Snapshot, chosen: Selection) -> str:
    place = names.region_name(snapshot, chosen.region) if chosen.region else "陇南市"
    return f"{place}{names.department(chosen.department) if chosen.department else ''}"


def _region(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Iterator[Section]:
    """总量、占比、变化、构成, then the gap, the warnings, the answers, decisions, changes."""
    at = (snapshot, chosen.scope)
    parts = three_parts.paragraphs(*at)
    whole = [_total(snapshot, chosen), *[f"{part.title}：{part.text}" for part in parts]]
    yield Section("总体情况", tuple(whole))
    gaps: Makers = {
        "应救未救": partial(matrix.matrix, *at, "gap", "firm"),
        "救助覆盖率分布图": partial(county.county_map, *at, "I0891"),
        "疑似缺口": partial(matrix.matrix, *at, "gap", "suspected"),
    }
    yield _section("应救未救", _made(gaps, left_out), pictures=("救助覆盖率分布图",))
    warnings: Makers = {
        "未转办预警": partial(unrouted.by_group, *at, "county"),
        "多头流转预警": partial(passed_around.by_region, *at),
    }
    yield _section("预警处置", _made(warnings, left_out), pictures=("未转办预警",))
    answered: Makers = {
        "按时响应率": partial(rates.rate, *at),
        "响应用时": partial(medians.medians, *at),
    }
    yield _section("部门响应", _made(answered, left_out))
    yield _decided(snapshot, chosen, left_out)
    ways = {"变差的指标": "concern", "好转的指标": "improvement"}
    moved = {name: partial(changes.moved, *at, way) for name, way in ways.items()}
    yield _section("变化", _made(moved, left_out))


def _made(makers: Makers, left_out: list[str]) -> dict[str, Exhibit]:
    """The exhibits by name; those that cannot be shown are named in `left_out`."""
    found = {name: made_of({name: make}, left_out) for name, make in makers.items()}
    return {name: shown[0] for name, shown in found.items() if shown}


def _section(title: str, shown: dict[str, Exhibit], pictures: tuple[str, ...] = ()) -> Section:
    """The findings of exhibits, and some of them as pictures."""
    findings = tuple(exhibit.finding for exhibit in shown.values())
    return Section(title, findings, tuple(shown[name] for name in pictures if name in shown))


def _total(snapshot: Snapshot, chosen: Selection) -> str:
    """截至…，全市低收入人口…，占户籍人口…，较…；其中…"""
    region = chosen.region
    rows = indicators(snapshot, level_of(region)).filter(group=own_group(snapshot, region))
    known = {row["id"]: row for row in rows.to_dicts()}
    people, share = known["I0101"], known["I0102"]
    headline = summary.headline_table(snapshot, chosen.scope).table
    change = dict(headline.select("指标", "较对比日").rows()).get(people["name"], words.UNKNOWN)
    since = f"较{words.day(chosen.compared)}" if chosen.compared else ""
    composed = indicators(snapshot, "category", region=region).filter(id="I0101").to_dicts()
    parts = [
        f"{names.CATEGORIES[row['group']]}{words.value(row['value'], '人', row['status'])}"
        for row in composed
        if row["group"] in names.CATEGORIES and row["value"] != 0
    ]
    place = names.region_name(snapshot, region)
    return (
        f"截至{words.day(chosen.as_of)}，{place}低收入人口"
        f"{words.value(people['value'], '人', people['status'])}，占户籍人口"
        f"{words.value(share['value'], '%', share['status'])}，{since}{change}；"
        f"按主类别，{words.listed(parts) or words.UNKNOWN}。{names.OVERLAP}"
    )


def _unit(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Iterator[Section]:
    """The tasks that the department leads, how it answers, what it was told to do."""
    at = (snapshot, chosen.scope)
    led = [task for task in tasks(*at) if chosen.department in task.lead_codes]
    shown = summary.unit_tasks(*at)
    listed = "；".join(f"{task.row} {task.title}" for task in led)
    said = (f"牵头任务：{listed}。",) if led else ()
    yield Section("牵头任务", (*said, shown.finding), (), (shown,) if led else ())
    answered: Makers = {
        "按时响应走势": partial(series.trend, *at, "I0723", decisions.PAGE),
        "按时响应率": partial(rates.rate, *at),
        "分项目用时": partial(medians.medians, *at, "programme"),
    }
    curve = _made({"未办理完成曲线": partial(survival.survival, *at)}, left_out)
    section = _section("响应情况", _made(answered, left_out))
    yield replace(section, pictures=tuple(curve.values()))
    yield _decided(snapshot, chosen, left_out)


def _decided(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Section:
    shown = _made({"议定事项": partial(decisions.decided, snapshot, chosen.scope)}, left_out)
    return _section("上次会议议定事项", shown, () if chosen.department else ("议定事项",))


def _agenda(snapshot: Snapshot, chosen: Selection) -> Section:
    """需协调事项, numbered as on the agenda."""
    items = selections.agenda(snapshot, chosen)
    texts = tuple(
        f"{i}. {item.title}。{item.reason}"
        + (f"牵头：{names.department(item.lead)}。" if item.lead else "")
        for i, item in enumerate(items, start=1)
    )
    return Section("需协调事项", texts or ("无需提请会议协调的事项。",))


def _annexes(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> tuple[Exhibit, ...]:
    """The headline indicators, the counties side by side in the city's edition, the decisions."""
    at = (snapshot, chosen.scope)
    makers: Makers = {"主要指标": partial(summary.headline_table, *at)}
    if not chosen.region:
        makers |= {"县区与指标对照": partial(comparison.county_table, *at)}
    makers |= {"议定事项": lambda: _upright(decisions.decided(*at))}
    return made_of(makers, left_out)


def _upright(exhibit: Exhibit) -> Exhibit:
    """The decisions without the columns that A4 upright has no room for."""
    narrow = exhibit.table.drop("会议", "清单", "督办", "变化", strict=False)
    return replace(exhibit, table=narrow)
