"""The deck of a meeting: sections of exhibits in order, and the agenda."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from briefing.meeting import selection as selections
from briefing.meeting.selection import Selection
from briefing.omissions import Makers, build_all
from data.reference.departments import present
from exhibits import recipe, series
from exhibits.county import comparison
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit, Recipe
from exhibits.maps import county
from exhibits.meeting import changes, decisions, summary
from exhibits.meeting.agenda_item import Item
from exhibits.quality import tables as quality
from exhibits.response import counties, medians, rates, returns
from exhibits.tasks.rows import roles
from exhibits.warnings import unrouted
from exhibits.wording import names, periods, words
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Section:
    """Exhibits under a heading."""

    title: str
    exhibits: tuple[Exhibit, ...]
    unit: bool = False  # of one responsible unit


@dataclass(frozen=True)
class Deck:
    """A meeting's material: title, both days, agenda, sections in order."""

    title: str
    subtitle: str
    identity: str  # snapshot, day and version, demonstration
    agenda: tuple[Item, ...]
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()  # omitted exhibits, each with its reason

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits in order."""
        return tuple(exhibit for section in self.sections for exhibit in section.exhibits)


def deck(snapshot: Snapshot, chosen: Selection) -> Deck:
    """The deck of a selection; what cannot be made of it is named in `left_out`."""
    chosen = selections.allowed(snapshot, chosen)
    agenda = selections.agenda(snapshot, chosen)
    left_out: list[str] = []
    sections = list(_sections(snapshot, chosen, agenda, left_out))
    return Deck(
        title=title(snapshot, chosen, "材料"),
        subtitle=days(snapshot, chosen),
        identity=identity(snapshot),
        agenda=agenda,
        sections=tuple(section for section in sections if section.exhibits),
        left_out=tuple(left_out),
    )


def title(snapshot: Snapshot, chosen: Selection, kind: str) -> str:
    """陇南市社会救助部门联席会议材料; with the county or department that it is for."""
    units = [names.region_name(snapshot, chosen.region)] if chosen.region else []
    units += [names.department(chosen.department)] if chosen.department else []
    recipient = f"（{'·'.join(units)}）" if units else ""
    return f"陇南市社会救助部门联席会议{'专题' if chosen.department else ''}{kind}{recipient}"


def days(snapshot: Snapshot, chosen: Selection) -> str:
    """Both days and the period: 截至2026年10月31日，与2026年7月31日比较；流量指标统计期…"""
    compared = f"与{words.day(chosen.compared)}比较" if chosen.compared else f"对比{words.UNKNOWN}"
    timed = f"流量指标{periods.counted(snapshot, chosen.scope)}"
    return f"截至{words.day(chosen.as_of)}，{compared}；{timed}"


def identity(snapshot: Snapshot) -> str:
    """The snapshot of all figures, its edition; says so where the data are synthetic."""
    older = f"；{words.by_definitions(snapshot.definitions)}" if snapshot.is_older else ""
    edition = "；公开口径" if snapshot.access.open else ""
    synthetic = "；演示数据（合成）" if snapshot.manifest["demonstration"] else ""
    return (
        f"数据快照{snapshot.as_of}第{snapshot.version}版"
        f"（{snapshot.manifest['registry_fingerprint'][:8]}）{older}{edition}{synthetic}"
    )


def _sections(
    snapshot: Snapshot, chosen: Selection, agenda: tuple[Item, ...], left_out: list[str]
) -> Iterator[Section]:
    scope, compared = chosen.scope, chosen.compared

    def build(makers: Makers) -> tuple[Exhibit, ...]:
        return build_all(makers, left_out)

    def rebuild(saved: Recipe) -> Callable[[], Exhibit]:
        return partial(recipe.build, snapshot, saved, compared)

    yield Section(
        "上次会议议定事项落实情况", build({"议定事项": partial(decisions.decided, snapshot, scope)})
    )
    if not chosen.department:
        title = f"{names.region_name(snapshot, scope.region)}概况"
        yield Section(title, build(_overview(snapshot, chosen)))
        yield Section("变化", build(_changes(snapshot, chosen)))
    discussed = {item.recipe: item.title for item in agenda if item.recipe}
    charts = {f"议题“{title}”的图表": rebuild(saved) for saved, title in discussed.items()}
    yield Section("议题", build(charts))
    pinned = [saved for saved in chosen.pinned if saved not in discussed]
    yield Section(
        "会议材料", build({f"会议材料第{i}项": rebuild(saved) for i, saved in enumerate(pinned, 1)})
    )
    for unit in _units(chosen):
        exhibits = tuple(e for e in build(_unit_makers(snapshot, chosen, unit)) if e.table.height)
        yield Section(names.department(unit), exhibits, unit=True)
    yield Section("附：数据说明", build({"数据说明": partial(quality.tables, snapshot, scope)}))


def _overview(snapshot: Snapshot, chosen: Selection) -> Makers:
    scope = chosen.scope
    compare = comparison.profile if chosen.region else comparison.county_table
    return {
        "主要指标": partial(summary.headline_table, snapshot, scope),
        "救助覆盖率分布图": partial(county.county_map, snapshot, scope, "I0891"),
        "县区与指标对照": partial(compare, snapshot, scope),
        "未转办预警": partial(unrouted.by_group, snapshot, scope, "county"),
    }


def _changes(snapshot: Snapshot, chosen: Selection) -> Makers:
    direction_by_name = {"变差的指标": "concern", "好转的指标": "improvement"}
    return {
        name: partial(changes.moved, snapshot, chosen.scope, direction)
        for name, direction in direction_by_name.items()
    }


def _units(chosen: Selection) -> list[str]:
    """Units that lead a task row, in official order; in a department's edition that one alone."""
    if chosen.department:
        return [chosen.department]
    return [unit for unit in present(chosen.as_of) if "责任" in roles(unit).values()]


def _unit_makers(snapshot: Snapshot, chosen: Selection, unit: str) -> Makers:
    """A unit's tasks and response; in its own edition also by programme, county and reason."""
    scope, name = replace(chosen.scope, department=unit), names.department(unit)
    makers: dict[str, Callable[[], Exhibit]] = {
        f"{name}承担任务": partial(summary.unit_tasks, snapshot, scope),
        f"{name}按时响应走势": partial(series.trend, snapshot, scope, "I0723", decisions.PAGE),
    }
    if chosen.department:
        makers |= {
            f"{name}按时响应率": partial(rates.rate, snapshot, scope),
            f"{name}签收及时率": partial(rates.rate, snapshot, scope, "I0204"),
            f"{name}分项目用时": partial(medians.medians, snapshot, scope, "programme"),
            f"{name}分县区按时响应率": partial(counties.by_county, snapshot, scope),
            f"{name}退回原因": partial(returns.returns, snapshot, scope),
            f"{name}救助项目缺口": partial(matrix.matrix, snapshot, scope),
        }
    return makers
