"""待办: open warnings of a region and open referrals of a department, the most urgent first."""

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import limit
from queries.answers.open_cases import SOON, open_cases
from queries.cubes.clocks import STEPS
from queries.region import at_level
from queries.scope import Scope
from queries.store.snapshot import Snapshot

PAGE = "待办"

URGENCY = {"overdue": "■ 逾期", "soon": "◆ 临期", "normal": "● 正常"}

ITEMS = {"warning": "预警", "referral": "推送"}

STATES = {
    **names.STATES,
    **{"referred": "待签收", "unaccepted": "■ 逾期未签收", "accepted": "已签收待办理"},
}

#: How a limit in a unit is said.
UNITS = {"workday": "个工作日", "day": "日", "month": "个月（次月底前）"}

DIRECTIONS = {"entry": "纳入", "exit": "退出"}

LIMITS = {"warning": STEPS, "referral": ("referral.feedback", "referral.accept")}


def limits_in_words(item: str) -> str:
    """时限9个工作日（…）；… of each step that the list holds."""
    return "；".join(limit(step) for step in LIMITS[item])


def items(snapshot: Snapshot) -> dict[str, str]:
    """The lists of a role: a department's referrals, a region's warnings, else both."""
    access = snapshot.access
    if access.department:
        return {"referral": ITEMS["referral"]}
    return {"warning": ITEMS["warning"]} if access.own else ITEMS


RULE = (
    "编号为平台编号，可据此在平台查询；不含个人信息。逾期在前，其次为临期（距应办结日不足预警提前量，"
    f"未设的为{SOON}个工作日），再次为其他，均按应办结日排列。"
)


@builder
def cases(snapshot: Snapshot, scope: Scope, item: str = "warning") -> Exhibit:
    """Every open case with its number, township, kind, state, waiting, due day and holder."""
    rows = open_cases(snapshot, scope.region, scope.department, item)
    table = listed(snapshot, rows)
    if item == "referral":
        table = table.drop("本环节起算日")
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"todo-{item}",
        title=f"待办{ITEMS[item]}清单",
        finding=_finding(snapshot, scope, rows, item),
        table=table,
        chart=None,
        definition=f"{RULE}{limits_in_words(item)}。",
    )


def units() -> dict[str, str]:
    """How the limit of each step is said."""
    rows = policy_tables.table("sla").select("step_code", "limit_unit").rows()
    return {step: UNITS[unit] for step, unit in rows if unit in UNITS}


def numbers(snapshot: Snapshot, scope: Scope, item: str) -> list[tuple[str, str, bool]]:
    """The figures above the list: name, figure, whether it needs attention."""
    rows = open_cases(snapshot, scope.region, scope.department, item)
    urgency, unaccepted = rows["urgency"], int((rows["accept_overdue"] == 1).sum())
    accept_late = [("逾期未签收", words.count(unaccepted, _unit(item)), unaccepted > 0)]
    counts = {name: int((urgency == name).sum()) for name in URGENCY}
    return [
        ("逾期", words.count(counts["overdue"], _unit(item)), counts["overdue"] > 0),
        ("临期", words.count(counts["soon"], _unit(item)), False),
        ("时限内", words.count(counts["normal"], _unit(item)), False),
        ("合计", words.count(urgency.len(), _unit(item)), False),
        *(accept_late if item == "referral" else []),
    ]


def _unit(item: str) -> str:
    return "条" if item == "warning" else "件"


def _finding(snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, item: str) -> str:
    where, unit = names.region_name(snapshot, scope.region), _unit(item)
    whose = names.department(scope.department) if scope.department else where
    if rows.is_empty():
        return f"{whose}无待办{ITEMS[item]}。"
    late = rows.filter(urgency="overdue")
    text = f"{whose}待办{ITEMS[item]}{words.count(rows.height, unit)}，"
    if late.is_empty():
        return f"{text}无逾期。"
    of_these = _parts(late, unit) if item == "warning" else ""
    first = late.row(0, named=True)
    return (
        f"{text}其中逾期{words.count(late.height, unit)}{of_these}；"
        f"逾期最久的应于{words.day(first['due_on'])}前办理，已等待{first['days']}个工作日。"
        if first["due_on"]
        else f"{text}其中逾期{words.count(late.height, unit)}{of_these}。"
    )


def _parts(late: pl.DataFrame, unit: str) -> str:
    """（待核查12条、待转办3条、…）: the states of the overdue, in their order."""
    counts = dict(late["state"].value_counts().rows())
    told = [f"{STATES[s]}{words.count(counts[s], unit)}" for s in names.STATES if s in counts]
    return f"（{words.listed(told)}）"


def listed(snapshot: Snapshot, rows: pl.DataFrame) -> pl.DataFrame:
    """The list in Chinese: urgency and due day first, then the case and its holder."""
    name_by_code = names.region_names(snapshot)
    county = at_level(pl.col("region"), "county")
    state = (
        pl.when(pl.col("accepted") == 1)
        .then(pl.lit("accepted"))
        .when(pl.col("accept_overdue") == 1)
        .then(pl.lit("unaccepted"))
        .otherwise("state")
    )
    holders = {**names.departments(), **names.HOLDERS}
    rank = {code: place for place, code in enumerate(holders)}
    in_order = pl.element().sort_by(pl.element().replace_strict(rank, default=len(rank)))
    holder = pl.col("holder").str.split("|").list.eval(in_order.replace(holders))
    unit = pl.col("step").replace_strict(units(), default=None)
    return rows.select(
        pl.col("urgency").replace(URGENCY).alias("时限"),
        pl.col("due_on").alias("应办结日"),
        pl.col("since").alias("本环节起算日"),
        (pl.col("limit").cast(pl.String) + unit).fill_null("—").alias("办理时限"),
        pl.col("days").alias("已等待（工作日）"),
        pl.col("case").alias("编号"),
        county.replace(name_by_code).fill_null("未填地区").alias("县区"),
        pl.when(pl.col("region") != county)
        .then(pl.col("region").replace(name_by_code))
        .otherwise(pl.lit(""))
        .alias("乡镇"),
        state.replace(STATES).alias("状态"),
        pl.col("kind").replace(names.kinds()).fill_null("—").alias("类型"),
        pl.col("direction").replace(DIRECTIONS).fill_null("—").alias("方向"),
        pl.col("programme").replace(names.programmes()).fill_null("—").alias("建议项目"),
        holder.list.join("、").fill_null("—").alias("承办单位"),
    )
