"""Indicators of a bulletin's region or department: value, both changes, target."""

from dataclasses import dataclass, replace

from briefing.bulletin.bases import Base, bases
from briefing.meeting.selection import Selection
from exhibits.marks import met, target_on
from exhibits.wording import marks, periods, words
from exhibits.wording.changes import change
from exhibits.wording.figures import figure, households, in_brackets, parts
from queries.answers.cube_rows import own_group
from queries.answers.marks import NO_MARK
from queries.answers.periods import in_period
from queries.catalogue import catalogue
from queries.store.snapshot import Snapshot

#: What a bulletin says of its region after 低保, 特困 and 临时救助.
OF_REGION = {
    "救助覆盖": ("I0890", "I0891", "I0895"),
    "预警处置": ("I0707", "I0708"),
    "部门办理": ("I0723", "I0721", "I0724", "I0203"),
}

#: Units of work that stands open: beside such a count stands the earlier one, too small for a rate.
OF_WORK = ("条", "件")

#: A median that more than half of the cases have not reached.
NOT_REACHED = "尚未达到（办结不足半数）"

#: The register, which opens the table of a region.
REGISTER = ("I0108", "I0101")

#: What it says of a department's referrals.
OF_DEPARTMENT = ("I0204", "I0723", "I0721", "I0724", "I0203")


@dataclass(frozen=True)
class Figure:
    """An indicator in words: name with its period, value, change by base, target, verdict."""

    name: str
    value: str
    changes: tuple[tuple[str, str], ...]
    target: str
    verdict: str  # 达标, 未达标; empty without a target

    @property
    def sentence(self) -> str:
        """部门按时响应率（当月）87.17%，较上次会议下降1.00个百分点，…，目标90%（系统默认），未达标"""
        changed = [f"{base}{text}" for base, text in self.changes]
        return "，".join(filter(None, [self.name + self.value, *changed, self.judged]))

    @property
    def judged(self) -> str:
        """目标90%（系统默认），未达标"""
        return "，".join(filter(None, [self.target, self.verdict]))


def own_figures(snapshot: Snapshot, chosen: Selection) -> list[Figure]:
    """Every figure of the edition, in its order."""
    ids = OF_DEPARTMENT if chosen.department else sum(OF_REGION.values(), REGISTER)
    return figures(snapshot, chosen, bases(snapshot, chosen), ids)


def figures(
    snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...], ids: tuple[str, ...]
) -> list[Figure]:
    """Those of the ids that are counted for the region or department."""
    now = _rows(snapshot, chosen)
    then = {base.name: _rows(base.snapshot, chosen) for base in compared if base.snapshot}
    return [_figure(snapshot, chosen, compared, now, then, i) for i in ids if i in now]


def _rows(snapshot: Snapshot, chosen: Selection) -> dict[str, dict]:
    by, group = _group(snapshot, chosen)
    region = chosen.region if chosen.department else ""
    rows = in_period(snapshot, chosen.period, by, region).filter(group=group)
    return {row["id"]: row for row in rows.to_dicts()}


def _group(snapshot: Snapshot, chosen: Selection) -> tuple[str, str]:
    """The breakdown and the group of the edition's own figures."""
    if chosen.department:
        return "department", chosen.department
    region = chosen.scope.region
    return region.level, own_group(snapshot, region)


def _value(row: dict, now: dict[str, dict]) -> str:
    """815条（待核查612条、…）, 1.38万人、282户."""
    if row["status"] == "not_reached":
        return NOT_REACHED
    homes = households(now.get("I0894")) if row["id"] == "I0890" else ""
    return figure(row) + (f"、{homes}" if homes else "") + in_brackets(parts(row["id"], now))


def _figure(
    snapshot: Snapshot,
    chosen: Selection,
    compared: tuple[Base, ...],
    now: dict[str, dict],
    then: dict[str, dict[str, dict]],
    indicator: str,
) -> Figure:
    about, row = catalogue()[indicator], now[indicator]
    by, group = _group(snapshot, chosen)
    region = chosen.region if chosen.department else ""

    def changed(base: Base) -> str:
        if base.snapshot is None:
            return words.UNKNOWN
        old = then[base.name].get(indicator, {"value": None})["value"]
        scope = replace(chosen.scope, compared=base.snapshot.as_of)
        told = change(snapshot, scope, about, (row["value"], old), by, group, region)
        worked = about.unit in OF_WORK and old and old != row["value"]
        return told + (in_brackets(f"原{words.count(old, about.unit)}") if worked else "")

    target = target_on(about, snapshot.as_of)
    verdict = met(about, row["value"], NO_MARK, snapshot.as_of)
    return Figure(
        name=periods.name_of(about, chosen.period),
        value=_value(row, now),
        changes=tuple((base.name, changed(base)) for base in compared)
        if row["status"] == "ok"
        else (),
        target=f"目标{target[0]:g}{about.unit}（{target[1]}）" if target and verdict else "",
        verdict=marks.target(verdict, NO_MARK)[2:] if verdict else "",
    )
