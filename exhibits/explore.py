"""自助分析: any indicator by any cut that makes sense, for any period."""

from dataclasses import replace
from datetime import date

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.making import made, narrows, period
from exhibits.maps.county import county_map
from exhibits.permitted import require
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access import WHOLE, Access
from queries.answers.cube_rows import level_of, own_group
from queries.answers.indicators import indicators
from queries.answers.trend import series
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

PAGE = "自助分析"

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

#: The chart kinds of each cut beside the table; a map holds one indicator.
DRAWN = {"month": ("lines",), "county": ("bars", "map"), "township": ("map", "bars")}

#: Indicators side by side, at most; more cannot be told apart.
MOST = 4


def breakdowns(chosen: list[Indicator], county: str, access: Access = WHOLE) -> dict[str, str]:
    """Cuts that every chosen indicator has; townships once a county is chosen."""
    common = {*set.intersection(*[set(i.breakdowns) for i in chosen]), "month"} if chosen else set()
    if all(narrows(i.id) for i in chosen):
        common.add("residence")
    if not county or access.lowest == "county":
        common.discard("township")
    return {name: label for name, label in BREAKDOWNS.items() if name in common}


def kinds(by: str, several: bool) -> dict[str, str]:
    """Lines are for months, maps for one indicator by region, bars for all else."""
    drawn = DRAWN.get(by, ("bars",))
    offered = [kind for kind in drawn if kind != "map" or not several]
    return {kind: KINDS[kind] for kind in (*offered, "table")}


def mixed(chosen: list[Indicator]) -> bool:
    """Whether the indicators have different units, so that one axis cannot hold them."""
    return len({i.unit for i in chosen}) > 1


@builder
def explore(
    snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], by: str, since: date, kind: str
) -> Exhibit:
    """The chosen indicators by a cut; rates carry numerator, denominator and limits."""
    chosen = [catalogue()[i] for i in ids]
    if kind == "map":
        at = scope if by == "township" else replace(scope, region="")
        return county_map(snapshot, at, ids[0], page=PAGE, since=since)
    every = with_suppressed(_rows(snapshot, scope, ids, by, since))
    # What is not the role's to know is left out, what is hidden for being small stays.
    rows = every if snapshot.access.open else every.filter(~pl.col("suppressed"))
    named = {i.id: f"{i.name}（{i.unit}）" for i in chosen}
    known = rows.with_columns(series=pl.col("id").replace(named))
    title = f"{'、'.join(i.name for i in chosen)}_分{BREAKDOWNS[by]}"
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"explore-{'-'.join(ids)}-{by}",
        title=title if len(title) < 60 else f"{len(ids)}项指标_分{BREAKDOWNS[by]}",
        question=f"{'、'.join(i.name for i in chosen)}，按{BREAKDOWNS[by]}",
        finding=_finding(snapshot, known, chosen, by, since),
        table=_table(known, by),
        chart=_chart(known, chosen, kind),
        definition="".join(f"【{i.name}】{definition(i.id)}" for i in chosen),
        persons=all(narrows(i) for i in ids),
    )


def _rows(
    snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], by: str, since: date
) -> pl.DataFrame:
    """id, group, label, value, numerator, denominator, lower, upper, status in order."""
    if by == "month":
        return _months(snapshot, scope, ids)
    narrowed = (scope.residence or None, scope.category or None)
    every = all(narrows(i) for i in ids)
    residence, category = narrowed if every else (None, None)
    if by == "category":
        category = None
    if by == "residence":
        return _residences(snapshot, scope, ids, since, category)
    found = indicators(snapshot, by, since, residence, category, scope.region)
    found = found.filter(pl.col("id").is_in(ids))
    if by == "category":
        for indicator in ids:
            require(snapshot, indicator, level_of(scope.region))
    # Whose own is a county compares it with the others.
    if by == "township" or (by == "county" and not snapshot.access.own):
        found = found.filter(pl.col("group").str.starts_with(scope.region[:6]))
    labels = {
        "department": names.departments(),
        "programme": names.programmes(),
        "category": names.CATEGORIES,
        "task_row": _task_names(),
    }.get(by, names.region_names(snapshot))
    return found.with_columns(label=pl.col("group").replace(labels))


