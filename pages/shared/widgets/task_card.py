"""A row of the task list on the page: the policy's text, its indicators, the report on it."""

from collections.abc import Callable, Sequence
from html import escape

import polars as pl
import streamlit as st

from exhibits.tasks.rows import Line, Task
from exhibits.wording.marks import MISSED, TONES
from pages.shared.markup import html
from pages.shared.widgets import scope_url
from queries.scope import Scope

OVERVIEW = ("任务", "责任单位", "未达标指标", "异常变差指标")

#: In place of indicators where there are none; a phone leaves the line out.
NONE = "—"

HEAD = ("指标", "数值", "较对比日", "目标", "变化", "达标")


def name(task: Task) -> str:
    """Title and sub-title of a row."""
    return f"{task.title}（{task.sub_title}）" if task.sub_title else task.title


def roles(role_by_row: dict[str, str]) -> str:
    """责任：1-1、4；配合：2、3"""
    parts = []
    for role in ("责任", "配合"):
        rows = [row for row, own in role_by_row.items() if own == role]
        if rows:
            parts.append(f"{role}：{'、'.join(rows)}")
    return "；".join(parts) or "任务清单中没有该部门"


def overview(tasks: Sequence[Task], link: Callable[[str], str]) -> None:
    """A line a task: what it is, who answers for it, which targets are missed, what got worse."""
    lines = "".join(_summary(task, link(task.row)) for task in tasks)
    head = "".join(f'<th scope="col" class="text">{column}</th>' for column in OVERVIEW)
    st.html(
        f'<table class="board-table task-list"><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
    )


def _summary(task: Task, link: str) -> str:
    missed = [line for line in task.lines if line.assurance in MISSED]
    worse = [line for line in task.lines if line.variation == "concern"]
    texts = (task.leads, _listed(missed), _listed(worse))
    cells = "".join(
        f'<td class="text{" none" if text == NONE else ""}" data-name="{name}">{escape(text)}</td>'
        for name, text in zip(OVERVIEW[1:], texts, strict=True)
    )
    return (
        f'<tr><td class="text"><a href="{escape(link)}" target="_self">'
        f"{escape(task.row)} {escape(name(task))}</a></td>{cells}</tr>"
    )


def _listed(lines: Sequence[Line]) -> str:
    """预警处置及时率83.55%、在办存量1688条; a dash for none."""
    return "、".join(f"{line.name}{line.figure}" for line in lines) or NONE


def show(task: Task, reported: str, differs: str, scope: Scope) -> None:
    """Number, task, measures, units as written; indicators; the report beside them."""
    lines = "".join(_line(line, scope) for line in task.lines)
    head = f'<th scope="col" class="text">{HEAD[0]}</th>'
    head += "".join(f'<th scope="col">{column}</th>' for column in HEAD[1:])
    table = (
        f'<table class="board-table many"><thead><tr>{head}</tr></thead>'
        f"<tbody>{lines}</tbody></table>"
        if lines
        else "<p>本行无指标。</p>"
    )
    warned = f'<p class="differs">▼ 填报与数据不一致：{escape(differs)}。</p>' if differs else ""
    st.html(
        f'<section class="task"><h2>{escape(task.row)} {escape(name(task))}</h2>'
        f"<p>{escape(task.measures)}</p>"
        f"<p><b>责任单位</b> {escape(task.leads)}　<b>配合单位</b> {escape(task.cooperating)}</p>"
        f"{table}<p><b>部门填报</b> {escape(reported)}</p>{warned}</section>"
    )


def _line(line: Line, scope: Scope) -> str:
    """An indicator's figures; its name leads to the page that shows it, in the same scope."""
    link = scope_url.link(line.page, scope, indicator=line.id)
    tone = {"concern": "concern", "improvement": "improvement"}.get(line.variation, "")
    texts = (line.figure, line.change, line.target, line.variation_text, line.assurance_text)
    shades = ("", "", "", tone, TONES.get(line.assurance, ""))
    body = "".join(
        f'<td class="{"none" if text == NONE else shade}" data-name="{name}">{escape(text)}</td>'
        for name, text, shade in zip(HEAD[1:], texts, shades, strict=True)
    )
    return (
        f'<tr title="{escape(line.definition)}"><td class="text">{escape(line.id)} '
        f'<a href="{escape(link)}" target="_self">{escape(line.name)}</a></td>{body}</tr>'
    )


def table(title: str, rows: pl.DataFrame) -> None:
    """A table under a heading, nothing where it has no rows."""
    if rows.height:
        st.html(html.heading(title) + html.plain_table(rows))
