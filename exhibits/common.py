"""What builders of exhibits share: who is shown, standing against the city, ranking in words."""

import math
from datetime import date

import polars as pl

from exhibits import hidden, names, words
from exhibits.exhibit import Chart, Exhibit
from queries.catalogue import PERSONS, Indicator, catalogue
from queries.scope import Scope
from queries.snapshot import Snapshot

#: Rates of fewer cases are not ranked.
FEWEST = 30

STANDING = (
    ("improvement", "▲ 优于全市"),
    ("usual", "● 与全市无显著差异"),
    ("concern", "▼ 劣于全市"),
)

UNKNOWN_CLASSES = (
    ("few", "点纹：样本过少（分母不足30）"),
    ("none", "斜纹：数据源未接入或无此类事项"),
    ("hidden", "叉纹：* 数值过小不予公布"),
)

MARKS = {"improvement": "▲", "concern": "▼"}

SIGNIFICANCE = "▲▼仅在95%置信区间不含全市值时标注。"


def made(
    snapshot: Snapshot,
    scope: Scope,
    page: str,
    *,
    key: str,
    title: str,
    question: str,
    finding: str,
    table: pl.DataFrame,
    chart: Chart | None,
    definition: str,
    persons: bool = False,
) -> Exhibit:
    """An exhibit of a scope. `persons`: category and residence narrow what is shown."""
    return Exhibit(
        key=key,
        page=page,
        title=title,
        question=question,
        finding=finding,
        table=hidden.whole(table),
        chart=chart if chart and table.height and chart.data.height else None,
        definition=definition,
        as_of=snapshot.as_of,
        place=place(snapshot, scope, persons),
        compared=scope.compared,
        demonstration=bool(snapshot.manifest["demonstration"]),
        version=snapshot.version,
        access=snapshot.access,
    )


def place(snapshot: Snapshot, scope: Scope, persons: bool = False) -> str:
    """Region, and what else narrows the figures."""
    parts = [names.place(snapshot, scope.region)]
    if persons and scope.category:
        parts.append(names.CATEGORIES[scope.category])
    if persons and scope.residence:
        parts.append(names.RESIDENCES[scope.residence])
    return "·".join(parts)


def narrows(indicator: str) -> bool:
    """Whether category and residence mean something for an indicator."""
    return indicator in PERSONS


def counted_since(snapshot: Snapshot) -> date:
    """Start of the period on the pages of warnings and responses, as the access allows."""
    return snapshot.access.since(year_start(snapshot.as_of), snapshot.as_of)


def year_start(day: date) -> date:
    """Start of the period on the pages of warnings and responses."""
    return day.replace(month=1, day=1)


def period(snapshot: Snapshot, since: date) -> str:
    """2026年1月1日至2026年10月31日"""
    return f"{words.day(since)}至{words.day(snapshot.as_of)}"


def counted(snapshot: Snapshot) -> str:
    """统计期2026年1月1日至2026年10月31日; of who sees months alone, the month."""
    return f"统计期{period(snapshot, counted_since(snapshot))}"


def standing(indicator: Indicator, row: dict, city: dict) -> str:
    """improvement, concern or usual by the 95 % interval against the city; few; none."""
    if row["status"] == "suppressed":
        return "hidden"
    if row["status"] != "ok":
        return "none"
    if indicator.is_rate and (row["denominator"] or 0) < FEWEST:
        return "few"
    if city["status"] != "ok" or indicator.better == "neutral" or row["lower"] is None:
        return "usual"
    # A median whose upper limit is not reached may be as long as it likes.
    upper = math.inf if row["upper"] is None else row["upper"]
    if row["lower"] <= city["value"] <= upper:
        return "usual"
    higher = row["lower"] > city["value"]
    return "improvement" if higher == (indicator.better == "up") else "concern"


def figure(row: dict) -> str:
    """A figure with its unit, or why there is none."""
    return words.value(row["value"], row["unit"], row["status"])


def short(row: dict) -> str:
    """A figure as it stands on a map or in a cell, without its unit."""
    if row["status"] == "suppressed":
        return words.HIDDEN
    if row["status"] != "ok" or row["value"] is None:
        return "—"
    return f"{row['value']:.2f}" if catalogue()[row["id"]].is_rate else f"{row['value']:,.0f}"


def ranking(indicator: Indicator, rows: list[dict], city: dict, named: dict[str, str]) -> str:
    """居前三位的是…；低于全市平均水平的是… of rates with at least 30 cases; empty otherwise."""
    if not indicator.is_rate or indicator.better == "neutral" or indicator.id == "I0102":
        return ""
    enough = [r for r in rows if r["status"] == "ok" and (r["denominator"] or 0) >= FEWEST]
    if len(enough) < 4:
        return ""
    up = indicator.better == "up"
    ordered = sorted(enough, key=lambda r: r["value"], reverse=up)
    first = words.listed([named[r["group"]] for r in ordered[:3]])
    worse = [r for r in enough if standing(indicator, r, city) == "concern"]
    parts = [f"居前三位的是{first}"]
    if worse:
        side = "低于" if up else "高于"
        parts.append(
            f"显著{side}全市平均水平的是{words.listed([named[r['group']] for r in worse])}"
        )
    return "；".join(parts)


def signal_words(signal: str, points: int) -> str:
    """What a control chart says of its latest point."""
    if points < 12:
        return "月末不足12个，不作变化判断"
    return {
        "improvement": "出现好转信号",
        "concern": "出现变差信号",
        "neutral": "出现变化信号",
    }.get(signal, "属正常波动")
