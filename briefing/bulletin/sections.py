"""The sections of a bulletin: of the city or a county, and of a department."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from briefing.meeting.selection import Selection
from briefing.omissions import Makers, build_all
from exhibits import series
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit
from exhibits.maps import county
from exhibits.meeting import changes, decisions, summary
from exhibits.overview import three_parts
from exhibits.response import medians, rates, survival
from exhibits.tasks.rows import tasks
from exhibits.warnings import returned_twice, unrouted
from exhibits.wording import names, words
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.region import Region
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Section:
    """A heading, its paragraphs, exhibits to draw and exhibits to print as tables."""

    title: str
    texts: tuple[str, ...]
    pictures: tuple[Exhibit, ...] = ()
    tables: tuple[Exhibit, ...] = ()


def of_region(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Iterator[Section]:
    """总量、占比、变化、构成; then gap, warnings, response, decisions, changes."""
    args = (snapshot, chosen.scope)
    paragraphs = three_parts.paragraphs(*args)
    texts = [
        _total(snapshot, chosen),
        *[f"{paragraph.title}：{paragraph.text}" for paragraph in paragraphs],
    ]
    yield Section("总体情况", tuple(texts))
    gaps: Makers = {
        "应救未救": partial(matrix.matrix, *args, "gap", "firm"),
        "救助覆盖率分布图": partial(county.county_map, *args, "I0891"),
        "疑似缺口": partial(matrix.matrix, *args, "gap", "suspected"),
    }
    yield _section("应救未救", _exhibits(gaps, left_out), pictures=("救助覆盖率分布图",))
    warnings: Makers = {
        "未转办预警": partial(unrouted.by_group, *args, "county"),
        "多次退回预警": partial(returned_twice.by_region, *args),
    }
    yield _section("预警处置", _exhibits(warnings, left_out), pictures=("未转办预警",))
    responses: Makers = {
        "按时响应率": partial(rates.rate, *args),
        "响应用时": partial(medians.medians, *args),
    }
    yield _section("部门响应", _exhibits(responses, left_out))
    yield _decisions(snapshot, chosen, left_out)
    direction_by_name = {"变差的指标": "concern", "好转的指标": "improvement"}
    changed = {
        name: partial(changes.moved, *args, direction)
        for name, direction in direction_by_name.items()
    }
    yield _section("变化", _exhibits(changed, left_out))


def _total(snapshot: Snapshot, chosen: Selection) -> str:
    """截至…，全市低收入人口…，占户籍人口…，较…；其中…"""
    region = chosen.region
    rows = indicators(snapshot, Region(region).level).filter(group=own_group(snapshot, region))
    row_by_id = {row["id"]: row for row in rows.to_dicts()}
    people, share = row_by_id["I0101"], row_by_id["I0102"]
    headline = summary.headline_table(snapshot, chosen.scope).table
    change = dict(headline.select("指标", "较对比日").rows()).get(people["name"], words.UNKNOWN)
    since = f"较{words.day(chosen.compared)}" if chosen.compared else ""
    category_rows = indicators(snapshot, "category", region=region).filter(id="I0101").to_dicts()
    categories = [
        f"{names.categories()[row['group']]}{words.value(row['value'], '人', row['status'])}"
        for row in category_rows
        if row["group"] in names.categories() and row["value"] != 0
    ]
    name = names.region_name(snapshot, region)
    return (
        f"截至{words.day(chosen.as_of)}，{name}低收入人口"
        f"{words.value(people['value'], '人', people['status'])}，占户籍人口"
        f"{words.value(share['value'], '%', share['status'])}，{since}{change}；"
        f"按主类别，{words.listed(categories) or words.UNKNOWN}。{names.OVERLAP}"
    )


def of_unit(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Iterator[Section]:
    """The tasks that the department leads, its response, the decisions addressed to it."""
    args = (snapshot, chosen.scope)
    led_tasks = [task for task in tasks(*args) if chosen.department in task.lead_codes]
    table = summary.unit_tasks(*args)
    listed = "；".join(f"{task.row} {task.title}" for task in led_tasks)
    intro = (f"作为责任单位的任务：{listed}。",) if led_tasks else ()
    yield Section("承担任务", (*intro, table.finding), (), (table,) if led_tasks else ())
    makers: Makers = {
        "按时响应走势": partial(series.trend, *args, "I0723", decisions.PAGE),
        "按时响应率": partial(rates.rate, *args),
        "签收及时率": partial(rates.rate, *args, "I0204"),
        "分项目用时": partial(medians.medians, *args, "programme"),
    }
    pictures = _exhibits({"未办理完成曲线": partial(survival.survival, *args)}, left_out)
    section = _section("响应情况", _exhibits(makers, left_out))
    yield replace(section, pictures=tuple(pictures.values()))
    yield _decisions(snapshot, chosen, left_out)


def _decisions(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> Section:
    exhibits = _exhibits({"议定事项": partial(decisions.decided, snapshot, chosen.scope)}, left_out)
    return _section("上次会议议定事项", exhibits, () if chosen.department else ("议定事项",))


def _exhibits(makers: Makers, left_out: list[str]) -> dict[str, Exhibit]:
    """Exhibits by name; `left_out` gets a line for each that cannot be shown."""
    exhibits = {name: build_all({name: make}, left_out) for name, make in makers.items()}
    return {name: built[0] for name, built in exhibits.items() if built}


def _section(title: str, exhibits: dict[str, Exhibit], pictures: tuple[str, ...] = ()) -> Section:
    """A section of the exhibits' findings; `pictures` names those that are also drawn."""
    findings = tuple(exhibit.finding for exhibit in exhibits.values())
    return Section(title, findings, tuple(exhibits[name] for name in pictures if name in exhibits))
