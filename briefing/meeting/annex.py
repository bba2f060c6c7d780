"""The annex of the pack: sections of exhibits beside its pages, asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

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
from exhibits.response import medians, rates, returns
from exhibits.tasks.rows import roles
from exhibits.warnings import unrouted
from exhibits.wording import names
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Section:
    """Exhibits under a heading."""

    title: str
    exhibits: tuple[Exhibit, ...]
    unit: bool = False  # of one responsible unit


def sections(
    snapshot: Snapshot, chosen: Selection, agenda: tuple[Item, ...], left_out: list[str]
) -> Iterator[Section]:
    """All decisions, overview, changes, charts of the topics, pinned exhibits, units, data."""
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
        moved = tuple(e for e in build(_changes(snapshot, chosen)) if e.table.height)
        yield Section("变化", moved)
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
    makers: dict[str, Callable[[], Exhibit]] = {
        "主要指标": partial(summary.headline_table, snapshot, scope),
        "救助覆盖率分布图": partial(county.county_map, snapshot, scope, "I0891"),
        "未转办预警": partial(unrouted.by_group, snapshot, scope, "county"),
        "部门办理时效": partial(medians.medians, snapshot, scope),
    }
    if chosen.region:
        makers["县区与全市比较"] = partial(comparison.profile, snapshot, scope)
    return makers


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
    """A unit's tasks and response; in its own edition also by programme and reason."""
    scope, name = replace(chosen.scope, department=unit), names.department(unit)
    makers: dict[str, Callable[[], Exhibit]] = {
        f"{name}承担任务": partial(summary.unit_tasks, snapshot, scope),
        f"{name}按时响应走势": partial(series.trend, snapshot, scope, "I0723", decisions.PAGE),
    }
    if chosen.department:
        makers |= {
            f"{name}按时响应率": partial(rates.rate, snapshot, scope),
            f"{name}签收及时率": partial(rates.rate, snapshot, scope, "I0204"),
            f"{name}退回原因": partial(returns.returns, snapshot, scope),
            f"{name}救助项目缺口": partial(matrix.matrix, snapshot, scope),
        }
    return makers
