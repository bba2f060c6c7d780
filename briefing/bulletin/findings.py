"""二、工作成效 and 三、存在问题: what rules and targets say, and what needs attention."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from briefing.bulletin.bases import bases
from briefing.bulletin.document import Annex, Blocks, Paragraph, annex, numbered, shown
from briefing.bulletin.figures import own_figures
from briefing.meeting.selection import Selection
from exhibits.attention.entries import Entry, entries, nothing
from exhibits.meeting import changes
from exhibits.tasks.rows import Line, led
from exhibits.wording import names
from queries.answers.cube_rows import own_group
from queries.store.snapshot import Snapshot

#: Indicators named in a sentence; the annex has them all.
NAMED = 3

CHANGED = "异常变化的指标"

RULE = "异常变化按月末XmR控制图判定，未触发判异规则的升降属正常波动，不列。"


def achievements(snapshot: Snapshot, chosen: Selection) -> Blocks:
    """What got better by a rule of the control chart, and which targets are met."""
    return {
        "异常好转的指标": partial(_moved, snapshot, chosen, "improvement"),
        "达标的指标": partial(_met, snapshot, chosen),
    }


def problems(snapshot: Snapshot, chosen: Selection) -> Blocks:
    """Who needs attention, then what got worse by a rule."""
    return {
        "需要关注的单位": partial(_attention, snapshot, chosen),
        "异常变差的指标": partial(_moved, snapshot, chosen, "concern"),
    }


def _moved(snapshot: Snapshot, chosen: Selection, way: str) -> Iterator[Paragraph]:
    """异常好转的指标3项：全市…条，对比月末…条，下降5.66%（连续9个月低于…）；…"""
    if chosen.scope.region.level == "township":
        yield Paragraph("乡镇数值较小，不作变化判断。")
        return
    verb = changes.WAYS[way]
    of_edition = _of_tasks if chosen.department else _of_months
    indicators = of_edition(snapshot, chosen, way)
    if not indicators:
        yield Paragraph(f"本期无异常{verb}的指标。")
        return
    more = len(indicators) - NAMED
    annexed = "承担任务落实情况" if chosen.department else CHANGED
    rest = f"；其余{more}项见附件“{annexed}”" if more > 0 else ""
    text = f"异常{verb}的指标{len(indicators)}项：{'；'.join(indicators[:NAMED])}{rest}。"
    yield Paragraph(text, note=RULE)


def _of_months(snapshot: Snapshot, chosen: Selection, way: str) -> list[str]:
    return [
        f"{row['地区']}{row['指标']}{row['数值']}，对比月末{row['对比月末']}，{row['变化']}"
        f"（{row['判异规则'].split('：', 1)[-1]}）"
        for row in _rows(snapshot, chosen, way).to_dicts()
    ]


def _rows(snapshot: Snapshot, chosen: Selection, way: str) -> pl.DataFrame:
    """The table of 变化; the city is called 全市."""
    table = shown(changes.moved(snapshot, chosen.scope, way)).table
    if table.is_empty():
        return table
    city = names.region_names(snapshot).get(own_group(snapshot, ""), "")
    return table.with_columns(pl.col("地区").replace(city, "全市"))


def _of_tasks(snapshot: Snapshot, chosen: Selection, way: str) -> list[str]:
    """The same of the tasks that a department answers for."""
    base = bases(snapshot, chosen)[0].name
    return [
        f"任务{row}{line.name}{line.figure}，{base}{line.change}"
        for row, line in _led_lines(snapshot, chosen)
        if line.variation == way
    ]


def _led_lines(snapshot: Snapshot, chosen: Selection) -> list[tuple[str, Line]]:
    """Rows of the task list that the department answers for, each with its indicators."""
    return [(task.row, line) for task in led(snapshot, chosen.scope) for line in task.lines]


def _met(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    """达标的指标：部门按时响应率（当月）92.14%，目标90%（系统默认）；…"""
    counted = own_figures(snapshot, chosen)
    met = [f"{each.name}{each.value}，{each.target}" for each in counted if each.verdict == "达标"]
    if met:
        yield Paragraph(f"达标的主要指标{len(met)}项：{'；'.join(met)}。")


def _attention(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    """（一）礼县…, one a unit, the largest first; or that there is none."""
    due = concerned(snapshot, chosen)
    if not due and chosen.department:
        yield Paragraph(f"{names.department(chosen.department)}无需提请关注的事项。")
    elif not due:
        yield Paragraph(nothing(snapshot, chosen.scope))
    yield from numbered(Paragraph(entry.sentence) for entry in due)


def concerned(snapshot: Snapshot, chosen: Selection) -> list[Entry]:
    """The entries of the edition: a department's own alone."""
    listed = entries(snapshot, chosen.scope)
    return [e for e in listed if chosen.department in ("", e.unit)]


def changed(snapshot: Snapshot, chosen: Selection) -> Annex:
    """Annex: every indicator that a rule marks, better ones first."""
    tables = [
        rows.select(
            pl.lit(f"异常{name}").alias("变化方向"),
            "地区",
            "指标",
            "数值",
            "对比月末",
            "变化",
            pl.col("判异规则").str.replace(r"^.*?：", ""),
        )
        for way, name in changes.WAYS.items()
        if (rows := _rows(snapshot, chosen, way)).height
    ]
    table = pl.concat(tables) if tables else pl.DataFrame()
    return annex(CHANGED, table, "按月末XmR控制图判定；对比月末为对比日当日或之前的最近一个月末。")
