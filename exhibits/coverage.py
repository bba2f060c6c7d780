"""覆盖缺口: who is entitled and not reached, by programme, region and category."""

from functools import lru_cache

import polars as pl

from data import reference
from exhibits import names, words
from exhibits.common import FEWEST, MARKS, SIGNIFICANCE, made, standing
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from queries.answers.cells import level_of, own_group
from queries.answers.coverage import coverage, left_out, with_limits
from queries.answers.indicators import indicators
from queries.catalogue import catalogue
from queries.scope import Scope, before
from queries.snapshot import Snapshot

PAGE = "覆盖缺口"

MEASURES = {"gap": "缺口人数", "rate": "覆盖率（%）", "eligible": "符合条件人数"}

RULE = (
    "符合条件＝按项目资格规则判定；已享受＝在项目计算窗口内有待遇或救助记录；"
    "核实排除＝近12个月推送反馈为不符合、放弃或已获救助；缺口＝符合条件、未享受且未排除。"
    "疑似缺口单列，不计入应救未救。"
)


def _rows(snapshot: Snapshot, scope: Scope, by: str) -> pl.DataFrame:
    """Coverage of the scope's persons, programmes of its department alone."""
    found = coverage(snapshot, by, scope.residence or None, scope.category or None)
    if scope.department:
        own = reference.programmes().filter(operating_dept=scope.department)["programme_code"]
        found = found.filter(pl.col("programme_code").is_in(own.to_list()))
    return with_limits(found)


def own_rows(snapshot: Snapshot, scope: Scope, basis: str) -> pl.DataFrame:
    """Coverage of the scope's region by programme, of one basis."""
    rows = _rows(snapshot, scope, level_of(scope.region))
    return rows.filter(group=own_group(snapshot, scope.region), basis=basis)


def _persons(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    narrowed = (scope.residence or None, scope.category or None)
    found = indicators(snapshot, level_of(scope.region), None, *narrowed)
    return found.filter(id=indicator, group=own_group(snapshot, scope.region)).row(0, named=True)


OVERALL = {"firm": ("I0890", "I0891"), "suspected": ("I0892", "I0893")}


def _overall(snapshot: Snapshot, scope: Scope, basis: str) -> str:
    """应救未救…人，较…；救助覆盖率…"""
    then = before(snapshot, scope)
    missing, covered = OVERALL[basis]
    now, name = _persons(snapshot, scope, missing), names.BASES[basis]
    if now["status"] != "ok":
        return f"{name}{words.STATUS[now['status']]}"
    old = _persons(then, scope, missing)["value"] if then else None
    rate, unit = _persons(snapshot, scope, covered), now["unit"]
    return (
        f"{names.place(snapshot, scope.region)}{name}{words.count(now['value'], unit)}，"
        f"{words.change_since(now['value'], old, unit, then.as_of if then else None)}；"
        f"{rate['name']}{words.value(rate['value'], '%', rate['status'])}"
    )


def _left_out(snapshot: Snapshot, basis: str) -> str:
    indicator = {"firm": "I0890", "suspected": "I0892"}[basis]
    absent = left_out(snapshot, indicator)
    if not absent:
        return ""
    return f"未计入（数据源未接入）：{words.listed([names.programme(p) for p in absent])}。"


@lru_cache(maxsize=64)
def matrix(snapshot: Snapshot, scope: Scope, measure: str = "gap", basis: str = "firm") -> Exhibit:
    """Programmes by county, or by township of the scope's county; a click goes deeper."""
    by = "township" if scope.region else "county"
    parts = _rows(snapshot, scope, by).filter(basis=basis)
    if scope.region:
        parts = parts.filter(pl.col("group").str.starts_with(scope.region[:6]))
    city = {r["programme_code"]: r for r in _rows(snapshot, scope, "city").to_dicts()}
    parts = parts.filter(pl.col("eligible").is_not_null())
    named = names.region_names(snapshot)
    records = [_cell(row, city[row["programme_code"]], measure, named) for row in parts.to_dicts()]
    schema = ["x", "y", "text", "mark", "code", "hover"]
    data = pl.DataFrame(records, schema=dict.fromkeys(schema, pl.String), orient="row")
    table = (
        parts.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            pl.col("group").replace(named).alias("地区"),
            pl.col("eligible").alias("符合条件（人）"),
            pl.col("covered_eligible").alias("已享受（人）"),
            pl.col("excluded").alias("核实排除（人）"),
            pl.col("gap").alias("缺口（人）"),
            pl.col("rate").round(2).alias("覆盖率（%）"),
        )
        if parts.height
        else pl.DataFrame()
    )
    legend = (
        ("▲ 覆盖率优于全市同项目", "improvement"),
        ("与全市无显著差异", "usual"),
        ("▼ 覆盖率劣于全市同项目", "concern"),
        ("样本过少（不足30人）", "few"),
        ("无人符合条件", "none"),
    )
    chart = Chart(
        kind="matrix",
        data=data,
        unit=MEASURES[measure],
        description=f"救助项目与{'乡镇' if scope.region else '县区'}对照的{MEASURES[measure]}矩阵",
        classes=legend,
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"coverage-matrix-{basis}",
        title=f"{names.BASES[basis]}_项目×{'乡镇' if scope.region else '县区'}",
        question=f"哪个项目在哪里没有救到？（{names.BASES[basis]}，{MEASURES[measure]}）",
        finding=f"{_overall(snapshot, scope, basis)}；{_largest(parts, named)}。",
        table=table,
        chart=chart,
        definition=f"{RULE}{SIGNIFICANCE}{_left_out(snapshot, basis)}",
        persons=True,
    )


