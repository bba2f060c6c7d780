"""What a bulletin says, in the order that official ones have; no layout."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing import selection as selections
from briefing.deck import days, identity
from briefing.selection import Selection
from exhibits import comparison, names, overview, series, words
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit
from exhibits.maps import county
from exhibits.meeting import changes, decisions, summary
from exhibits.response import medians, rates, survival
from exhibits.tasks.rows import tasks
from exhibits.warnings import cases, unrouted
from queries.answers.cells import level_of, own_group
from queries.answers.indicators import indicators
from queries.snapshot import Snapshot

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


def bulletin(snapshot: Snapshot, chosen: Selection) -> Bulletin:
    """The edition of the city, of a county or of a department."""
    chosen = selections.allowed(snapshot, chosen)
    of_unit = bool(chosen.department)
    sections = list((_unit if of_unit else _region)(snapshot, chosen))
    sections.append(_agenda(snapshot, chosen))
    return Bulletin(
        title=f"{_whose(snapshot, chosen)}社会救助联席会议简报",
        subtitle=days(chosen),
        identity=identity(snapshot),
        sections=tuple(sections),
        annexes=() if of_unit else _annexes(snapshot, chosen),
    )


def _whose(snapshot: Snapshot, chosen: Selection) -> str:
    place = names.place(snapshot, chosen.region) if chosen.region else "陇南市"
    return f"{place}{names.department(chosen.department) if chosen.department else ''}"


def _region(snapshot: Snapshot, chosen: Selection) -> Iterator[Section]:
    """总量、占比、变化、构成, then the gap, the warnings, the answers, decisions, changes."""
    scope = chosen.scope
    parts = overview.paragraphs(snapshot, scope)
    told = [_total(snapshot, chosen), *[f"{part.title}：{part.text}" for part in parts]]
    yield Section("总体情况", tuple(told))
    gap = [matrix.matrix(snapshot, scope, "gap", basis) for basis in ("firm", "suspected")]
    coverage = county.county_map(snapshot, scope, "I0891")
    yield Section("应救未救", (gap[0].finding, coverage.finding, gap[1].finding), (coverage,))
    waiting = unrouted.by_group(snapshot, scope, "county")
    passed = cases.cases(snapshot, scope, "", True)
    yield Section("预警处置", (waiting.finding, passed.finding), (waiting,))
    answered = rates.rate(snapshot, scope), medians.medians(snapshot, scope)
    yield Section("部门响应", tuple(each.finding for each in answered))
    yield _decided(snapshot, chosen)
    ways = [changes.moved(snapshot, scope, way) for way in ("concern", "improvement")]
    yield Section("变化", tuple(each.finding for each in ways))


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
        if row["group"] in names.CATEGORIES and row["value"]
    ]
    place = names.place(snapshot, region)
    return (
        f"截至{words.day(chosen.as_of)}，{place}低收入人口"
        f"{words.value(people['value'], '人', people['status'])}，占户籍人口"
        f"{words.value(share['value'], '%', share['status'])}，{since}{change}；"
        f"按主类别，{words.listed(parts) or words.UNKNOWN}。{names.OVERLAP}"
    )


def _unit(snapshot: Snapshot, chosen: Selection) -> Iterator[Section]:
    """The tasks that the department leads, how it answers, what it was told to do."""
    scope = chosen.scope
    led = [task for task in tasks(snapshot, scope) if chosen.department in task.lead_codes]
    shown = summary.unit_tasks(snapshot, scope)
    listed = "；".join(f"{task.row} {task.title}" for task in led)
    said = (f"牵头任务：{listed}。",) if led else ()
    yield Section("牵头任务", (*said, shown.finding), (), (shown,) if led else ())
    curve = survival.survival(snapshot, scope)
    answered = (
        series.trend(snapshot, scope, "I0723", decisions.PAGE),
        rates.rate(snapshot, scope),
        medians.medians(snapshot, scope, "programme"),
    )
    yield Section("响应情况", tuple(each.finding for each in answered), (curve,))
    yield _decided(snapshot, chosen)


def _decided(snapshot: Snapshot, chosen: Selection) -> Section:
    shown = decisions.decided(snapshot, chosen.scope)
    return Section("上次会议议定事项", (shown.finding,), (shown,) if not chosen.department else ())


def _agenda(snapshot: Snapshot, chosen: Selection) -> Section:
    """需协调事项, numbered as on the agenda."""
    items = selections.agenda(snapshot, chosen)
    texts = tuple(
        f"{i}. {item.title}。{item.reason}"
        + (f"牵头：{names.department(item.lead)}。" if item.lead else "")
        for i, item in enumerate(items, start=1)
    )
    return Section("需协调事项", texts or ("无需提请会议协调的事项。",))


def _annexes(snapshot: Snapshot, chosen: Selection) -> tuple[Exhibit, ...]:
    """The headline indicators, the counties side by side in the city's edition, the decisions."""
    scope = chosen.scope
    side_by_side = () if chosen.region else (comparison.county_table(snapshot, scope),)
    told = _upright(decisions.decided(snapshot, scope))
    return (summary.headline_table(snapshot, scope), *side_by_side, told)


def _upright(exhibit: Exhibit) -> Exhibit:
    """The decisions without the columns that A4 upright has no room for."""
    narrow = exhibit.table.drop("会议", "清单", "督办", "变化", strict=False)
    return replace(exhibit, table=narrow)
