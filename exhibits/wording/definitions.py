"""What an indicator counts and on what basis its limit stands, in Chinese."""

from functools import cache

from data.reference import policy_tables
from queries.catalogue import SPANS, catalogue

BASES = {"statute": "法定", "reference": "外省参照", "default": "系统默认"}

UNITS = {
    "workday": "个工作日",
    "day": "日",
    "hour": "小时",
    "month": "个月",
    "yuan": "元",
    "day_of_month": "日（每月）",
    "month_day": "（月日）",
}

#: Of figures by month.
MONTHLY = "逐月按每月1日至月末统计。"


@cache
def texts() -> dict[str, dict[str, str | None]]:
    """Rows of `definitions_zh.csv` by indicator."""
    return {row["id"]: row for row in policy_tables.table("definitions_zh").iter_rows(named=True)}


@cache
def limit(step: str) -> str:
    """时限10个工作日（系统默认：…）; of referrals that programmes may have their own."""
    rows = {row["step_code"]: row for row in policy_tables.table("sla").iter_rows(named=True)}
    row = rows[step]
    basis = f"{BASES[row['basis']]}：{row['step_zh']}"
    own = "按各项目规定，未另行规定的" if step == "referral.feedback" else ""
    return f"时限{own}{row['limit_value']}{UNITS[row['limit_unit']]}（{basis}）"


@cache
def definition(indicator: str, period: str = MONTHLY) -> str:
    """分子、分母、时限及依据、目标及依据、统计期 (of a flow that has none of its own)."""
    text, about = texts()[indicator], catalogue()[indicator]
    phrases = [f"{'分子：' if text['denominator'] else ''}{text['numerator']}"]
    if text["denominator"]:
        phrases.append(f"分母：{text['denominator']}")
    if text["limit"]:
        phrases.append(limit(text["limit"]))
    if indicator in policy_tables.targets():
        target, basis = policy_tables.targets()[indicator]
        phrases.append(f"目标{target:g}{about.unit}（{basis}）")
    timed = about.kind == "flow" and indicator not in SPANS
    return "；".join(phrases) + "。" + (period if timed else "")
