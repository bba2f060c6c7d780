"""覆盖缺口: programmes by county, or by township."""

import polars as pl

from exhibits import names, words
from exhibits.common import MARKS, SIGNIFICANCE, made, standing
from exhibits.coverage.rows import PAGE, RULE, left_out_words, overall_words, scoped_rows
from exhibits.exhibit import Chart, Exhibit
from exhibits.hidden import some, status_of
from exhibits.recipe import builder
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.snapshot import Snapshot

MEASURES = {"gap": "缺口人数", "rate": "覆盖率（%）", "eligible": "符合条件人数"}


@builder
def matrix(snapshot: Snapshot, scope: Scope, measure: str = "gap", basis: str = "firm") -> Exhibit:
    """Programmes by county, or by township of the scope's county; a click goes deeper."""
    by = "township" if scope.region else "county"
    parts = scoped_rows(snapshot, scope, by).filter(basis=basis)
    if scope.region:
        parts = parts.filter(pl.col("group").str.starts_with(scope.region[:6]))
    city = {r["programme_code"]: r for r in scoped_rows(snapshot, scope, "city").to_dicts()}
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
        ("* 数值过小不予公布", "hidden"),
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
        finding=f"{overall_words(snapshot, scope, basis)}；{_largest(parts, named)}。",
        table=table,
        chart=chart,
        definition=f"{RULE}{SIGNIFICANCE}{left_out_words(snapshot, basis)}",
        persons=True,
    )


def _cell(row: dict, city: dict, measure: str, named: dict[str, str]) -> tuple[str, ...]:
    mark = _standing(row, city)
    value, digits = row[measure], 0 if len(row["group"]) > 6 else 1
    form = f".{digits}f" if measure == "rate" else ",.0f"
    shown = "—" if value is None else f"{value:{form}}"
    programme = names.programme(row["programme_code"])
    place = named.get(row["group"], row["group"])
    rate = words.UNKNOWN if row["rate"] is None else f"{row['rate']:.2f}%"
    hover = (
        f"{place}·{programme}<br>符合条件{row['eligible']:,.0f}人，"
        f"已享受{row['covered_eligible']:,.0f}人，核实排除{row['excluded']:,.0f}人，"
        f"缺口{row['gap']:,.0f}人<br>覆盖率{rate}"
    )
    return place, programme, f"{shown}{MARKS.get(mark, '')}", mark, row["group"], hover


def _standing(row: dict, city: dict) -> str:
    """Coverage of one programme against the city's."""
    as_figure = {
        "status": status_of(row["rate"]),
        "denominator": row["eligible"],
        "lower": row["lower"],
        "upper": row["upper"],
    }
    whole = {"status": status_of(city["rate"]), "value": city["rate"]}
    return standing(catalogue()["I0891"], as_figure, whole)


def _largest(parts: pl.DataFrame, named: dict[str, str]) -> str:
    top = parts.filter(some("gap")).sort("gap", descending=True).head(3)
    if top.is_empty():
        return "无缺口"
    said = [
        f"{named.get(r['group'], r['group'])}{names.programme(r['programme_code'])}"
        f"（{words.count(r['gap'], '人')}）"
        for r in top.to_dicts()
    ]
    return f"缺口较大的是{words.listed(said)}"
