"""预警处置: which warnings lie unrouted, where, since when."""

from functools import lru_cache

import polars as pl

from data.reference import limits
from exhibits import names, words
from exhibits.common import made
from exhibits.definitions import definition, limit
from exhibits.exhibit import Chart, Exhibit
from queries.answers.bands import band_names
from queries.answers.cells import level_of, own_group
from queries.answers.indicators import indicators
from queries.answers.regions import regions
from queries.answers.warnings import BANDS, SOON, ages, open_list, unrouted, warnings
from queries.scope import Scope, before
from queries.snapshot import Snapshot

PAGE = "预警处置"

DIRECTIONS = {"": "全部", "entry": "纳入预警", "exit": "退出预警"}

CUTS = {"county": "县区", "kind": "类型", "source": "来源", "programme": "建议项目"}

STATE_RULE = "未转办＝无在办推送、未启动县级协调、未办结；全部退回的重新计入，自最后一次退回起算。"


def _named(snapshot: Snapshot, by: str) -> dict[str, str]:
    if by in ("county", "township"):
        return names.region_names(snapshot)
    if by == "programme":
        return {**names.programmes(), "": "未建议项目"}
    return names.kinds() if by == "kind" else names.sources()


def _headline(snapshot: Snapshot, scope: Scope, indicator: str) -> float | None:
    found = indicators(snapshot, level_of(scope.region))
    rows = found.filter(id=indicator, group=own_group(snapshot, scope.region))
    return rows["value"].item() if rows.height else None


def _total(snapshot: Snapshot, scope: Scope, direction: str) -> dict:
    rows = unrouted(snapshot, level_of(scope.region), scope.region, direction)
    none = {"warnings": 0, "overdue": 0, "oldest": None, **{f"due_{k}": 0 for k in SOON}}
    return rows.row(0, named=True) if rows.height else none


@lru_cache(maxsize=64)
def by_group(snapshot: Snapshot, scope: Scope, by: str, direction: str = "") -> Exhibit:
    """Unrouted warnings by county (or township), kind, source or programme; overdue apart."""
    cut = "township" if by == "county" and scope.region else by
    rows = unrouted(snapshot, cut, scope.region, direction)
    named = _named(snapshot, cut)
    if cut == "county":
        order = [code for code, _ in regions(snapshot, "county")]
        rows = pl.DataFrame({"group": order}, schema={"group": pl.String}).join(
            rows, on="group", how="left", maintain_order="left"
        )
    shown = rows.with_columns(
        pl.col("warnings", "overdue").fill_null(0),
        label=pl.col("group").replace(named),
    ).head(20)
    title = "乡镇" if cut == "township" else CUTS[by]
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"unrouted-{by}",
        title=f"未转办预警_分{title}",
        question=f"未转办的预警在哪里？（按{title}）",
        finding=_unrouted_finding(snapshot, scope, shown, direction),
        table=_unrouted_table(shown, title),
        chart=Chart(
            kind="bars",
            data=_overdue_parts(shown),
            unit="条",
            description=f"按{title}的未转办预警条数，超时与时限内分列",
            stacked=True,
            horizontal=cut != "county",
        ),
        definition=f"{definition('I0707')}{STATE_RULE}超时：{limit('warning.route')}。",
    )


def _unrouted_table(rows: pl.DataFrame, title: str) -> pl.DataFrame:
    return rows.select(
        pl.col("label").alias(title),
        pl.col("warnings").alias("未转办（条）"),
        pl.col("overdue").alias("其中超时（条）"),
        pl.col("oldest").alias("最长等待（工作日）"),
        *[pl.col(f"due_{k}").fill_null(0).alias(f"{k}个工作日内将超时（条）") for k in SOON],
    )