def _cell(row: dict, city: dict, measure: str, named: dict[str, str]) -> tuple[str, ...]:
    mark = _standing(row, city)
    value, digits = row[measure], 0 if len(row["group"]) > 6 else 1
    shown = "—" if value is None else f"{value:.{digits}f}" if measure == "rate" else f"{value:,}"
    programme = names.programme(row["programme_code"])
    place = named.get(row["group"], row["group"])
    rate = words.UNKNOWN if row["rate"] is None else f"{row['rate']:.2f}%"
    hover = (
        f"{place}·{programme}<br>符合条件{row['eligible']:,}人，已享受{row['covered_eligible']:,}人，"
        f"核实排除{row['excluded']:,}人，缺口{row['gap']:,}人<br>覆盖率{rate}"
    )
    return place, programme, f"{shown}{MARKS.get(mark, '')}", mark, row["group"], hover


def _standing(row: dict, city: dict) -> str:
    """Coverage of one programme against the city's."""
    as_figure = {
        "status": "undefined" if row["rate"] is None else "ok",
        "denominator": row["eligible"],
        "lower": row["lower"],
        "upper": row["upper"],
    }
    whole = {"status": "undefined" if city["rate"] is None else "ok", "value": city["rate"]}
    return standing(catalogue()["I0891"], as_figure, whole)


def _largest(parts: pl.DataFrame, named: dict[str, str]) -> str:
    top = parts.filter(pl.col("gap") > 0).sort("gap", descending=True).head(3)
    if top.is_empty():
        return "无缺口"
    said = [
        f"{named.get(r['group'], r['group'])}{names.programme(r['programme_code'])}"
        f"（{words.count(r['gap'], '人')}）"
        for r in top.to_dicts()
    ]
    return f"缺口较大的是{words.listed(said)}"


