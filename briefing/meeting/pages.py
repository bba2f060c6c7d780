"""The pages of the pack that go before a meeting, in their order."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from briefing.meeting.focus import focused
from briefing.meeting.selection import Selection
from briefing.omissions import Makers, build_all
from exhibits import recipe
from exhibits.county import comparison
from exhibits.exhibit import Exhibit
from exhibits.meeting import followed_up, notes, summary
from exhibits.meeting.agenda_item import Item
from exhibits.response import counties
from exhibits.response import overview as departments
from exhibits.tasks import overview as task_rows
from exhibits.todo.overdue import overdue
from exhibits.wording import names
from queries.store.snapshot import Snapshot

#: Topics that have a page before the annex; those of the first page in full.
TOPICS, SENTENCES = 5, 3

NO_TOPIC = "本次会议无提请研究的议题。"

#: Characters of a sentence of the first page; of a longer one the title alone.
LONGEST = 120


@dataclass(frozen=True)
class Page:
    """
    A page after the cover: `summary` (lines and six numbers), `table`, or `topic` (with its chart).
    """

    kind: str
    title: str
    exhibit: Exhibit | None = None
    item: Item | None = None
    lines: tuple[str, ...] = ()  # of the summary: its sentences
    further: tuple[str, ...] = ()  # the topics after the first five


def asked(item: Item) -> str:
    """由礼县人民政府于2026年11月27日前逐件清理逾期事项，按期办结。 — what the meeting decides."""
    lead = f"由{names.department(item.lead)}" if item.lead else ""
    due = f"于{item.due}前" if item.due else ""
    return f"{lead}{due}{item.advice.rstrip('。') or '研究提出办理意见'}。"


def who(item: Item) -> tuple[tuple[str, str], ...]:
    """责任单位, 配合单位, 县区 and 建议时限, those that are known."""
    lines = {
        "责任单位": names.department(item.lead) if item.lead else "",
        "配合单位": item.cooperating,
        "涉及地区": item.regions,
        "建议时限": item.due,
    }
    return tuple((name, text) for name, text in lines.items() if text)


def pages(
    snapshot: Snapshot, chosen: Selection, agenda: tuple[Item, ...], left_out: list[str]
) -> Iterator[Page]:
    """Summary, decisions, topics, departments, counties, task rows, notes."""
    scope = chosen.scope
    numbers = build_all({"主要数字": partial(summary.main_figures, snapshot, scope)}, left_out)
    lines = tuple(map(_sentence, agenda[:SENTENCES])) or (NO_TOPIC,)
    further = tuple(f"{item.title}（{_lead(item)}）" for item in agenda[TOPICS:])
    yield Page("summary", "总体情况", next(iter(numbers), None), lines=lines, further=further)
    last = {"议定事项": partial(followed_up.followed_up, snapshot, scope)}
    yield from tables(last, left_out)
    yield from topics(snapshot, chosen, agenda[:TOPICS], left_out)
    yield from tables(_comparisons(snapshot, chosen), left_out, own_cases=bool(chosen.department))


def topics(
    snapshot: Snapshot, chosen: Selection, items: tuple[Item, ...], left_out: list[str]
) -> Iterator[Page]:
    """A page a topic; without its chart where that cannot be made."""
    for item in items:
        charts: tuple[Exhibit, ...] = ()
        if item.recipe:
            make = partial(recipe.build, snapshot, item.recipe, chosen.compared)
            charts = build_all({f"议题“{item.title}”的图表": make}, left_out)
        chart = next(iter(charts), None)
        yield Page("topic", item.title, chart and focused(chart, item), item)


def tables(makers: Makers, left_out: list[str], own_cases: bool = False) -> Iterator[Page]:
    """A page an exhibit; `own_cases` as of `build_all`."""
    for exhibit in build_all(makers, left_out, own_cases):
        yield Page("table", exhibit.title, exhibit)


def _comparisons(snapshot: Snapshot, chosen: Selection) -> Makers:
    """Departments, counties, task rows and notes; of a unit's edition what it has of them."""
    args = (snapshot, chosen.scope)
    makers: dict[str, Callable[[], Exhibit]] = {
        "部门办理情况": partial(departments.overview, *args)
    }
    if chosen.department:
        makers["分县区按时响应率"] = partial(counties.by_county, *args)
        if snapshot.access.cases and not snapshot.access.open:
            makers["逾期推送清单"] = partial(overdue, *args)
    elif chosen.region:
        makers["与全市比较"] = partial(summary.beside_city, *args)
    else:
        makers["县区指标对照"] = partial(comparison.county_table, *args)
    makers["任务落实情况"] = partial(task_rows.overview, *args)
    makers["口径说明"] = partial(notes.notes, *args)
    return makers


def _sentence(item: Item) -> str:
    """礼县未转办逾期预警493条，占全市88.19%，…。责任单位：礼县人民政府；建议时限：…。"""
    first = re.split("[；。]", item.reason, maxsplit=1)[0]
    said = first if first.startswith(item.title) else "，".join(filter(None, (item.title, first)))
    due = f"；建议时限：{item.due}" if item.due else ""
    return f"{said if len(said) <= LONGEST else item.title}。{_lead(item)}{due}。"


def _lead(item: Item) -> str:
    return f"责任单位：{names.department(item.lead)}" if item.lead else "责任单位待议定"
