"""议题: what the meeting might take up, proposed from the figures, each with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from data.reference import policy_tables
from data.reference.policy_tables import limits
from exhibits.make import scope_name
from exhibits.meeting.agenda_item import MOST, Item, recipe_of
from exhibits.meeting.coverage_items import gaps, unstarted
from exhibits.meeting.decisions import PAGE
from exhibits.overview.exceptions import exceptions
from exhibits.permitted import breakdown_level, topic, where_permitted
from exhibits.suppressed import total
from exhibits.tasks.reported import disagreement
from exhibits.tasks.rows import tasks
from exhibits.wording import names, words
from exhibits.wording.periods import name_of
from queries.answers.warnings import returned_twice
from queries.cache import cached
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@cached(8)
def proposals(snapshot: Snapshot, scope: Scope) -> tuple[Item, ...]:
    """The proposed agenda of the scope's region, and of its department where it has one."""
    kinds = (_returned, _undecided, unstarted, _off_target, gaps, _differing)
    items = [item for kind in kinds for item in where_permitted(kind, snapshot, scope)]
    if scope.department:
        items = [item for item in items if item.lead == scope.department]
    return tuple(items)


def _most(rows: pl.DataFrame, name_by_code: Mapping[str, str], unit: str) -> str:
    """礼县（12条）、武都区（8条）; `rows`: region, n."""
    top = rows.filter(pl.col("n") > 0).sort("n", descending=True).head(MOST)
    return words.listed(
        [f"{name_by_code.get(c, '未知区划')}（{n:.0f}{unit}）" for c, n in top.rows()]
    )


def _returned(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    rows = returned_twice(snapshot, breakdown_level(snapshot, scope.region), scope.region)
    if rows.is_empty():
        return
    all_returned, late = total(rows["warnings"]), total(rows["overdue"])
    most = _most(rows.select("group", n="warnings"), names.region_names(snapshot), "条")
    yield Item(
        "returned",
        "returned",
        f"多次退回预警{words.count(all_returned, '条')}的处置",
        f"被部门退回两次及以上，尚未办结，其中逾期{words.count(late, '条')}"
        f"{f'；较多的是{most}' if most else ''}。建议提请县级协调机制。",
        "civil_affairs",
        recipe_of("warnings.returned_twice.by_region", scope),
    )


def _undecided(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    rows = topic(snapshot, "case_undecided", snapshot.as_of, "region", scope.region.county)
    waiting, late = total(rows["whole"]), total(rows["met"])
    if waiting == 0:
        return
    most = _most(rows.select("group", n="whole"), names.region_names(snapshot), "件")
    yield Item(
        "undecided",
        "undecided",
        f"县级协调机制待议定个案{words.count(waiting, '件')}",
        f"已启动、尚未议定，其中超过{limits(snapshot.as_of)['coordination.decide']}个工作日的"
        f"{words.count(late, '件')}{f'；较多的是{most}' if most else ''}。",
        "county_governments",
        recipe_of("tasks.topics.topic_rates", scope, name="case_undecided-part"),
    )


def _off_target(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """What 总览 lists as off target."""
    for finding in exceptions(snapshot, scope):
        if finding.kind == "target":
            about, region = catalogue()[finding.indicator], finding.scope.region
            name = name_of(about, scope.period)
            yield Item(
                f"target-{finding.indicator}-{region}",
                "target",
                f"{scope_name(snapshot, finding.scope)}{name}{finding.label[2:]}",
                finding.text,
                _lead_of(finding.indicator),
                recipe_of("series.trend", scope, region, indicator=about.id, page=PAGE),
            )


def _lead_of(indicator: str) -> str:
    """The first department that leads the indicator's task row."""
    rows = policy_tables.table("tasks").filter(row_id=catalogue()[indicator].task_rows[0])
    return (rows["lead_codes"][0] or "").split("|")[0]


def _differing(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """Task rows whose reports and data say different things."""
    proposed = 0
    for task in tasks(snapshot, replace(scope, department="")):
        difference = disagreement(snapshot, scope, task)
        if not difference or proposed == MOST:
            continue
        proposed += 1
        concerning = [i for i in task.lines if i.variation == "concern" or i.assurance == "fail"]
        indicator = concerning[0] if concerning else task.lines[0]
        yield Item(
            f"differs-{task.row}",
            "differs",
            f"任务{task.row}“{task.title}”填报与数据不一致",
            f"{difference}，需进一步核实。",
            task.lead_codes[0],
            recipe_of("series.trend", scope, indicator=indicator.id, page=PAGE),
        )