def _residences(
    snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], since: date, category: str | None
) -> pl.DataFrame:
    """The same indicators of persons in the country and in town."""
    level, group = level_of(scope.region), own_group(snapshot, scope.region)
    parts = [
        indicators(snapshot, level, since, code, category)
        .filter(pl.col("id").is_in(ids), group=group)
        .with_columns(label=pl.lit(name))
        for code, name in names.RESIDENCES.items()
    ]
    return pl.concat(parts)


def _task_names() -> dict[str, str]:
    rows = policy_tables.table("tasks").select("row_id", "title").rows()
    return {row: f"{row} {title}" for row, title in rows}


def _months(snapshot: Snapshot, scope: Scope, ids: tuple[str, ...]) -> pl.DataFrame:
    opened = month_ends(snapshot)
    level = level_of(scope.region)
    nothing = pl.lit(None, pl.Float64)
    if not opened:
        schema = {"id": pl.String, "group": pl.String, "label": pl.String, "status": pl.String}
        floats = ("value", "numerator", "denominator", "lower", "upper")
        return pl.DataFrame(schema=schema | dict.fromkeys(floats, pl.Float64))
    found = series(opened, ids, level).filter(group=own_group(snapshot, scope.region))
    return found.select(
        "id",
        "group",
        "value",
        "status",
        label=pl.col("as_of").dt.strftime("%Y-%m"),
        numerator=nothing,
        denominator=nothing,
        lower="lower",
        upper="upper",
    )


def _finding(
    snapshot: Snapshot, rows: pl.DataFrame, chosen: list[Indicator], by: str, since: date
) -> str:
    first = chosen[0]
    known = rows.filter(pl.col("id") == first.id, pl.col("status") == "ok").drop_nulls("value")
    if known.is_empty():
        hidden = rows.filter(pl.col("id") == first.id)["suppressed"].any()
        return f"{first.name}数值较小，不予显示。" if hidden else f"{words.UNKNOWN}。"
    when = f"{period(snapshot, since)}，" if first.kind == "flow" and by != "month" else ""
    high, low = (known.sort("value").row(i, named=True) for i in (-1, 0))
    if known.height == 1:
        return f"{when}{high['label']}{first.name}{words.value(high['value'], first.unit)}。"
    return (
        f"{when}{first.name}最高的是{high['label']}（{words.value(high['value'], first.unit)}），"
        f"最低的是{low['label']}（{words.value(low['value'], first.unit)}）。"
    )


def _table(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    status = pl.col("status").replace({"ok": "", **words.STATUS})
    return rows.select(
        pl.col("series").alias("指标"),
        pl.col("label").alias(BREAKDOWNS[by]),
        pl.col("value").round(4).alias("数值"),
        pl.col("numerator").alias("分子"),
        pl.col("denominator").alias("分母"),
        *limit_columns("控制" if by == "month" else "95%", digits=4),
        status.alias("说明"),
        "suppressed",
    )


def _chart(rows: pl.DataFrame, chosen: list[Indicator], kind: str) -> Chart | None:
    if kind == "table" or mixed(chosen):
        return None
    known = rows.filter(pl.col("value").is_not_null() | pl.col("suppressed"))
    unit = chosen[0].unit
    about = f"{'、'.join(i.name for i in chosen)}{KINDS[kind]}"
    if kind == "lines":
        data = known.select("series", "suppressed", x="label", y="value")
        return Chart(kind="lines", data=data, unit=unit, description=about)
    columns = ["label", "value", "suppressed"] + (["series"] if len(chosen) > 1 else [])
    if len(chosen) == 1 and chosen[0].has_interval:
        columns += ["lower", "upper"]
    digits = 1 if chosen[0].is_rate else 0
    text = pl.col("value").round(digits).cast(pl.String).str.strip_suffix(".0")
    return Chart(
        kind="bars",
        data=known.select(*columns, text=text),
        unit=unit,
        description=about,
        horizontal=known.height > 10,
    )
