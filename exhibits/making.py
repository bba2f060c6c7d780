"""What builders of exhibits share: who is shown, standing against the city, ranking in words."""

from dataclasses import replace
from datetime import date

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.permitted import enough
from exhibits.suppressed import paired
from exhibits.wording import names, words
from queries.answers.significance import standing
from queries.catalogue import PERSONS, Indicator, catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

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

#: The class of a matrix whose figures are not to be shown.
NOT_SHOWN = ("* 不予显示", "hidden")

SIGNIFICANCE = "▲▼仅在95%置信区间不含全市值时标注。"

#: What the definition of every exhibit of the open edition ends with.
OPEN_EDITION = "公开口径：1–7以*表示，其他计数取最接近的5的倍数，比率按取整后的计数计算。"

NOT_OFFERED = "此项不提供"

#: Units of counted persons and things, at the end of a column's name.
COUNTED = ("人", "件", "条", "户", "人次", "个", "项", "批次", "次", "宗")


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
    """
    An exhibit of a scope. `persons`: category and residence narrow what is shown.

    `table` may have a column `suppressed`: its null figures are then hidden ones (`suppressed.py`).
    """
    return Exhibit(
        key=key,
        page=page,
        title=title,
        question=question,
        finding=finding,
        table=paired(_whole(table)),
        chart=chart if chart and table.height and chart.data.height else None,
        definition=definition + (OPEN_EDITION if snapshot.access.open else ""),
        as_of=snapshot.as_of,
        place=scope_name(snapshot, scope, persons),
        compared=scope.compared,
        demonstration=bool(snapshot.manifest["demonstration"]),
        version=snapshot.version,
        access=snapshot.access,
    )


def city_table(
    snapshot: Snapshot,
    scope: Scope,
    page: str,
    *,
    key: str,
    title: str,
    question: str,
    finding: str,
    table: pl.DataFrame,
    definition: str,
    chart: Chart | None = None,
) -> Exhibit:
    """An exhibit of the whole city on the scope's day, whatever the scope narrows or compares."""
    return made(
        snapshot,
        Scope(scope.as_of),
        page,
        key=key,
        title=title,
        question=question,
        finding=finding,
        table=table,
        chart=chart,
        definition=definition,
    )


def refused(snapshot: Snapshot, scope: Scope, key: str, why: str) -> Exhibit:
    """What stands in the place of an exhibit that the access does not hold."""
    exhibit = made(
        snapshot,
        scope,
        NOT_OFFERED,
        key=key.replace(".", "-"),
        title=NOT_OFFERED,
        question=NOT_OFFERED,
        finding=f"{why}。",
        table=pl.DataFrame(),
        chart=None,
        definition="不显示不等于没有。",
    )
    return replace(exhibit, withheld=True)


def _whole(table: pl.DataFrame) -> pl.DataFrame:
    """Columns of counts as whole numbers."""
    names = [name for name, kind in table.schema.items() if kind.is_float() and _counts(name)]
    return table.with_columns(
        pl.col(name).cast(pl.Int64) for name in names if (table[name].drop_nulls() % 1 == 0).all()
    )


def _counts(name: str) -> bool:
    return name.endswith(tuple(f"（{unit}）" for unit in COUNTED)) or name in (
        "分子",
        "分母",
        "数量",
    )


def scope_name(snapshot: Snapshot, scope: Scope, persons: bool = False) -> str:
    """Region, and what else narrows the figures."""
    parts = [names.region_name(snapshot, scope.region)]
    if persons and scope.category:
        parts.append(names.CATEGORIES[scope.category])
    if persons and scope.residence:
        parts.append(names.RESIDENCES[scope.residence])
    return "·".join(parts)


def narrows(indicator: str) -> bool:
    """Whether category and residence mean something for an indicator."""
    return indicator in PERSONS


def counted_since(snapshot: Snapshot) -> date:
    """Start of the period on the pages of warnings and responses."""
    return year_start(snapshot.as_of)


def year_start(day: date) -> date:
    """1 January of a day's year."""
    return day.replace(month=1, day=1)


def period(snapshot: Snapshot, since: date) -> str:
    """2026年1月1日至2026年10月31日"""
    return f"{words.day(since)}至{words.day(snapshot.as_of)}"


def counted(snapshot: Snapshot) -> str:
    """统计期2026年1月1日至2026年10月31日"""
    return f"统计期{period(snapshot, counted_since(snapshot))}"


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
    ranked = [r for r in rows if r["status"] == "ok" and enough(r)]
    if len(ranked) < 4:
        return ""
    up = indicator.better == "up"
    ordered = sorted(ranked, key=lambda r: r["value"], reverse=up)
    first = words.listed([named[r["group"]] for r in ordered[:3]])
    worse = [r for r in ranked if standing(indicator, r, city) == "concern"]
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