@lru_cache(maxsize=64)
def cascade(snapshot: Snapshot, scope: Scope, basis: str = "firm") -> Exhibit:
    """Eligible → covered → excluded → gap of each programme, as shares of the eligible."""
    rows = own_rows(snapshot, scope, basis).filter(pl.col("eligible").fill_null(0) > 0)
    parts = {
        "covered_eligible": ("已享受", "q5"),
        "excluded": ("核实排除", "usual"),
        "gap": (names.BASES[basis], "concern"),
    }
    records = [
        (
            names.programme(r["programme_code"]),
            label,
            r[part] / r["eligible"] * 100,
            f"{r[part]:,}" if r[part] else "",
            mark,
        )
        for r in rows.to_dicts()
        for part, (label, mark) in parts.items()
    ]
    schema = dict.fromkeys(("label", "series", "value", "text", "mark"), pl.String)
    schema["value"] = pl.Float64
    data = pl.DataFrame(records, schema=schema, orient="row")
    table = rows.select(
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        pl.col("eligible").alias("符合条件（人）"),
        pl.col("covered_eligible").alias("已享受（人）"),
        pl.col("excluded").alias("核实排除（人）"),
        pl.col("gap").alias(f"{names.BASES[basis]}（人）"),
        pl.col("rate").round(2).alias("覆盖率（%）"),
    )
    low = rows.filter(pl.col("eligible") >= FEWEST).sort("rate").head(3).to_dicts()
    said = words.listed(
        [f"{names.programme(r['programme_code'])}（{r['rate']:.2f}%）" for r in low]
    )
    where = names.place(snapshot, scope.region)
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"coverage-cascade-{basis}",
        title=f"{names.BASES[basis]}_分项目",
        question=f"符合条件的人去了哪里？（{names.BASES[basis]}）",
        finding=f"{where}覆盖率较低的项目是{said}。"
        if low
        else f"{where}无符合条件的人员或数据源未接入。",
        table=table,
        chart=Chart(
            kind="bars",
            data=data,
            unit="占符合条件人数（%）",
            description="各项目符合条件人员中已享受、核实排除与缺口的构成",
            stacked=True,
            horizontal=True,
        ),
        definition=f"{RULE}{_left_out(snapshot, basis)}柱内为人数。",
        persons=True,
    )


@lru_cache(maxsize=64)
def categories(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Coverage rate of the firm programmes by main category."""
    rows = indicators(
        snapshot, "category", None, scope.residence or None, None, scope.region
    ).filter(pl.col("id") == "I0891", pl.col("denominator") > 0)
    gaps = indicators(
        snapshot, "category", None, scope.residence or None, None, scope.region
    ).filter(pl.col("id") == "I0890")
    known = rows.join(gaps.select("group", gap="numerator"), on="group", how="left")
    known = known.with_columns(label=pl.col("group").replace(names.CATEGORIES))
    city = _persons(snapshot, Scope(scope.as_of, region=scope.region), "I0891")
    low = known.filter(pl.col("upper") < (city["value"] or 0))["label"].to_list()
    tail = f"显著低于合计水平的是{words.listed(low)}" if low else "各类别无显著偏低"
    data = known.select(
        "label", "value", "lower", "upper", text=pl.col("value").round(2).cast(pl.String)
    )
    return made(
        snapshot,
        scope,
        PAGE,
        key="coverage-categories",
        title="分类别覆盖率",
        question="哪一类人没有救到？",
        finding=f"{names.place(snapshot, scope.region)}救助覆盖率"
        f"{words.value(city['value'], '%', city['status'])}；{tail}。",
        table=known.select(
            pl.col("label").alias("主类别"),
            pl.col("value").round(2).alias("覆盖率（%）"),
            pl.col("lower").round(2).alias("95%下限"),
            pl.col("upper").round(2).alias("95%上限"),
            pl.col("denominator").cast(pl.Int64).alias("符合条件（人次）"),
            pl.col("gap").cast(pl.Int64).alias("应救未救（人）"),
        ),
        chart=Chart(
            kind="bars",
            data=data,
            unit="%",
            description="各主类别救助覆盖率及95%置信区间",
            horizontal=True,
            reference=city["value"],
            reference_name="合计",
        ),
        definition=f"{definition('I0891')}{names.OVERLAP}",
        persons=True,
    )
