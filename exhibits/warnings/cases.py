"""预警处置: open warnings by state and one by one."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.todo import cases as todo
from exhibits.warnings.returned_twice import RULE
from exhibits.warnings.unrouted import DIRECTIONS, PAGE, STATE_RULE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.open_cases import open_cases
from queries.answers.warnings import warnings
from queries.scope import Scope
from queries.store.snapshot import Snapshot


def _late(rows: pl.DataFrame) -> str:
    """；其中逾期1230条：待核查402条、核查后待办结24条 — by state, most first; empty for none."""
    late = (
        rows.group_by("label", maintain_order=True)
        .agg(pl.col("overdue").sum())
        .filter(pl.col("overdue") > 0)
        .sort("overdue", descending=True, maintain_order=True)
    )
    if late.is_empty() or rows["overdue"].null_count():
        return ""
    named = words.listed([f"{name}{words.count(n, '条')}" for name, n in late.rows()])
    return f"；其中逾期{words.count(total(late['overdue']), '条')}：{named}"


@builder
def states(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """All open warnings by state, entry and exit apart."""
    rows = warnings(snapshot, scope.region.level, scope.region).filter(pl.col("state") != "closed")
    name_by_state = {**names.STATES}
    labelled = rows.with_columns(
        label=pl.col("state").replace(name_by_state), series=pl.col("direction").replace(DIRECTIONS)
    )
    order = list(name_by_state.values())
    labelled = labelled.sort(
        pl.col("label").replace_strict(order, range(len(order)), return_dtype=pl.Int8), "direction"
    )
    by_direction = {
        name: words.count(total(group["warnings"]), "条")
        for (name,), group in labelled.group_by("series")
    }
    in_words = words.listed(
        [f"{name}{n}" for name, n in sorted(by_direction.items(), reverse=True)]
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="warning-states",
        title="在办预警办理状态",
        finding=f"在办预警{words.count(total(labelled['warnings']), '条')}，其中{in_words}"
        f"{_late(labelled)}。"
        if labelled.height
        else "无在办预警。",
        table=labelled.select(
            pl.col("series").alias("方向"),
            pl.col("label").alias("状态"),
            pl.col("warnings").alias("预警（条）"),
            pl.col("overdue").alias("其中逾期（条）"),
            pl.col("oldest_workdays").alias("最长等待（工作日）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "series", SUPPRESSED, value="warnings"),
            unit="条",
            description="在办预警按状态的条数，纳入与退出分列",
            ordered=True,
        ),
        definition=f"{STATE_RULE}等待自进入该状态之日起算，各状态各有时限：{todo.limits_in_words('warning')}。",
    )


@builder
def cases(
    snapshot: Snapshot, scope: Scope, direction: str = "", returned_twice: bool = False
) -> Exhibit:
    """Open warnings one by one; those sent back twice are candidates for the county mechanism."""
    rows = open_cases(snapshot, scope.region)
    if direction:
        rows = rows.filter(direction=direction)
    if returned_twice:
        rows = rows.filter(returned_twice=1)
    late = rows.filter(urgency="overdue").height
    finding = f"在办预警{rows.height}条，其中逾期{late}条。"
    if returned_twice:
        finding = f"多次退回、建议提请县级协调机制的{rows.height}条，其中逾期{late}条。"
    if rows.is_empty():
        finding = "未发生多次退回。" if returned_twice else "无在办预警。"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="warning-returned" if returned_twice else "warning-cases",
        title="多次退回、责任不清预警" if returned_twice else "在办预警清单",
        finding=finding,
        table=todo.listed(snapshot, rows),
        chart=None,
        definition=f"{todo.RULE}{RULE}{todo.limits_in_words('warning')}。",
    )
