"""The city's, a county's or a department's main indicators as one table, and its tasks."""

from dataclasses import replace

import polars as pl

from exhibits.county.comparison import profile
from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.marks import MarkedFigure, marks_by, met, target_on
from exhibits.meeting.decisions import PAGE
from exhibits.overview.headlines import headlines
from exhibits.recipe import builder
from exhibits.tasks.rows import Line, led
from exhibits.wording import changes, names, words
from exhibits.wording.definitions import definition
from exhibits.wording.figures import in_brackets
from exhibits.wording.marks import MISSED
from exhibits.wording.periods import counted, name_of
from queries.answers.marks import NO_MARK, Mark
from queries.answers.periods import in_period
from queries.catalogue import catalogue, compared
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

COLUMNS = ("指标", "数值", "较对比日", "目标", "变化", "达标")

#: The six numbers of a meeting's summary: of a region, and of a department.
SIX = ("I0101", "I0890", "I0895", "I0708", "I0723", "I0724")
SIX_OF_DEPARTMENT = ("I0201", "I0204", "I0723", "I0721", "I0724", "I0203")


@builder
def headline_table(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Headline indicators: figure, change, target, variation, assurance."""
    items = headlines(snapshot, scope)
    rows = [
        (
            item.name,
            f"{item.figure}{in_brackets(item.parts)}",
            item.change,
            item.target,
            item.variation_text,
            item.assurance_text,
        )
        for item in items
    ]
    worse = [item.name for item in items if item.variation == "concern"]
    missed = [item.name for item in items if item.assurance == "fail"]
    sentences = [f"异常变差的有{words.listed(worse)}"] if worse else []
    sentences += [f"持续未达标的有{words.listed(missed)}"] if missed else []
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="headline-table",
        title="主要指标",
        finding=f"{'；'.join(sentences)}。" if sentences else "主要指标均无异常变差。",
        table=pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"),
        chart=None,
        definition=f"流量指标{counted(snapshot, scope)}；"
        "异常变化按月末XmR控制图且与较对比日变化一致；达标按当前值，持续达标、持续未达标另按控制限。",
    )


@builder
def unit_tasks(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The indicators of the task rows that the scope's department leads."""
    unit = names.department(scope.department)
    own = led(snapshot, scope)
    rows = [(t.row, *_line(line)) for t in own for line in t.lines]
    bad = [
        line.name
        for t in own
        for line in t.lines
        if line.variation == "concern" or line.assurance == "fail"
    ]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"unit-{scope.department}",
        title="承担任务落实情况",
        finding=f"{unit}承担的任务中，异常变差或持续未达标的有{words.listed(list(dict.fromkeys(bad))[:5])}。"
        if bad
        else f"{unit}承担任务的指标均无异常变差。"
        if rows
        else f"任务清单中没有由{unit}作为责任单位的任务。",
        table=pl.DataFrame(rows, schema=dict.fromkeys(("任务", *COLUMNS), pl.String), orient="row"),
        chart=None,
        definition=f"任务与责任单位按政策原文；流量指标{counted(snapshot, scope)}。",
    )


def _line(line: Line) -> tuple[str, ...]:
    return (
        line.name,
        line.figure,
        line.change,
        line.target,
        line.variation_text,
        line.assurance_text,
    )


@builder
def main_figures(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Six numbers: figure, change, target, assurance; of the scope's department if it has one."""
    if scope.department:
        items = _of_department(snapshot, scope)
    else:
        items = [item for item in headlines(snapshot, scope) if item.indicator.id in SIX]
    rows = [(i.name, i.figure, i.change, _beside(i), i.assurance_text) for i in items]
    missed = [item.name for item in items if item.assurance in MISSED]
    columns = ("指标", "数值", "较对比日", "目标", "达标")
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"main-figures-{scope.department}",
        title="主要数字",
        finding=f"未达标的有{words.listed(missed)}。" if missed else "设有目标的均达标。",
        table=pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row"),
        chart=None,
        definition=f"流量指标{counted(snapshot, scope)}；达标按当前值。",
    )


@builder
def beside_city(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """A county's main indicators beside the city's, the best and the worst county's."""
    whole = profile(snapshot, scope)
    main = [name_of(each, scope.period) for each in compared()]
    columns = ("指标", "本县区", "全市", "较对比日", "最好县区", "最差县区", "与全市相比")
    table = whole.table.filter(pl.col("指标").is_in(main)) if whole.table.height else whole.table
    rows = table.select(columns) if table.height else table
    return replace(whole, key="beside-city", table=rows, chart=None)


def _beside(item: MarkedFigure) -> str:
    """The target, or what I0890 is never shown without; else nothing."""
    return item.target if item.assurance or item.indicator.id == "I0890" else ""


def _of_department(snapshot: Snapshot, scope: Scope) -> list[MarkedFigure]:
    """The main figures of the scope's department on its referrals."""
    now, earlier = _referrals(snapshot, scope), before(snapshot, scope)
    then = _referrals(earlier, scope) if earlier else {}
    marks = marks_by(snapshot, scope, SIX_OF_DEPARTMENT, "department", scope.region)
    return [
        _figure(snapshot, scope, now[i], then.get(i, {}).get("value"), marks.get(key, NO_MARK))
        for i in SIX_OF_DEPARTMENT
        if i in now and (key := (i, scope.department))
    ]


def _referrals(snapshot: Snapshot, scope: Scope) -> dict[str, dict]:
    rows = in_period(snapshot, scope.period, "department", scope.region)
    return {row["id"]: row for row in rows.filter(group=scope.department).to_dicts()}


def _figure(
    snapshot: Snapshot, scope: Scope, row: dict, old: float | None, mark: Mark
) -> MarkedFigure:
    about, group = catalogue()[row["id"]], scope.department
    target = target_on(about, snapshot.as_of)
    values = row["value"], old
    return MarkedFigure(
        indicator=about,
        name=name_of(about, scope.period),
        figure=words.value(row["value"], about.unit, row["status"]),
        change=changes.change(snapshot, scope, about, values, "department", group, scope.region),
        target=f"目标{target[0]:g}{about.unit}（{target[1]}）" if target else "未设目标",
        mark=mark,
        assurance=met(about, row["value"], mark, snapshot.as_of),
        definition=definition(about.id, f"{counted(snapshot, scope)}。"),
    )
