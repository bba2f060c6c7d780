"""指标口径: every definition, every programme rule, every statistical method."""

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Exhibit
from exhibits.make import TWICE, city_table
from exhibits.overview.page_of import PAGES, page_of
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import limit, target, texts, validity
from exhibits.wording.periods import name_of
from queries.answers.cities import SUMS_OF_CITIES, reported
from queries.answers.periods import in_period
from queries.answers.quality import table_names
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

PAGE = "指标口径"

#: What a province's day says of an indicator that is a sum over cities.
CITIES = f"各市之和：{TWICE}。"

KINDS = {"stock": "存量（截至日）", "flow": "流量（所选时段）"}

BETTER = {"up": "越高越好", "down": "越低越好", "neutral": "不作优劣"}

BREAKDOWNS = {
    "city": "全市",
    "county": "县区",
    "township": "乡镇",
    "department": "部门",
    "programme": "项目",
    "category": "主类别",
    "task_row": "任务",
}

METHODS = (
    ("Wilson区间", "比率的95%置信区间", "(p̂+z²/2n±z√(p̂(1−p̂)/n+z²/4n²))÷(1+z²/n)，z=1.960"),
    ("Byar近似", "件数、率的95%置信区间；少于10件用精确泊松区间", "n(1−1/9n±z/3√n)³"),
    (
        "与全市比较",
        "▲优于、▼劣于全市",
        "仅当95%置信区间不含全市值时标注；分母不足30不作比较",
    ),
    (
        "XmR控制图",
        "月末走势的平均与控制限",
        "平均±2.66×平均移动极差；大于3.267×平均的极差剔除一次后重算（余下全为0时不剔除）；"
        "控制限不超出可能取值（件数不低于0，百分比在0—100之间）；只取月末",
    ),
    (
        "判异规则",
        "好转、异常变差",
        "超出控制限；连续6个月同向变化；3期中2期在均值至控制限三分之二以外且3期同侧；连续7期同侧。"
        "最近月末触发且较对比日没有反向变化的，称好转、变差；反向的如实写明，不称好转、变差。"
        "不足12个月末、半数以上的月份没有变化、随季节变化或随进度累计的指标不作判断",
    ),
    (
        "序时进度",
        "随季度、全年累计的指标与已过时间比较",
        "本季度（本年）已过日数÷全季（全年）日数，含截至日；季度走访目标按序时进度折算；"
        "资金支出超过下达（超过100%）属异常，须核查，不作进度快",
    ),
    (
        "达标判断",
        "达标、未达标；持续达标、持续未达标",
        "当前值与目标比较，等于目标为达标；控制限都在目标同一侧（含相接）、且与当前值同侧的，"
        "称持续；多数月末与当前值不同侧的，写明本期与多数月末；不作变化判断的，只比较当前值",
    ),
    (
        "Kaplan–Meier估计",
        "含在办、未救到者的用时中位数与P90",
        "S(t)=∏(1−dᵢ/nᵢ)；中位数为S(t)≤0.5的最小t；未达到一半记“未达到”；95%限为对数对数变换",
    ),
    (
        "月均",
        "长短不同的两个时段的件数比较",
        "件数÷月数；每日按所在月份的天数折算，整月为1，10月1日至15日为15/31",
    ),
    ("漏斗图", "县区差异是否超出规模造成的波动", "p̄±z√(p̄(1−p̄)/n)，z=1.960与3.090"),
    (
        "工作日",
        "时限计算",
        "按国务院办公厅放假通知，含调休；收到当日为第0日；未公布年份按周一至周五计",
    ),
)


@builder
def definitions(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Every indicator of the catalogue with its definition and current value."""
    rows = {r["id"]: r for r in in_period(snapshot, scope.period).to_dicts()}
    sums = SUMS_OF_CITIES if reported(snapshot) else ()
    records = [
        _record(i, rows.get(i.id), scope.period, CITIES if i.id in sums else "")
        for i in catalogue().values()
    ]
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="methods-indicators",
        title="指标定义",
        finding=f"共{len(records)}项指标，覆盖十三项任务的十八行。",
        table=pl.DataFrame(records, infer_schema_length=None),
        definition="政策原文未规定天数、目标和时间，时限与目标均注明依据：法定、外省参照或系统默认；"
        "由管理员在本地化参考表中修改，注明起止日期和文号。",
    )


def _record(about: Indicator, row: dict | None, period: str, also: str) -> dict[str, str]:
    text = texts()[about.id]
    tables = table_names()
    value = words.value(row["value"], about.unit, row["status"]) if row else words.UNKNOWN
    return {
        "编号": about.id,
        "任务": "、".join(about.task_rows),
        "指标": name_of(about, period),
        "单位": about.unit,
        "类型": KINDS[about.kind],
        "方向": BETTER[about.better],
        "分子": text["numerator"] or "",
        "分母": text["denominator"] or "",
        "时限及依据": limit(text["limit"]) if text["limit"] else "",
        "目标及依据": target(about.id),
        "数据表": words.listed([tables[t] for t in (text["tables"] or "").split("|")]),
        "可按分组": words.listed([BREAKDOWNS[c] for c in about.breakdowns]),
        "当前值（全市）": value,
        "注意事项": also + (text["caveat"] or ""),
        "所在页面": PAGES[page_of(about.id)],
    }


@builder
def rules(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Every programme rule with the clause it comes from."""
    basis = {"yes": "应救未救", "suspect_list": "疑似缺口", "no": "不计缺口"}
    rows = policy_tables.table("eligibility_rules")
    rows = rows.with_columns(validity=pl.Series(map(validity, rows.to_dicts()), dtype=pl.String))
    table = rows.select(
        pl.col("rule_id").alias("规则"),
        pl.col("task_row").alias("任务"),
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        pl.col("seed_clause").alias("条款"),
        pl.col("circumstance").alias("条件"),
        pl.col("gap_basis").replace(basis).alias("缺口口径"),
        pl.col("seed_text").alias("政策原文"),
        pl.col("validity").alias("有效期及文号"),
    )
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="methods-rules",
        title="救助项目规则",
        finding=f"共{table.height}条规则；同一项目的各条规则满足其一即为符合条件。",
        table=table,
        definition="可以、有条件的县区等表述的项目，仅在县区开通后计缺口。支出型临时救助无规则，只列已救助人数。",
    )


@builder
def methods(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Every statistical method with its formula."""
    table = pl.DataFrame(METHODS, schema=["方法", "用途", "公式与规则"], orient="row")
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="methods-statistics",
        title="统计方法",
        finding=f"共{table.height}种方法；只有统计规则触发时才使用“显著”“信号”等用语。",
        table=table,
        definition="各方法与公开文献的算例逐值核对。",
    )
