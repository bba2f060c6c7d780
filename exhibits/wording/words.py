"""Numbers and changes in official Chinese (`docs/style-zh.md` names the rules)."""

from datetime import date, timedelta

from queries.statistics.direction import direction

UNKNOWN = "无可比数据"
NOT_CONNECTED = "数据源未接入"
OTHER_DEFINITIONS = "口径不同，不作比较"

#: How a suppressed figure is written, and its entry in a legend.
HIDDEN = "*"
HIDDEN_NAME = "* 数值较小，不予显示"

#: Names of rows that are the sum or the whole of the others, where there is one.
TOTAL = "合计"
TOTALS = ("全市", TOTAL)


def by_definitions(version: int) -> str:
    """按第1版口径统计"""
    return f"按第{version}版口径统计"


STATUS = {
    "no_data": NOT_CONNECTED,
    "off_season": "非发放期",
    "not_reached": "未达到",
    "undefined": "无此类事项",
    "suppressed": HIDDEN,
    "older": f"该日{by_definitions(1)}，无此数",
}


def day(value: date) -> str:
    """2026年10月31日"""
    return f"{value.year}年{value.month}月{value.day}日"


def count(value: float | None, unit: str) -> str:
    """Whole below 10,000, from there in 万 with two decimals; `*` for a suppressed one (None)."""
    if value is None:
        return f"{HIDDEN}{unit}"
    if abs(value) >= 10_000:
        return f"{value / 10_000:.2f}万{unit}"
    return f"{value:.0f}{unit}"


def money(yuan: float) -> str:
    """万元 with two decimals, from 1亿 in 亿元."""
    if abs(yuan) >= 100_000_000:
        return f"{yuan / 100_000_000:.2f}亿元"
    return f"{yuan / 10_000:.2f}万元"


def value(number: float | None, unit: str, status: str = "ok") -> str:
    """A figure with its unit, or why there is none."""
    if status != "ok" or number is None:
        return STATUS.get(status, UNKNOWN)
    if unit == "%":
        return f"{number:.2f}%"
    if unit.startswith("元"):
        return f"{number:,.2f}{unit}"
    if unit == "工作日":
        return f"{number:.0f}个工作日"
    return count(number, unit)


def share(numerator: float | None, denominator: float | None) -> str:
    """A numerator in % of its denominator; `*` where one of them is suppressed (None)."""
    if numerator is None or denominator is None:
        return HIDDEN
    return f"{numerator / denominator * 100:.2f}%" if denominator else UNKNOWN


def change(now: float | None, before: float | None, unit: str) -> str:
    """A change in words: rates in 个百分点, counts in %, 持平, or 无可比数据."""
    if now is None or before is None:
        return UNKNOWN
    way = direction(now, before, unit)
    if way == 0:
        return "持平"
    delta = abs(now - before)
    if unit not in ("%", "工作日") and before == 0:
        return f"新增{count(now, unit)}"
    if unit == "%":
        return f"{verb(way, unit)}{delta:.2f}个百分点"
    if unit == "工作日":
        return f"{verb(way, unit)}{delta:.0f}个工作日"
    return f"{verb(way, unit)}{delta / abs(before) * 100:.2f}%"


def difference(now: float | None, before: float | None, unit: str) -> str:
    """A change of a count in its unit: 多12件, 少3人; of a rate as `change` has it."""
    if now is None or before is None:
        return UNKNOWN
    if unit in ("%", "工作日") or unit.startswith("元") or direction(now, before, unit) == 0:
        return change(now, before, unit)
    return f"{'多' if now > before else '少'}{count(abs(now - before), unit)}"


def on(value: date, now: date) -> str:
    """7月末, 2025年10月末, 2026年8月18日: a day before `now`, a month-end by its month."""
    if (value + timedelta(days=1)).day != 1:
        return day(value)
    return f"{'' if value.year == now.year else f'{value.year}年'}{value.month}月末"


def verb(way: int, unit: str) -> str:
    """The verb of a change; `way`: 1 up, −1 down."""
    up, down = {"%": ("上升", "下降"), "工作日": ("延长", "缩短")}.get(unit, ("增长", "下降"))
    return up if way > 0 else down


def change_since(now: float | None, then: float | None, unit: str, since: date | None) -> str:
    """较2025年10月31日下降5.66%，或变化无可比数据。"""
    if since is None or now is None or then is None:
        return f"变化{UNKNOWN}"
    return f"较{day(since)}{change(now, then, unit)}"


def listed(names: list[str]) -> str:
    """甲、乙、丙"""
    return "、".join(names)
