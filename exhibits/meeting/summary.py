"""The city's or a county's headline indicators as one table, for slides and bulletins."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.meeting.decisions import PAGE
from exhibits.overview.headlines import headlines
from exhibits.recipe import builder
from exhibits.tasks.rows import Line, tasks
from exhibits.wording import names, words
from exhibits.wording.figures import in_brackets
from exhibits.wording.periods import counted
from queries.scope import Scope
from queries.store.snapshot import Snapshot

COLUMNS = ("指标", "数值", "较对比日", "目标", "变化", "达标")


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
    # Of all departments the tasks are the same, and in the cache.
    every = tasks(snapshot, replace(scope, department=""))
    led = [task for task in every if scope.department in task.lead_codes]
    rows = [(t.row, *_line(line)) for t in led for line in t.lines]
    bad = [
        line.name
        for t in led
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
