"""预警处置: open warnings by state and one by one."""

import polars as pl

from data.reference import limits
from exhibits import names, words
from exhibits.common import made
from exhibits.definitions import limit
from exhibits.exhibit import Chart, Exhibit
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import DIRECTIONS, PAGE, STATE_RULE
from queries.answers.cells import level_of
from queries.answers.warnings import SOON, open_list, warnings
from queries.open_edition import SUPPRESSED
from queries.scope import Scope
from queries.snapshot import Snapshot


@builder
def states(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """All open warnings by state, entry and exit apart."""
    rows = warnings(snapshot, level_of(scope.region), scope.region).filter(
        pl.col("state") != "closed"
    )
    named = {**names.STATES}
    shown = rows.with_columns(
        label=pl.col("state").replace(named), series=pl.col("direction").replace(DIRECTIONS)
    )
    order = list(named.values())
    shown = shown.sort(
        pl.col("label").replace_strict(order, range(len(order)), return_dtype=pl.Int8), "direction"
    )
    by_direction = {
        name: words.count(total(group["warnings"]), "条")
        for (name,), group in shown.group_by("series")
    }
    said = words.listed([f"{name}{n}" for name, n in sorted(by_direction.items(), reverse=True)])
    return made(
        snapshot,
        scope,
        PAGE,
        key="warning-states",
        title="在办预警状态",
        question="在办的预警办到哪一步？",
        finding=f"在办预警{words.count(total(shown['warnings']), '条')}，其中{said}。"
        if shown.height
        else "无在办预警。",
        table=shown.select(
            pl.col("series").alias("方向"),
            pl.col("label").alias("状态"),
            pl.col("warnings").alias("预警（条）"),
            pl.col("overdue").alias("其中超时（条）"),
            pl.col("oldest_workdays").alias("最长等待（工作日）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=shown.select("label", "series", SUPPRESSED, value="warnings"),
            unit="条",
            description="在办预警按状态的条数，纳入与退出分列",
        ),
        definition=f"{STATE_RULE}其他状态自产生起算。{limit('warning.route')}；{limit('warning.close')}。",
    )


LIST_COLUMNS = {
    "case": "编号尾号",
    "place": "地区",
    "direction": "方向",
    "kind": "类型",
    "source": "来源",
    "programme": "建议项目",
    "days": "等待（工作日）",
    "state": "状态",
    "overdue": "时限",
    "passed": "多头流转",
}


@builder
def cases(snapshot: Snapshot, scope: Scope, direction: str = "", passed: bool = False) -> Exhibit:
    """Open warnings one by one; the passed-around ones are candidates for the county mechanism."""
    rows = open_list(snapshot, scope.region)
    if direction:
        rows = rows.filter(pl.col("direction") == direction)
    if passed:
        rows = rows.filter(pl.col("passed") == 1)
    regions_named = names.region_names(snapshot)
    county = pl.col("region").str.slice(0, 6).replace(regions_named)
    route, close = limits()["warning.route"], limits()["warning.close"]
    left = pl.when(pl.col("state") == "unrouted").then(route).otherwise(close) - pl.col("days")
    table = rows.with_columns(
        place=county + pl.col("region").replace(regions_named),
        direction=pl.col("direction").replace(DIRECTIONS),
        kind=pl.col("kind").replace(names.kinds()),
        source=pl.col("source").replace(names.sources()),
        programme=pl.col("programme").replace(names.programmes()).fill_null(""),
        overdue=pl.when(pl.col("overdue") == 1)
        .then(pl.lit("▲ 超期"))
        .when(left < SOON[-1])
        .then(pl.lit("◆ 临期"))
        .otherwise(pl.lit("● 正常")),
        state=pl.col("state").replace(names.STATES),
        passed=pl.when(pl.col("passed") == 1).then(pl.lit("是")).otherwise(pl.lit("")),
    ).select(pl.col(name).alias(shown) for name, shown in LIST_COLUMNS.items())
    late = table.filter(pl.col("时限") == "▲ 超期").height
    finding = f"在办预警{table.height}条，其中超期{late}条。"
    if passed:
        finding = f"多头流转、建议提请县级协调机制的{table.height}条，其中超期{late}条。"
    if table.is_empty():
        finding = "未发生多头流转。" if passed else "无在办预警。"
    return made(
        snapshot,
        scope,
        PAGE,
        key="warning-passed" if passed else "warning-cases",
        title="多头流转预警" if passed else "在办预警清单",
        question="哪些在部门之间来回流转？" if passed else "逐条看：哪些预警还没有办完？",
        finding=finding,
        table=table,
        chart=None,
        definition="仅列编号尾号、乡镇、类型、等待时间与状态，不含个人信息。"
        f"多头流转＝先后推送两个以上部门或两次退回。{limit('warning.route')}；{limit('warning.close')}。",
    )
