"""Counties against the city: classes of a legend, marks, the ranking in words."""

from collections.abc import Mapping

from exhibits.permitted import enough
from exhibits.wording import words
from queries.answers.significance import standing
from queries.catalogue import Indicator

STANDING = (
    ("improvement", "▲ 优于全市"),
    ("usual", "● 与全市无显著差异"),
    ("concern", "▼ 劣于全市"),
)

UNKNOWN_CLASSES = (
    ("few", "点纹：样本过少（分母不足30）"),
    ("none", "斜纹：数据源未接入或无此类事项"),
    ("hidden", "叉纹：* 不予显示"),
)

MARKS = {"improvement": "▲", "concern": "▼"}

#: The class of suppressed cells of a matrix.
NOT_SHOWN = ("* 不予显示", "hidden")

SIGNIFICANCE = "▲▼仅在95%置信区间不含全市值时标注。"


def ranking(
    indicator: Indicator, rows: list[dict], city: dict, name_by_code: Mapping[str, str]
) -> str:
    """居前三位的是…；低于全市平均水平的是… of rates with at least 30 cases; empty otherwise."""
    if not indicator.is_rate or indicator.better == "neutral" or indicator.id == "I0102":
        return ""
    ranked = [r for r in rows if r["status"] == "ok" and enough(r)]
    if len(ranked) < 4:
        return ""
    up = indicator.better == "up"
    ordered = sorted(ranked, key=lambda r: r["value"], reverse=up)
    first = words.listed([name_by_code[r["group"]] for r in ordered[:3]])
    worse = [r for r in ranked if standing(indicator, r, city) == "concern"]
    phrases = [f"居前三位的是{first}"]
    if worse:
        side = "低于" if up else "高于"
        phrases.append(
            f"显著{side}全市平均水平的是{words.listed([name_by_code[r['group']] for r in worse])}"
        )
    return "；".join(phrases)
