"""一、总体情况 of a department: its tasks, its referrals; the list of its overdue ones."""

from collections.abc import Callable, Iterator
from functools import partial

import polars as pl

from briefing.bulletin.bases import Base
from briefing.bulletin.document import Annex, Blocks, Paragraph, annex, shown
from briefing.bulletin.figures import OF_DEPARTMENT, figures
from briefing.meeting.selection import Selection
from exhibits.meeting import summary
from exhibits.tasks.rows import led
from exhibits.todo.cases import listed
from exhibits.todo.overdue import TAIL
from exhibits.wording import names, periods, words
from queries.answers.open_cases import open_cases
from queries.region import at_level
from queries.store.snapshot import Snapshot

#: Cases of the longest list on paper.
MOST = 200

OVERDUE = "逾期未办结推送清单"


def blocks(snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]) -> Blocks:
    """The tasks that it answers for, its referrals, and those of them overdue."""
    makers: dict[str, Callable[[], Iterator[Paragraph]]] = {
        "承担任务": partial(_tasks, snapshot, chosen),
        "推送办理": partial(_referrals, snapshot, chosen, compared),
        OVERDUE: partial(_overdue, snapshot, chosen),
    }
    return makers


def _tasks(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    name = names.department(chosen.department)
    own = led(snapshot, chosen.scope)
    if not own:
        yield Paragraph(f"任务清单中没有由{name}作为责任单位的任务。", "承担任务。")
        return
    rows = words.listed([f"任务{task.row}“{task.title}”" for task in own])
    yield Paragraph(f"{name}为责任单位的任务{len(own)}项：{rows}。", "承担任务。")


def _referrals(
    snapshot: Snapshot, chosen: Selection, compared: tuple[Base, ...]
) -> Iterator[Paragraph]:
    counted = figures(snapshot, chosen, compared, OF_DEPARTMENT)
    text = "；".join(each.sentence for each in counted)
    days = "；".join(base.dated for base in compared if base.snapshot)
    note = f"{periods.counted(snapshot, chosen.scope)}。{f'比较日：{days}。' if days else ''}"
    yield Paragraph(f"截至{words.day(chosen.as_of)}，{text}。", "推送办理。", note)


def _late(snapshot: Snapshot, chosen: Selection) -> pl.DataFrame:
    """Open referrals of the department past their due day, oldest first; AccessError."""
    rows = open_cases(snapshot, chosen.region, chosen.department, "referral")
    return rows.filter(urgency="overdue")


def _overdue(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    """逾期未办结推送70件，按县区：武都区36件、…；应办结日最早的是2026年6月3日，已等待162个工作日。"""
    late = _late(snapshot, chosen)
    if late.is_empty():
        yield Paragraph("无逾期未办结推送。", "逾期事项。")
        return
    name_by_code = names.region_names(snapshot)
    counties = (
        late.group_by(county=at_level(pl.col("region"), "county"))
        .len()
        .sort("len", "county", descending=[True, False])
    )
    counted = [
        f"{name_by_code.get(code, '未填地区')}{words.count(n, '件')}" for code, n in counties.rows()
    ]
    first = late.row(0, named=True)
    oldest = (
        f"；最早的应于{words.day(first['due_on'])}办结，已等待{first['days']}个工作日"
        if first["due_on"]
        else ""
    )
    total = words.count(late.height, "件")
    text = f"逾期未办结推送{total}，按县区：{words.listed(counted)}{oldest}。"
    yield Paragraph(text, "逾期事项。")


def annex_of_overdue(snapshot: Snapshot, chosen: Selection) -> Annex:
    """Annex: its overdue referrals one by one; AccessError for a role without lists."""
    late = _late(snapshot, chosen)
    table = listed(snapshot, late.head(MOST)).select(
        pl.col("编号").str.tail(TAIL).alias("编号尾号"),
        "县区",
        pl.col("乡镇").replace("", "—").fill_null("—"),
        *("类型", "建议项目", "应办结日", "已等待（工作日）"),
    )
    more = f"共{late.height}件，列应办结日最早的{MOST}件。" if late.height > MOST else ""
    return annex(
        OVERDUE, table, f"{more}编号为平台编号末{TAIL}位，可据此在平台查询；不含个人信息。"
    )


def annex_of_tasks(snapshot: Snapshot, chosen: Selection) -> Annex:
    """Annex: the indicators of the tasks that it answers for."""
    exhibit = shown(summary.unit_tasks(snapshot, chosen.scope))
    return annex(exhibit.title, exhibit.table, exhibit.definition)
