"""县区地图: any indicator on the map, over time, by programme, down to the townships."""

from functools import lru_cache

import polars as pl

from exhibits import classes, names, words
from exhibits.common import SIGNIFICANCE, figure, made, narrows, ranking, short
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from geo import boundaries
from queries.answers.coverage import coverage
from queries.answers.indicators import indicators
from queries.answers.trend import series
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope, before, month_ends
from queries.snapshot import Snapshot

PAGE = "县区地图"

#: Month-ends of the small multiples.
MONTHS = 12


def _narrowing(scope: Scope, indicator: str) -> tuple[str | None, str | None]:
    if not narrows(indicator):
        return None, None
    return scope.residence or None, scope.category or None


def rows_of(snapshot: Snapshot, scope: Scope, indicator: str, by: str) -> list[dict]:
    """An indicator's figures by region; of the scope's county when the cut is townships."""
    residence, category = _narrowing(scope, indicator)
    found = indicators(snapshot, by, None, residence, category).filter(id=indicator)
    if by == "township":
        found = found.filter(pl.col("group").str.starts_with(scope.region[:6]))
    return found.to_dicts()


@lru_cache(maxsize=128)
def county_map(
    snapshot: Snapshot,
    scope: Scope,
    indicator: str,
    by_significance: bool = False,
    second: str = "",
    page: str = PAGE,
) -> Exhibit:
    """Counties by colour; `second` is a count shown as circles. In a county, its townships."""
    about = catalogue()[indicator]
    city = rows_of(snapshot, scope, indicator, "city")[0]
    rows = rows_of(snapshot, scope, indicator, "county")
    named = names.region_names(snapshot)
    drawn, legend = _classed(about, rows, city, by_significance)
    data = _map_rows(snapshot, scope, rows, drawn, named, second)
    focus = scope.region[:6]
    if focus:
        townships = rows_of(snapshot, scope, indicator, "township")
        drawn, legend = _classed(about, townships, city, by_significance)
        data = pl.concat([data, _township_rows(townships, drawn, named)])
        shown = townships
    else:
        shown = rows
    order = {mark: mark_text(mark, legend) for mark in data["mark"].unique()}
    return made(
        snapshot,
        scope,
        page,
        key=f"map-{indicator}",
        title=f"{about.name}分布图",
        question=f"{about.name}分布在哪里？",
        finding=_finding(
            about,
            shown,
            city,
            named,
            names.place(snapshot, focus),
            _change(snapshot, scope, city) if scope.compared else "",
        ),
        table=_table(about, shown, named, drawn, order),
        chart=Chart(
            kind="map",
            data=data,
            unit=about.unit,
            description=f"{names.place(snapshot, focus)}{about.name}分布图，颜色分级，标注数值",
            classes=legend,
            focus=focus,
            credit=boundaries.CREDIT,
        ),
        definition=f"{definition(indicator)}{SIGNIFICANCE if by_significance else ''}",
        persons=narrows(indicator),
    )


def mark_text(mark: str, legend: tuple[tuple[str, str], ...]) -> str:
    """The legend's words for a class."""
    return next((label for label, known in legend if known == mark), "")


def _classed(
    about: Indicator, rows: list[dict], city: dict, by_significance: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    if by_significance and about.is_rate and about.better != "neutral":
        marks = classes.of_significance(about, rows, city)
        return marks, classes.legend_of_significance(set(marks))
    values = classes.known_values(about, rows)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, rows, ends)
    lowest = min(values, default=0)
    return marks, classes.legend_of_quantiles(about, ends, lowest, set(marks))


MAP_SCHEMA = {
    "code": pl.String,
    "kind": pl.String,
    "text": pl.String,
    "mark": pl.String,
    "hover": pl.String,
    "size": pl.Float64,
}


def _map_rows(
    snapshot: Snapshot,
    scope: Scope,
    rows: list[dict],
    marks: list[str],
    named: dict[str, str],
    second: str,
) -> pl.DataFrame:
    sizes = {}
    if second and not scope.region:
        other = rows_of(snapshot, scope, second, "county")
        sizes = {r["group"]: r["value"] for r in other if r["status"] == "ok"}
    about = catalogue()
    records = []
    for row, mark in zip(rows, marks, strict=True):
        code = row["group"]
        hover = f"{named.get(code, code)}：{about[row['id']].name} {figure(row)}"
        if code in sizes:
            hover += f"；{about[second].name} {words.value(sizes[code], about[second].unit)}"
        arrow = {"improvement": " ▲", "concern": " ▼"}.get(mark, "")
        record = (code, "county", short(row) + arrow, mark, hover, sizes.get(code))
        records.append(record)
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")


