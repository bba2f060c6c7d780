"""What may be chosen on the page: breakdowns, kinds of charts, how many indicators at once."""

from exhibits.make import narrows
from queries.access import WHOLE, Access
from queries.catalogue import Indicator

BREAKDOWNS = {
    "county": "县区",
    "township": "乡镇",
    "department": "部门",
    "programme": "项目",
    "category": "主类别",
    "residence": "城乡",
    "task_row": "任务",
    "month": "月份",
}

KINDS = {"bars": "柱形图", "lines": "折线图", "map": "地图", "table": "只要表格"}

#: The chart kinds of each breakdown beside the table; a map shows one indicator.
DRAWN = {"month": ("lines",), "county": ("bars", "map"), "township": ("map", "bars")}

#: Indicators side by side, at most; more are not distinguishable.
MOST = 4


def breakdowns(chosen: list[Indicator], county: str, access: Access = WHOLE) -> dict[str, str]:
    """Names by code of the breakdowns of all chosen indicators; townships within a county alone."""
    common = {*set.intersection(*[set(i.breakdowns) for i in chosen]), "month"} if chosen else set()
    if all(narrows(i.id) for i in chosen):
        common.add("residence")
    if not county or access.lowest == "county":
        common.discard("township")
    return {name: label for name, label in BREAKDOWNS.items() if name in common}


def kinds(by: str, several: bool) -> dict[str, str]:
    """Lines are for months, maps for one indicator by region, bars for all else."""
    chart_kinds = DRAWN.get(by, ("bars",))
    offered = [kind for kind in chart_kinds if kind != "map" or not several]
    return {kind: KINDS[kind] for kind in (*offered, "table")}


def mixed(chosen: list[Indicator]) -> bool:
    """Whether the indicators have different units, so that they cannot share an axis."""
    return len({i.unit for i in chosen}) > 1