def _overdue_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Two series: overdue and within the limit."""
    parts = [
        rows.select(
            "label",
            pl.lit("超时").alias("series"),
            value="overdue",
            code="group",
            mark=pl.lit("concern"),
        ),
        rows.select(
            "label",
            pl.lit("时限内").alias("series"),
            value=pl.col("warnings") - pl.col("overdue"),
            code="group",
            mark=pl.lit("q3"),
        ),
    ]
    both = pl.concat(parts)
    shown = pl.when(pl.col("value") > 0).then(pl.col("value").cast(pl.String)).otherwise(pl.lit(""))
    return both.with_columns(text=shown)


def _unrouted_finding(snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, direction: str) -> str:
    total, then = _total(snapshot, scope, direction), before(snapshot, scope)
    where = names.place(snapshot, scope.region)
    what = DIRECTIONS[direction] if direction else "预警"
    if not total["warnings"]:
        return f"{where}未发生未转办{what}。"
    old = _total(then, scope, direction)["warnings"] if then else None
    change = words.change_since(total["warnings"], old, "条", then.as_of if then else None)
    share = total["overdue"] / total["warnings"] * 100
    top = rows.filter(pl.col("warnings") > 0).sort("warnings", descending=True).head(3).to_dicts()
    listed = words.listed([f"{r['label']}（{r['warnings']}条）" for r in top])
    return (
        f"{where}未转办{what}{words.count(total['warnings'], '条')}，{change}；"
        f"其中超时{words.count(total['overdue'], '条')}，占{share:.2f}%，"
        f"最长已等待{total['oldest']}个工作日；较多的是{listed}。"
    )


@lru_cache(maxsize=64)
def age_bands(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Unrouted warnings by working days waited."""
    rows = ages(snapshot, level_of(scope.region), scope.region, direction)
    counted = dict(rows.select("band", "warnings").rows())
    late = limits()["warning.route"]
    records = [
        (band, counted.get(band, 0), "concern" if i >= 3 else "q3")
        for i, band in enumerate(band_names(BANDS))
    ]
    data = pl.DataFrame(records, schema=["label", "value", "mark"], orient="row")
    total = sum(counted.values())
    over = sum(value for _, value, mark in records if mark == "concern")
    return made(
        snapshot,
        scope,
        PAGE,
        key="unrouted-ages",
        title="未转办预警_等待时间",
        question="已经等了多久？",
        finding=f"等待超过{late}个工作日的{words.count(over, '条')}，占{over / total * 100:.2f}%。"
        if total
        else "未发生未转办预警。",
        table=data.select(
            pl.col("label").alias("等待工作日"), pl.col("value").alias("未转办（条）")
        )
        if total
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            x_title="等待工作日",
            description="按等待工作日分段的未转办预警，超过时限的各段为橙色",
        ),
        definition=f"{STATE_RULE}橙色为超过时限的各段。{limit('warning.route')}。",
    )


@lru_cache(maxsize=64)
def soon_overdue(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Unrouted warnings that will be overdue in the next 1, 3 and 5 working days."""
    cut = "township" if scope.region else "county"
    rows = unrouted(snapshot, cut, scope.region, direction).filter(pl.col("due_5") > 0)
    named = names.region_names(snapshot)
    shown = rows.sort("due_1", "due_3", "due_5", descending=True).with_columns(
        label=pl.col("group").replace(named)
    )
    steps = (
        ("1个工作日内", "due_1", None),
        ("2–3个工作日内", "due_3", "due_1"),
        ("4–5个工作日内", "due_5", "due_3"),
    )
    parts = [
        shown.select(
            "label",
            pl.lit(name).alias("series"),
            value=pl.col(upto) - (pl.col(less) if less else 0),
            code="group",
        )
        for name, upto, less in steps
    ]
    data = pl.concat(parts).filter(pl.col("value") > 0) if shown.height else pl.DataFrame()
    total = {k: int(shown[f"due_{k}"].sum()) for k in SOON}
    return made(
        snapshot,
        scope,
        PAGE,
        key="unrouted-soon",
        title="即将超时预警",
        question="哪些即将超时？",
        finding=f"如不转办，1个工作日内将超时{total[1]}条，3个工作日内{total[3]}条，"
        f"5个工作日内{total[5]}条。"
        if total[5]
        else "未来5个工作日内无即将超时的未转办预警。",
        table=shown.select(
            pl.col("label").alias("地区"),
            *[pl.col(f"due_{k}").alias(f"{k}个工作日内（条）") for k in SOON],
        ),
        chart=Chart(
            kind="bars",
            data=data,
            unit="条",
            description="未来1、3、5个工作日内将超时的未转办预警",
            stacked=True,
            horizontal=True,
        ),
        definition=f"尚未超时、在所列工作日内仍未转办即超时的预警。{limit('warning.route')}。",
    )


@lru_cache(maxsize=64)
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
    total = int(shown["warnings"].sum())
    by_direction = dict(shown.group_by("series").agg(pl.col("warnings").sum()).rows())
    said = words.listed([f"{name}{n}条" for name, n in sorted(by_direction.items(), reverse=True)])
    return made(
        snapshot,
        scope,
        PAGE,
        key="warning-states",
        title="在办预警状态",
        question="在办的预警办到哪一步？",
        finding=f"在办预警{words.count(total, '条')}，其中{said}。" if total else "无在办预警。",
        table=shown.select(
            pl.col("series").alias("方向"),
            pl.col("label").alias("状态"),
            pl.col("warnings").alias("预警（条）"),
            pl.col("overdue").alias("其中超时（条）"),
            pl.col("oldest_workdays").alias("最长等待（工作日）"),
        ),
        chart=Chart(
            kind="bars",
            data=shown.select("label", "series", value="warnings"),
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


@lru_cache(maxsize=64)
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


def numbers(snapshot: Snapshot, scope: Scope, direction: str = "") -> list[tuple[str, str, bool]]:
    """The figures of the page's first row: name, figure, whether it needs attention."""
    total = _total(snapshot, scope, direction)
    oldest = words.value(total["oldest"], "个工作日", "ok" if total["oldest"] else "undefined")
    return [
        ("未转办", words.count(total["warnings"], "条"), False),
        ("其中超时", words.count(total["overdue"], "条"), total["overdue"] > 0),
        ("最长已等待", oldest, total["overdue"] > 0),
        *[(f"{k}个工作日内将超时", words.count(total[f"due_{k}"], "条"), False) for k in SOON],
    ]
