"""What an indicator counts and on what basis its limit stands, in Chinese."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from data.reference import policy_tables
from exhibits.wording import words
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
    "year": "周岁",
}

#: Of figures by month.
MONTHLY = "逐月按每月1日至月末统计。"


@cache
def texts() -> dict[str, dict[str, str | None]]:
    """Rows of `definitions_zh.csv` by indicator."""
    return {row["id"]: row for row in policy_tables.table("definitions_zh").iter_rows(named=True)}


def validity(row: Mapping[str, str | None]) -> str:
    """自2026年7月1日起至2026年12月31日，陇民发〔2026〕12号; empty for what always holds."""
    start, end = row["valid_from"], row["valid_to"]
    first = f"自{words.day(date.fromisoformat(start))}起" if start else ""
    last = f"至{words.day(date.fromisoformat(end) - timedelta(days=1))}" if end else ""
    return "，".join(filter(None, [first + last, row["document_no"]]))


@cache
def limit(step: str) -> str:
    """时限20个工作日（系统默认：…）; of several versions each, the latest last."""
    rows = policy_tables.table("sla").filter(step_code=step).sort("valid_from").to_dicts()
    # Programmes may have their own limit of referrals.
    own = "按各项目规定，未另行规定的" if step == "referral.feedback" else ""
    return f"时限{own}{'；'.join(map(_limit, rows))}"


def _limit(row: dict[str, str]) -> str:
    basis = "，".join(filter(None, [f"{BASES[row['basis']]}：{row['step_zh']}", validity(row)]))
    return f"{row['limit_value']}{UNITS[row['limit_unit']]}（{basis}）"


@cache
def target(indicator: str) -> str:
    """90%（系统默认）; of several versions each, the latest last; empty without a target."""
    unit = catalogue()[indicator].unit
    rows = policy_tables.table("targets").filter(id=indicator).sort("valid_from").to_dicts()
    return "；".join(
        f"{float(row['target']):g}{unit}"
        f"（{'，'.join(filter(None, [row['basis'] or policy_tables.OURS, validity(row)]))}）"
        for row in rows
    )


@cache
def definition(indicator: str, period: str = MONTHLY) -> str:
    """分子、分母、时限及依据、目标及依据、统计期 (of a flow that has none of its own)."""
    text, about = texts()[indicator], catalogue()[indicator]
    phrases = [f"{'分子：' if text['denominator'] else ''}{text['numerator']}"]
    if text["denominator"]:
        phrases.append(f"分母：{text['denominator']}")
    if text["limit"]:
        phrases.append(limit(text["limit"]))
    if wanted := target(indicator):
        phrases.append(f"目标{wanted}")
    timed = about.kind == "flow" and indicator not in SPANS
    return "；".join(phrases) + "。" + (period if timed else "")
