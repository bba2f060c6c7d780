"""四、上次会议议定事项落实情况 and 五、下一步要求: what was decided, what is to be decided."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from briefing.bulletin.document import Annex, Blocks, Paragraph, annex, in_chinese, numbered, shown
from briefing.bulletin.findings import concerned
from briefing.meeting import selection as selections
from briefing.meeting.selection import Selection
from exhibits.attention.entries import Entry
from exhibits.meeting import decisions
from exhibits.meeting.agenda_item import Item
from exhibits.permitted import where_permitted
from exhibits.wording import names, words
from queries.store.snapshot import Snapshot

#: Topics told in full; further ones have a line.
TOPICS = 5

#: Overdue decisions named in the text; the annex has them all.
NAMED = 5

COLUMNS = ("事项", "责任单位", "地区", "完成时限", "状态", "涉及指标", "会议时", "现在")


def decided(snapshot: Snapshot, chosen: Selection) -> Blocks:
    """How many decisions are done, and the overdue ones with their indicator then and now."""
    return {"上次会议议定事项": partial(_decided, snapshot, chosen)}


def _decided(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    exhibit = shown(decisions.decided(snapshot, chosen.scope))
    yield Paragraph(exhibit.finding)
    if exhibit.table.is_empty():
        return
    overdue = exhibit.table.filter(状态=decisions.STATES[2]).to_dicts()
    yield from numbered(Paragraph(_overdue(row)) for row in overdue[:NAMED])
    if len(overdue) > NAMED:
        yield Paragraph(f"其余逾期事项{len(overdue) - NAMED}项见附件“{exhibit.title}”。")


def done(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    """已办结的议定事项2项：“三季度资金支出进度”（市民政局；…会议时62.19%，现为80.68%）；…"""
    table = shown(decisions.decided(snapshot, chosen.scope)).table
    rows = [] if table.is_empty() else table.filter(状态=decisions.STATES[0]).to_dicts()
    if rows:
        listed = [f"{_named(row)}（{_lead(row)}{_compared(row)}）" for row in rows[:NAMED]]
        more = "等" if len(rows) > NAMED else ""
        yield Paragraph(f"已办结的议定事项{len(rows)}项：{'；'.join(listed)}{more}。")


def _named(row: dict) -> str:
    """礼县“未转办预警限期清零”"""
    where = "" if row["地区"] == "全市" else row["地区"]
    return f"{where}“{row['事项'] or '未填事项'}”"


def _lead(row: dict) -> str:
    return names.department(row["责任单位"])


def _compared(row: dict) -> str:
    """；未转办逾期预警数会议时160条，现为493条; empty for a decision without an indicator."""
    if row["涉及指标"] == "—":
        return ""
    before = "" if row["会议时"] == words.UNKNOWN else f"会议时{row['会议时']}，"
    return f"；{row['涉及指标']}{before}现为{row['现在']}"


def _overdue(row: dict) -> str:
    """礼县“未转办预警限期清零”，责任单位各县区人民政府，应于2026年10月17日办结；…"""
    due = f"，应于{words.day(row['完成时限'])}办结" if row["完成时限"] else ""
    return f"{_named(row)}，责任单位{_lead(row)}{due}{_compared(row)}。"


def annex_of_decisions(snapshot: Snapshot, chosen: Selection) -> Annex:
    """Annex: every decision that is followed."""
    exhibit = shown(decisions.decided(snapshot, chosen.scope))
    table = exhibit.table
    if table.height:
        table = table.select(COLUMNS).with_columns(pl.col("状态").str.slice(2))
    return annex(
        exhibit.title, table, "“会议时”为该次会议数据截止日的指标值；指标变化不等于由该事项引起。"
    )


def topics(snapshot: Snapshot, chosen: Selection) -> Blocks:
    """The topics of the agenda as the office arranged it."""
    return {"议题": partial(_topics, snapshot, chosen)}


def _topics(snapshot: Snapshot, chosen: Selection) -> Iterator[Paragraph]:
    items = selections.agenda(snapshot, chosen)
    if not items:
        yield Paragraph("本期无提请会议研究的议题。")
        return
    known = where_permitted(lambda day, _: concerned(day, chosen), snapshot, chosen.scope)
    place = {entry.key: (entry, i) for i, entry in enumerate(known, start=1)}
    yield Paragraph(f"提请会议研究以下议题{len(items[:TOPICS])}项，请责任单位按建议时限办结。")
    for i, item in enumerate(items[:TOPICS], start=1):
        yield Paragraph("", _heading(i, item))
        yield from _item(item, *place.get(item.key, (None, 0)))
    for i, item in enumerate(items[TOPICS:], start=TOPICS + 1):
        yield Paragraph(item.parties, _heading(i, item))


def _heading(number: int, item: Item) -> str:
    """（一）礼县未转办逾期预警493条。"""
    return f"（{in_chinese(number)}）{item.title.rstrip('。')}。"


def _item(item: Item, entry: Entry | None, number: int) -> Iterator[Paragraph]:
    """现状, 建议 and who acts; of an entry that section 三 has in full its main figures alone."""
    reason = item.reason
    if entry and reason.startswith(entry.reason):
        beside = reason.removeprefix(entry.reason)
        reason = f"{entry.main}；详见“存在问题”（{in_chinese(number)}）。{beside}"
    for name, text in (("现状", reason), ("建议", f"{item.advice}{item.parties}")):
        if text:
            yield Paragraph(text, f"{name}：")
