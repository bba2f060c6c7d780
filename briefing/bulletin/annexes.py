"""The annexes of an edition, each a table that fits a page upright."""

from collections.abc import Callable
from functools import partial

import polars as pl

from briefing.bulletin import department, findings, meeting
from briefing.bulletin.bases import bases
from briefing.bulletin.document import Annex, annex, shown
from briefing.bulletin.figures import own_figures
from briefing.files import cells
from briefing.meeting.selection import Selection
from exhibits.county import comparison
from exhibits.wording import periods
from exhibits.wording.faults import in_words
from queries.store.snapshot import Snapshot


def annexes(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> tuple[Annex, ...]:
    """The edition's annexes that have rows; `left_out` gets a line for each that is omitted."""
    args = (snapshot, chosen)
    makers: dict[str, Callable[[], Annex]] = {}
    if chosen.department:
        makers |= {
            "承担任务落实情况": partial(department.annex_of_tasks, *args),
            department.OVERDUE: partial(department.annex_of_overdue, *args),
        }
    else:
        makers["主要指标"] = partial(_headline, *args)
        if not chosen.region:
            makers["县区指标对照"] = partial(_counties, *args)
        makers[findings.CHANGED] = partial(findings.changed, *args)
    makers["议定事项"] = partial(meeting.annex_of_decisions, *args)
    built = []
    for name, make in makers.items():
        try:
            built.append(make())
        except Exception as error:
            left_out.append(f"{name}：{in_words(error)}")
    return tuple(each for each in built if each.rows)


def _headline(snapshot: Snapshot, chosen: Selection) -> Annex:
    """指标, 数值, the change by base, 目标."""
    rows = [
        {"指标": each.name, "数值": each.value, **dict(each.changes), "目标": each.judged or "—"}
        for each in own_figures(snapshot, chosen)
    ]
    table = pl.DataFrame(rows, infer_schema_length=None).fill_null("—")
    days = [base.dated for base in bases(snapshot, chosen) if base.snapshot]
    return annex("主要指标", table, "；".join([*days, _period(snapshot, chosen)]))


def _period(snapshot: Snapshot, chosen: Selection) -> str:
    """流量指标统计期为上次会议以来（…）。"""
    return f"流量指标{periods.counted(snapshot, chosen.scope)}。"


def _counties(snapshot: Snapshot, chosen: Selection) -> Annex:
    """Indicators in rows, counties in columns: upright, and no column is cut."""
    exhibit = shown(comparison.county_table(snapshot, chosen.scope))
    names, *columns = zip(*cells.texts(exhibit.table), strict=True)
    rows = tuple(
        (title, *column) for title, column in zip(exhibit.table.columns[1:], columns, strict=True)
    )
    textual = (True, *[False] * len(names))
    return Annex(exhibit.title, ("指标", *names), rows, textual, _period(snapshot, chosen))
