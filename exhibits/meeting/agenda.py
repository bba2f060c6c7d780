"""议题: what the meeting might take up, proposed from the figures, each with its reason."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from data.reference import policy_tables
from data.reference.policy_tables import limits
from exhibits.exhibit import Recipe
from exhibits.making import scope_name
from exhibits.meeting.decisions import PAGE
from exhibits.overview.exceptions import exceptions
from exhibits.permitted import broken_down, topic
from exhibits.suppressed import total
from exhibits.tasks.reported import disagreement
from exhibits.tasks.rows import tasks
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage
from queries.answers.significance import FEWEST
from queries.answers.warnings import passed
from queries.cache import cached
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

KINDS = {
    "passed": "多头流转",
    "undecided": "县级协调待议定",
    "unstarted": "项目未启动",
    "target": "稳定不达标",
    "gap": "应救未救",
    "differs": "填报与数据不一致",
    "own": "会议办公室提出",
}

#: How many of each kind are proposed.
MOST = 3


@dataclass(frozen=True)
class Item:
    """A line of the agenda: its kind, what to discuss, why, who leads, and what to show."""

    key: str
    kind: str
    title: str
    reason: str
    lead: str = ""
    recipe: Recipe | None = None


@cached(8)
def proposals(snapshot: Snapshot, scope: Scope) -> tuple[Item, ...]:
    """The proposed agenda of the scope's region, and of its department where it has one."""
    kinds = (_passed, _undecided, _unstarted, _off_target, _gaps, _differing)
    found = [item for kind in kinds for item in _permitted(kind, snapshot, scope)]
    if scope.department:
        found = [item for item in found if item.lead == scope.department]
    return tuple(found)


def _permitted(
    kind: Callable[[Snapshot, Scope], Iterator[Item]], snapshot: Snapshot, scope: Scope
) -> list[Item]:
    """The items of a kind; none where the access does not hold what they are made of."""
    try:
        return list(kind(snapshot, scope))
    except AccessError:
        return []


def _recipe(builder: str, scope: Scope, region: str | None = None, **options: object) -> Recipe:
    at = scope.region if region is None else region
    return Recipe(builder, region=at, options=tuple(options.items()))


def _most(rows: pl.DataFrame, named: dict[str, str], unit: str) -> str:
    """礼县（12条）、武都区（8条）; `rows`: region, n."""
    top = rows.filter(pl.col("n") > 0).sort("n", descending=True).head(MOST)
    return words.listed([f"{named.get(c, '未知区划')}（{n:.0f}{unit}）" for c, n in top.rows()])


def _passed(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    rows = passed(snapshot, broken_down(snapshot, scope.region), scope.region)
    if rows.is_empty():
        return
    every, late = total(rows["warnings"]), total(rows["overdue"])
    most = _most(rows.select("group", n="warnings"), names.region_names(snapshot), "条")
    yield Item(
        "passed",
        "passed",
        f"多头流转预警{words.count(every, '条')}的处置",
        f"先后推送两个以上部门或两次退回，尚未办结，其中超期{words.count(late, '条')}"
        f"{f'；较多的是{most}' if most else ''}。建议提请县级协调机制。",
        "civil_affairs",
        _recipe("warnings.passed_around.by_region", scope),
    )


def _undecided(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    rows = topic(snapshot, "case_undecided", snapshot.as_of, "region", scope.region[:6])
    waiting, late = total(rows["whole"]), total(rows["met"])
    if waiting == 0:
        return
    most = _most(rows.select("group", n="whole"), names.region_names(snapshot), "件")
    yield Item(
        "undecided",
        "undecided",
        f"县级协调机制待议定个案{words.count(waiting, '件')}",
        f"已启动、尚未议定，其中超过{limits()['coordination.decide']}个工作日的"
        f"{words.count(late, '件')}{f'；较多的是{most}' if most else ''}。",
        "county_governments",
        _recipe("tasks.topics.topic_rates", scope, name="case_undecided-part"),
    )


def _operators() -> dict[str, str]:
    return dict(policy_tables.programmes().select("programme_code", "operating_dept").rows())


def _firm(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Firm programmes by county with enough entitled persons, in the scope's county."""
    return coverage(snapshot, "county").filter(
        pl.col("basis") == "firm",
        pl.col("eligible") >= FEWEST,
        pl.col("group").str.starts_with(scope.region[:6]),
    )


def _unstarted(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """Programmes with entitled persons in a county and not one reached."""
    rows = _firm(snapshot, scope).filter(pl.col("covered_eligible") == 0)
    for row in rows.sort("eligible", descending=True).head(MOST).to_dicts():
        where, programme = _where(snapshot, scope, row)
        yield Item(
            f"unstarted-{row['programme_code']}-{row['group']}",
            "unstarted",
            f"{where}{programme}尚未启动",
            f"符合条件{words.count(row['eligible'], '人')}，已享受0人，核实排除"
            f"{words.count(row['excluded'], '人')}，缺口{words.count(row['gap'], '人')}。",
            _operators()[row["programme_code"]],
            _recipe("coverage.cascade.cascade", scope, row["group"], basis="firm"),
        )


def _gaps(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """The largest firm gaps by programme and county among the programmes that run there."""
    rows = _firm(snapshot, scope).filter(pl.col("covered_eligible") > 0, pl.col("gap") > 0)
    for row in rows.sort("gap", descending=True).head(MOST).to_dicts():
        where, programme = _where(snapshot, scope, row)
        yield Item(
            f"gap-{row['programme_code']}-{row['group']}",
            "gap",
            f"{where}{programme}应救未救{words.count(row['gap'], '人')}",
            f"符合条件{words.count(row['eligible'], '人')}，覆盖率{words.value(row['rate'], '%')}，"
            f"在{scope_name(snapshot, scope)}各项目中缺口较大。",
            _operators()[row["programme_code"]],
            _recipe("coverage.matrix.matrix", scope, measure="gap", basis="firm"),
        )


def _where(snapshot: Snapshot, scope: Scope, row: dict) -> tuple[str, str]:
    there = replace(scope, region=row["group"])
    return scope_name(snapshot, there), names.programme(row["programme_code"])


def _off_target(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """What 总览 tells as stably off target."""
    for found in exceptions(snapshot, scope):
        if found.kind == "target":
            about, region = catalogue()[found.indicator], found.scope.region
            yield Item(
                f"target-{found.indicator}-{region}",
                "target",
                f"{scope_name(snapshot, found.scope)}{about.name}稳定不达标",
                found.text,
                _lead_of(found.indicator),
                _recipe("series.trend", scope, region, indicator=about.id, page=PAGE),
            )


def _lead_of(indicator: str) -> str:
    """The first department that leads the indicator's task row."""
    rows = policy_tables.table("tasks").filter(row_id=catalogue()[indicator].task_rows[0])
    return (rows["lead_codes"][0] or "").split("|")[0]


def _differing(snapshot: Snapshot, scope: Scope) -> Iterator[Item]:
    """Task rows whose reports and data say different things."""
    told = 0
    for task in tasks(snapshot, replace(scope, department="")):
        said = disagreement(snapshot, scope, task)
        if not said or told == MOST:
            continue
        told += 1
        bad = [i for i in task.lines if i.variation == "concern" or i.assurance == "fail"]
        shown = bad[0] if bad else task.lines[0]
        yield Item(
            f"differs-{task.row}",
            "differs",
            f"任务{task.row}“{task.title}”填报与数据不一致",
            f"{said}，需进一步核实。",
            task.lead_codes[0],
            _recipe("series.trend", scope, indicator=shown.id, page=PAGE),
        )
