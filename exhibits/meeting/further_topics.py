"""Topics beside the entries of 需要关注, each of one unit: a county, a department, or the city."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from data.reference.policy_tables import limits
from exhibits.attention.acting import due_day, government
from exhibits.exhibit import Recipe
from exhibits.meeting.agenda_item import Item, recipe_of
from exhibits.meeting.decisions import PAGE, STATES, live
from exhibits.permitted import breakdown_level, topic
from exhibits.tasks.reported import disagreement
from exhibits.tasks.rows import tasks
from exhibits.wording import names, words
from queries.answers.coverage import coverage, due
from queries.answers.significance import FEWEST
from queries.answers.warnings import returned_twice
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Topic:
    """A topic and the code of the unit that it is of."""

    unit: str
    item: Item


def _topic(
    snapshot: Snapshot, kind: str, unit: str, title: str, reason: str, advice: str, recipe: Recipe
) -> Topic:
    """A topic of a county or a department, which must act."""
    is_department = unit in names.departments()
    place = "" if is_department else names.region_name(snapshot, unit)
    lead = unit if is_department else government(snapshot, unit)
    by = due_day(snapshot)
    return Topic(unit, Item(f"{kind}-{unit}", kind, title, reason, lead, advice, place, by, recipe))


def _returned(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    """Of each unit, warnings sent back twice or more."""
    level = breakdown_level(snapshot, scope.region)
    rows = returned_twice(snapshot, level, scope.region).filter(
        pl.col("warnings") > 0, pl.col("group") != ""
    )
    for row in rows.to_dicts():
        yield _topic(
            snapshot,
            "returned",
            row["group"],
            f"多次退回预警{words.count(row['warnings'], '条')}",
            f"被部门退回两次及以上，尚未办结，其中逾期{words.count(row['overdue'], '条')}。",
            "提请县级协调机制逐件议定责任单位。",
            recipe_of("warnings.returned_twice.by_region", scope),
        )


def _undecided(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    """Of each county, cases of the coordination mechanism undecided past the limit."""
    rows = topic(snapshot, "case_undecided", snapshot.as_of, "region", scope.region.county)
    late = rows.filter(pl.col("met") > 0, pl.col("group") != "")
    for row in late.sort("met", "group", descending=[True, False]).to_dicts():
        yield _topic(
            snapshot,
            "undecided",
            row["group"],
            f"县级协调机制待议定个案逾期{words.count(row['met'], '件')}",
            f"启动后超过{limits(snapshot.as_of)['coordination.decide']}个工作日仍未议定，"
            f"待议定共{words.count(row['whole'], '件')}。",
            "逐件议定并明确落实单位。",
            recipe_of("tasks.topics.topic_rates", scope, name="case_undecided-part"),
        )


def _unstarted(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    """Programmes, switched on where they need it, that have reached nobody entitled in a county."""
    rows = coverage(snapshot, "county").filter(
        pl.col("basis") != "none",
        due() >= FEWEST,
        pl.col("covered_eligible") == 0,
        scope.region.county.holds(pl.col("group")),
    )
    for row in rows.sort("eligible", descending=True).to_dicts():
        unit, gap = row["unit"], names.BASES[row["basis"]]
        yield _topic(
            snapshot,
            "unstarted",
            row["group"],
            f"{names.programme(row['programme_code'])}尚未启动",
            f"符合条件{words.count(row['eligible'], unit)}，已享受0{unit}，核实排除"
            f"{words.count(row['excluded'], unit)}，{gap}{words.count(row['gap'], unit)}。",
            "明确启动时间并核实发放。",
            recipe_of("coverage.cascade.cascade", scope, row["group"], basis=row["basis"]),
        )


def _differing(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    """Task rows whose reports and data say different things."""
    for task in tasks(snapshot, replace(scope, department="")):
        difference = disagreement(snapshot, scope, task)
        if not difference:
            continue
        concerning = [i for i in task.lines if i.variation == "concern" or i.assurance == "fail"]
        indicator = concerning[0] if concerning else task.lines[0]
        yield _topic(
            snapshot,
            "differs",
            task.lead_codes[0],
            f"任务{task.row}“{task.title}”填报与数据不一致",
            f"{difference}，需进一步核实。",
            "核实填报与数据的差异并更正。",
            recipe_of("series.trend", scope, indicator=indicator.id, page=PAGE),
        )


def _overdue(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    """Of each unit, decisions past due: a county's of what the counties' governments lead."""
    if not {"joint_meeting", "meeting_item"} <= set(snapshot.manifest["connected"]):
        return
    county = pl.col("region_code").str.slice(0, 6)
    of_county = (pl.col("lead_dept") == "county_governments") & county.is_not_null()
    rows = (
        live(snapshot, scope)
        .filter(pl.col("state") == STATES[2], pl.col("lead_dept").is_not_null())
        .with_columns(unit=pl.when(of_county).then(county).otherwise("lead_dept"))
        .group_by("unit", maintain_order=True)
        .agg(pl.len().alias("n"), pl.col("item_name").first())
        .sort("n", descending=True, maintain_order=True)
    )
    for row in rows.to_dicts():
        yield _topic(
            snapshot,
            "overdue",
            row["unit"],
            f"逾期议定事项{row['n']}项",
            f"“{row['item_name']}”{'等' if row['n'] > 1 else ''}超过完成时限未办结。",
            "说明原因，重新明确完成时限。",
            recipe_of("meeting.decisions.decided", scope),
        )


KINDS: tuple[Callable[[Snapshot, Scope], Iterator[Topic]], ...] = (
    _returned,
    _undecided,
    _unstarted,
    _differing,
    _overdue,
)