def _township_rows(rows: list[dict], marks: list[str], named: dict[str, str]) -> pl.DataFrame:
    """Rate by colour and cases by size; of a count, the count by size."""
    records = []
    for row, mark in zip(rows, marks, strict=True):
        about, known = catalogue()[row["id"]], row["status"] == "ok"
        size = (row["denominator"] if about.is_rate else row["value"]) if known else 0
        hover = f"{named.get(row['group'], row['group'])}：{figure(row)}"
        records.append((row["group"], "township", short(row), mark, hover, float(size or 0)))
    return pl.DataFrame(records, schema=MAP_SCHEMA, orient="row")


def _change(snapshot: Snapshot, scope: Scope, city: dict) -> str:
    """，较2026年7月31日上升0.30个百分点"""
    then = before(snapshot, scope)
    old = rows_of(then, scope, city["id"], "city")[0]["value"]
    return f"，{words.change_since(city['value'], old, city['unit'], then.as_of)}"


def _finding(
    about: Indicator,
    rows: list[dict],
    city: dict,
    named: dict[str, str],
    place: str,
    change: str,
) -> str:
    text = f"全市{about.name}{figure(city)}{change}"
    if place != "全市":
        known = [r for r in rows if r["status"] == "ok"]
        top = sorted(known, key=lambda r: -(r["value"] or 0))[:3]
        listed = words.listed([f"{named.get(r['group'], r['group'])}（{figure(r)}）" for r in top])
        return (
            f"{text}；{place}各乡镇中数值居前的是{listed}。"
            if top
            else f"{text}；{place}无可比数据。"
        )
    told = ranking(about, rows, city, named)
    if told:
        return f"{text}；{told}。"
    known = sorted(
        (r for r in rows if r["status"] == "ok" and r["value"]), key=lambda r: -r["value"]
    )
    if not known:
        return f"{text}。"
    listed = words.listed([f"{named[r['group']]}（{figure(r)}）" for r in known[:3]])
    return f"{text}；数值较大的是{listed}。"


def _table(
    about: Indicator,
    rows: list[dict],
    named: dict[str, str],
    marks: list[str],
    order: dict[str, str],
) -> pl.DataFrame:
    points = boundaries.township_points()
    records = [
        {
            "地区": named.get(row["group"], row["group"]),
            f"{about.name}（{about.unit}）": None
            if row["value"] is None
            else round(row["value"], 2),
            **({"分子": row["numerator"], "分母": row["denominator"]} if about.is_rate else {}),
            "分级": order.get(mark) or words.STATUS.get(row["status"], ""),
            **(
                {"图上点位": "有" if row["group"] in points else "无"}
                if len(row["group"]) > 6
                else {}
            ),
        }
        for row, mark in zip(rows, marks, strict=True)
    ]
    table = pl.DataFrame(records, infer_schema_length=None)
    if table.is_empty():
        return table
    return table.sort(table.columns[1], descending=True, nulls_last=True, maintain_order=True)


def _over_months(snapshot: Snapshot, indicator: str, months: int) -> pl.DataFrame:
    """The counties' figures on the last month-ends: as_of, group, value, status."""
    opened = month_ends(snapshot)[-months:]
    if not opened:
        return pl.DataFrame()
    return series(opened, (indicator,), "county").sort("as_of", "group")


@lru_cache(maxsize=32)
def over_time(snapshot: Snapshot, scope: Scope, indicator: str, playing: bool) -> Exhibit:
    """The map on each stored month-end: one to play, or small multiples; the same classes."""
    about = catalogue()[indicator]
    rows = _over_months(snapshot, indicator, 60 if playing else MONTHS)
    named = names.region_names(snapshot)
    data, legend = _classed_months(about, rows, named)
    last = rows["as_of"].max() if rows.height else None
    now = data.filter(pl.col("frame") == f"{last:%Y-%m}") if last else data
    columns = {"frame": "panel"}
    chart = (
        Chart(
            kind="map",
            data=now.drop("frame"),
            unit=about.unit,
            description=f"{about.name}逐月分布，可播放",
            classes=legend,
            frames=data,
            credit=boundaries.CREDIT,
        )
        if playing
        else Chart(
            kind="maps",
            data=data.rename(columns),
            unit=about.unit,
            description=f"{about.name}近{MONTHS}个月末分布小图",
            classes=legend,
            credit=boundaries.CREDIT,
        )
    )
    table = (
        rows.select(
            pl.col("as_of").alias("月末"),
            pl.col("group").replace(named).alias("地区"),
            pl.col("value").round(2).alias(f"{about.name}（{about.unit}）"),
        )
        if rows.height
        else pl.DataFrame()
    )
    kind = "逐月播放" if playing else "近12个月小图"
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"{'play' if playing else 'months'}-{indicator}",
        title=f"{about.name}{kind}",
        question=f"{about.name}的分布怎样变化？",
        finding=_months_finding(about, rows, named),
        table=table,
        chart=chart,
        definition=f"{definition(indicator)}各月末使用同一分级（全部月末数值的五分位）。",
    )


