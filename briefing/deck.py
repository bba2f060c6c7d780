"""What a meeting is shown, in order: sections of exhibits, and the agenda."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing import selection as selections
from briefing.selection import Selection
from exhibits import comparison, names, recipe, series, words
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit
from exhibits.maps import county
from exhibits.meeting import changes, decisions, summary
from exhibits.meeting.agenda import Item
from exhibits.quality import tables as quality
from exhibits.response import counties, medians, rates, returns
from exhibits.tasks.rows import roles
from exhibits.warnings import unrouted
from queries.snapshot import Snapshot


@dataclass(frozen=True)
class Section:
    """Exhibits under a heading."""

    title: str
    exhibits: tuple[Exhibit, ...]
    unit: bool = False  # of one responsible unit


@dataclass(frozen=True)
class Deck:
    """A meeting's material: where and when, the agenda, the sections in order."""

    title: str
    subtitle: str
    identity: str  # snapshot, day and version, demonstration
    agenda: tuple[Item, ...]
    sections: tuple[Section, ...]

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits in order."""
        return tuple(each for section in self.sections for each in section.exhibits)


def deck(snapshot: Snapshot, chosen: Selection) -> Deck:
    """The deck of a selection; RecipeError names a pinned exhibit that cannot be made."""
    chosen = selections.allowed(snapshot, chosen)
    agenda = selections.agenda(snapshot, chosen)
    sections = list(_sections(snapshot, chosen, agenda))
    return Deck(
        title=title(snapshot, chosen),
        subtitle=days(chosen),
        identity=identity(snapshot),
        agenda=agenda,
        sections=tuple(section for section in sections if section.exhibits),
    )


def title(snapshot: Snapshot, chosen: Selection) -> str:
    """陇南市社会救助联席会议材料, of a county or a department where it is theirs."""
    parts = [names.place(snapshot, chosen.region) if chosen.region else "陇南市"]
    if chosen.department:
        parts.append(names.department(chosen.department))
    return f"{'·'.join(parts)}社会救助联席会议材料"


def days(chosen: Selection) -> str:
    """Both days: 截至2026年10月31日，与2026年7月31日比较."""
    compared = f"与{words.day(chosen.compared)}比较" if chosen.compared else f"对比{words.UNKNOWN}"
    return f"截至{words.day(chosen.as_of)}，{compared}"


def identity(snapshot: Snapshot) -> str:
    """The snapshot that all figures are of, and that they are made up where they are."""
    made_up = "；演示数据（合成）" if snapshot.manifest["demonstration"] else ""
    return (
        f"数据快照{snapshot.as_of}第{snapshot.version}版"
        f"（{snapshot.manifest['registry_fingerprint'][:8]}）{made_up}"
    )


def _sections(snapshot: Snapshot, chosen: Selection, agenda: tuple[Item, ...]) -> Iterator[Section]:
    scope = chosen.scope
    yield Section("上次决定到现在", (decisions.decided(snapshot, scope),))
    if not chosen.department:
        yield Section(f"{names.place(snapshot, scope.region)}概况", _overview(snapshot, chosen))
        ways = tuple(changes.moved(snapshot, scope, way) for way in ("concern", "improvement"))
        yield Section("变化", ways)
    compared = chosen.compared
    wanted = dict.fromkeys(item.recipe for item in agenda if item.recipe)
    discussed = tuple(recipe.build(snapshot, each, compared) for each in wanted)
    yield Section("议题", discussed)
    pinned = [each for each in chosen.pinned if each not in wanted]
    yield Section("会议材料", tuple(recipe.build(snapshot, each, compared) for each in pinned))
    for unit in _units(chosen):
        yield Section(names.department(unit), _of_unit(snapshot, chosen, unit), unit=True)
    yield Section("附：数据说明", (quality.tables(snapshot, scope),))


def _overview(snapshot: Snapshot, chosen: Selection) -> tuple[Exhibit, ...]:
    scope = chosen.scope
    compare = comparison.profile if chosen.region else comparison.county_table
    return (
        summary.headline_table(snapshot, scope),
        county.county_map(snapshot, scope, "I0891"),
        compare(snapshot, scope),
        unrouted.by_group(snapshot, scope, "county"),
    )


def _units(chosen: Selection) -> list[str]:
    """Units that lead a task row, in official order; the department's own alone in its edition."""
    if chosen.department:
        return [chosen.department]
    return [unit for unit in names.departments() if "牵头" in roles(unit).values()]


def _of_unit(snapshot: Snapshot, chosen: Selection, unit: str) -> tuple[Exhibit, ...]:
    """Its tasks and how it answers; in its own edition also by programme, county and reason."""
    scope = replace(chosen.scope, department=unit)
    shown = [
        summary.unit_tasks(snapshot, scope),
        series.trend(snapshot, scope, "I0723", decisions.PAGE),
    ]
    if chosen.department:
        shown += [
            rates.rate(snapshot, scope),
            medians.medians(snapshot, scope, "programme"),
            counties.by_county(snapshot, scope),
            returns.returns(snapshot, scope),
            matrix.matrix(snapshot, scope),
        ]
    return tuple(each for each in shown if each.table.height)
