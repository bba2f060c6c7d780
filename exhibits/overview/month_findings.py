"""What the month-ends say: signals of concern, and which targets are missed."""

from dataclasses import dataclass

from exhibits.marks import marks_by, met, own_marks, target_on
from exhibits.overview.finding import LABELS, MOST, Finding, at
from exhibits.overview.page_of import page_of
from exhibits.parts import parts_beside
from exhibits.wording import changes, periods, words
from exhibits.wording import marks as wording
from queries.answers.cube_rows import own_group
from queries.answers.marks import Mark
from queries.catalogue import catalogue, compared
from queries.scope import Scope
from queries.store.snapshot import Snapshot

RULES = {
    "outside": "超出控制限",
    "trend": "连续6期同向变化",
    "two_of_three": "3期中2期接近控制限",
    "shift": "连续7期位于均值同一侧",
}

#: What is told of a target without a claim on the months: of these the present value says all.
TELLING = ("few", "still", "season")


@dataclass(frozen=True)
class Marked:
    """The mark of an indicator of a region."""

    id: str
    group: str
    mark: Mark


def marked_figures(snapshot: Snapshot, scope: Scope) -> list[Marked]:
    """The region's indicators with a better direction; in the city the counties' main ones too."""
    ids = tuple(i for i, about in catalogue().items() if about.better != "neutral")
    group = own_group(snapshot, scope.region)
    marked = [Marked(i, group, mark) for i, mark in own_marks(snapshot, scope, ids).items()]
    if scope.region:
        return marked
    leading = tuple(i.id for i in compared() if i.better != "neutral")
    counties = marks_by(snapshot, scope, leading, "county")
    return marked + [Marked(i, county, mark) for (i, county), mark in counties.items()]


def _weight(each: Marked) -> tuple:
    leading = [i.id for i in compared()]
    rank = leading.index(each.id) if each.id in leading else len(leading)
    return list(RULES).index(each.mark.rule), rank, each.id, each.group


def signals(snapshot: Snapshot, scope: Scope, marked: list[Marked]) -> list[Finding]:
    """Concern on the latest month-end; of an indicator in several regions only the first."""
    findings: list[Finding] = []
    ids: set[str] = set()
    for each in sorted((m for m in marked if m.mark.variation == "concern"), key=_weight):
        if each.id in ids or len(findings) == MOST["signal"]:
            continue
        ids.add(each.id)
        where, there = at(snapshot, scope, each.group)
        findings.append(
            Finding(
                "signal",
                LABELS["signal"],
                f"{where}{_told(each, snapshot, scope)}",
                page_of(each.id),
                there,
                each.id,
            )
        )
    return findings


def _told(each: Marked, snapshot: Snapshot, scope: Scope) -> str:
    """未转办预警数12条（2026年9月末），连续7个月上升，均值5条；截至日15条，较对比日增长7.14%。"""
    about, mark = catalogue()[each.id], each.mark
    last = mark.last or snapshot.as_of
    monthly, name = periods.name_of(about), periods.name_of(about, scope.period)
    called = "截至日" if name == monthly else name
    repeats = last == snapshot.as_of and name == monthly
    now = "" if repeats else f"{called}{words.value(mark.now, about.unit)}，"
    by = scope.region.level if each.group == own_group(snapshot, scope.region) else "county"
    figures = mark.now, mark.before
    change = changes.change(snapshot, scope, about, figures, by, each.group)
    since = f"；{now}较对比日{change}" if change != words.UNKNOWN else ""
    return (
        f"{monthly}{words.value(mark.values[-1], about.unit)}"
        f"（{last.year}年{last.month}月末），{wording.seen(mark)}，"
        f"均值{words.value(mark.mean, about.unit)}{since}"
        f"{parts_beside(snapshot, each.id, each.group)}。"
    )


def off_target(snapshot: Snapshot, scope: Scope, marked: list[Marked]) -> list[Finding]:
    """Targets missed month after month, then those missed where the months claim nothing."""
    found = []
    own = own_group(snapshot, scope.region)
    for each in marked:
        about = catalogue()[each.id]
        target = target_on(about, snapshot.as_of)
        judged = met(about, each.mark.now, each.mark, snapshot.as_of)
        if not target or not _is_missed(judged, each.mark):
            continue
        where, there = at(snapshot, scope, each.group)
        lasting = (
            f"，{wording.span(len(each.mark.values))}持续未达到" if judged == "fail" else "，未达到"
        )
        name = periods.name_of(about, scope.period)
        text = (
            f"{where}{name}{words.value(each.mark.now, about.unit)}{lasting}"
            f"目标{target[0]:g}{about.unit}（{target[1]}）。"
        )
        label = wording.target(judged, each.mark)
        weight = (each.group != own, judged != "fail", each.id, each.group)
        found.append((weight, Finding("target", label, text, page_of(each.id), there, each.id)))
    return [finding for _, finding in sorted(found, key=lambda f: f[0])][: MOST["target"]]


def _is_missed(judged: str, mark: Mark) -> bool:
    return judged == "fail" or (judged == "missed" and mark.unjudged in TELLING)