def _months_finding(about: Indicator, rows: pl.DataFrame, named: dict[str, str]) -> str:
    if rows.is_empty() or rows["as_of"].n_unique() < 2:
        return "无可比数据：已入库的月末不足2个。"
    first, last = rows["as_of"].min(), rows["as_of"].max()
    both = rows.filter(pl.col("as_of") == last).join(
        rows.filter(pl.col("as_of") == first).select("group", before="value"), on="group"
    )
    moved = both.with_columns(delta=pl.col("value") - pl.col("before")).drop_nulls("delta")
    if moved.is_empty():
        return "无可比数据。"
    top = moved.sort(pl.col("delta").abs(), descending=True).row(0, named=True)
    change = words.change(top["value"], top["before"], about.unit)
    return (
        f"{first:%Y年%-m月}末至{last:%Y年%-m月}末，{about.name}变化最大的是"
        f"{named[top['group']]}，{change}。"
    )


def _classed_months(
    about: Indicator, rows: pl.DataFrame, named: dict[str, str]
) -> tuple[pl.DataFrame, tuple[tuple[str, str], ...]]:
    records = (
        rows.with_columns(denominator=pl.lit(classes.FEWEST)).to_dicts() if rows.height else []
    )
    values = classes.known_values(about, records)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, records, ends)
    legend = classes.legend_of_quantiles(about, ends, min(values, default=0), set(marks))
    data = pl.DataFrame(
        [
            (
                r["group"],
                "county",
                short(r),
                mark,
                f"{named[r['group']]}：{short(r)}{about.unit}",
                None,
                f"{r['as_of']:%Y-%m}",
            )
            for r, mark in zip(records, marks, strict=True)
        ],
        schema={**MAP_SCHEMA, "frame": pl.String},
        orient="row",
    )
    return data, legend


@lru_cache(maxsize=32)
def by_programme(snapshot: Snapshot, scope: Scope, basis: str = "firm") -> Exhibit:
    """Coverage rate of each programme with a gap basis, a small map a programme."""
    rows = coverage(snapshot, "county", scope.residence or None, scope.category or None).filter(
        pl.col("basis") == basis, pl.col("eligible").is_not_null()
    )
    about = catalogue()["I0891"]
    named = names.region_names(snapshot)
    records = [
        {
            "id": "I0891",
            "group": r["group"],
            "value": r["rate"],
            "denominator": r["eligible"],
            "status": "undefined" if r["rate"] is None else "ok",
            "panel": names.programme(r["programme_code"]),
        }
        for r in rows.to_dicts()
    ]
    values = classes.known_values(about, records)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, records, ends)
    data = pl.DataFrame(
        [(r["panel"], r["group"], mark, short(r)) for r, mark in zip(records, marks, strict=True)],
        schema={"panel": pl.String, "code": pl.String, "mark": pl.String, "text": pl.String},
        orient="row",
    )
    table = rows.select(
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        pl.col("group").replace(named).alias("地区"),
        pl.col("rate").round(2).alias("覆盖率（%）"),
        pl.col("covered_eligible").alias("已享受（人）"),
        pl.col("eligible").alias("符合条件（人）"),
    )
    low = sorted(
        (r for r in records if r["status"] == "ok" and r["denominator"] >= 30),
        key=lambda r: r["value"],
    )
    finding = "无可比数据。"
    if low:
        said = words.listed(
            [f"{named[r['group']]}{r['panel']}（{r['value']:.2f}%）" for r in low[:3]]
        )
        finding = f"覆盖率较低的是{said}。"
    return made(
        snapshot,
        scope,
        PAGE,
        key=f"programmes-{basis}",
        title="各项目覆盖率小图",
        question="哪个项目在哪里覆盖不足？",
        finding=finding,
        table=table,
        chart=Chart(
            kind="maps",
            data=data,
            unit="%",
            description="各救助项目分县区覆盖率小图",
            classes=classes.legend_of_quantiles(about, ends, min(values, default=0), set(marks)),
            credit=boundaries.CREDIT,
        ),
        definition=definition("I0891") + "各项目使用同一分级。",
        persons=True,
    )
