"""变化: what moved since the last meeting, only where a rule says so and the change agrees."""

from datetime import date

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.meeting.decisions import PAGE
from exhibits.meeting.marked import RULES, Marked, marked_figures
from exhibits.overview.page_of import PAGES, page_of
from exhibits.parts import parts_beside
from exhibits.recipe import builder
from exhibits.wording import marks as wording
from exhibits.wording import names, words
from exhibits.wording.periods import name_of
from queries.answers.cube_rows import own_group
from queries.catalogue import PARTS, catalogue, compared
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

WAYS = {"improvement": "好转", "concern": "变差"}


@builder
def moved(snapshot: Snapshot, scope: Scope, way: str) -> Exhibit:
    """
    Indicators that got better or worse by their latest month-end; `way`: see `WAYS`.

    A rule fired at the last month-end, which lies after the comparison day, and no change goes the
    other way. The region's every indicator, and in the city each county's headline ones.
    """
    marked = _marked(snapshot, scope, way)
    since = f"{words.day(scope.compared)}以来" if scope.compared else "最近一个月末"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"moved-{way}",
        title=f"异常{WAYS[way]}的指标",
        finding=f"{since}异常{WAYS[way]}的指标：{_named(snapshot, scope, marked)}。"
        if marked
        else "乡镇数值较小，不作变化判断。"
        if scope.region.level == "township"
        else f"{since}没有指标异常{WAYS[way]}。",
        table=_table(snapshot, marked),
        chart=None,
        definition="只列最近一个月末触发XmR控制图判异规则、且较对比日没有反向变化的指标；对比月末为对比日当日或之前的"
        "最近一个月末。未触发规则的升降属正常波动，不列。全市列全部指标，县区列主要指标。",
    )


def _marked(snapshot: Snapshot, scope: Scope, way: str) -> list[Marked]:
    """What the last month-end marked, the region's before the counties', headlines first."""
    group = own_group(snapshot, scope.region)
    leading = [i.id for i in compared()]
    marked = [
        each
        for each in marked_figures(snapshot, scope)
        if each.mark.variation == way and (each.mark.last or date.min) > _after(scope)
    ]
    return sorted(
        marked,
        key=lambda each: (
            each.group != group,
            leading.index(each.id) if each.id in leading else len(leading),
            each.group,
            each.id,
        ),
    )


def _after(scope: Scope) -> date:
    """Nothing has moved since a comparison day after which no month has ended."""
    return scope.compared or date.min


def _named(snapshot: Snapshot, scope: Scope, marked: list[Marked]) -> str:
    """全市预警数、新增数等5项；县区礼县数据差错率等3项: the region's own and its counties'."""
    group = own_group(snapshot, scope.region)
    name_by_code = names.region_names(snapshot)
    own = [name_of(catalogue()[each.id]) for each in marked if each.group == group]
    below = [
        f"{name_by_code.get(each.group, '')}{name_of(catalogue()[each.id])}"
        for each in marked
        if each.group != group
    ]
    whole = names.region_name(snapshot, scope.region) if scope.region else "全市"
    phrases = [f"{whole}{_first(own)}"] if own else []
    return "；".join(phrases + ([f"县区{_first(below)}"] if below else []))


def _first(listed: list[str]) -> str:
    """The first three, and how many there are."""
    more = f"等{len(listed)}项" if len(listed) > 3 else ""
    return f"{words.listed(listed[:3])}{more}"


def _parts(snapshot: Snapshot, each: Marked) -> str:
    """The parts of the figure of the last month-end."""
    ends = {day.as_of: day for day in month_ends(snapshot)} if each.id in PARTS else {}
    last = ends.get(each.mark.last) if each.mark.last else None
    return parts_beside(last, each.id, each.group) if last else ""


def _table(snapshot: Snapshot, marked: list[Marked]) -> pl.DataFrame:
    name_by_code = names.region_names(snapshot)
    records = []
    for each in marked:
        about, mark = catalogue()[each.id], each.mark
        last, base = mark.values[-1], mark.base_value
        records.append(
            {
                "地区": name_by_code.get(each.group, each.group),
                "指标": name_of(about),
                "月末": mark.last,
                "数值": f"{words.value(last, about.unit)}{_parts(snapshot, each)}",
                "对比月末": words.value(base, about.unit) if base is not None else words.UNKNOWN,
                "变化": words.change(last, base, about.unit),
                "平均": words.value(mark.mean, about.unit),
                "判异规则": f"{RULES[mark.rule]}：{wording.seen(mark)}",
                "所在页面": PAGES[page_of(each.id)],
            }
        )
    return pl.DataFrame(records)
