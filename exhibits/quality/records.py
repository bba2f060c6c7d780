"""How fresh each source is in each county, and how complete its key fields are."""

from functools import lru_cache

import polars as pl

from exhibits import names, words
from exhibits.common import made
from exhibits.exhibit import Chart, Exhibit
from exhibits.quality.tables import PAGE
from queries.answers.quality import (
    STALE,
    completeness,
    field_names,
    freshness,
    table_names,
)
from queries.scope import Scope
from queries.snapshot import Snapshot

#: A key field filled less often than this is named (系统默认).
FULL = 95.0


@lru_cache(maxsize=32)
def fresh(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Days since the last record by source and county; sources without a county under 全市."""
    county = scope.region[:6]
    whole = freshness(snapshot, county=county).with_columns(county=pl.lit(""))
    parts = freshness(snapshot, "county", county).filter(pl.col("county") != "")
    rows = parts if county else pl.concat([whole, parts])
    named, tables = names.region_names(snapshot), table_names()
    places = {"": "全市"} | named
    table = rows.select(
        pl.col("table").replace(tables).alias("数据表"),
        pl.col("county").replace(places).alias("地区"),
        pl.col("last").alias("最近一条"),
        pl.col("days").alias("距截至日（日）"),
    )
    order = list(places)
    cells = rows.sort(
        pl.col("county").replace_strict(order, range(len(order)), default=len(order)),
        maintain_order=True,
    ).select(
        x=pl.col("county").replace(places),
        y=pl.col("table").replace(tables),
        text=pl.col("days").cast(pl.String)
        + pl.when(pl.col("days") > STALE).then(pl.lit("▼")).otherwise(pl.lit("")),
        mark=pl.when(pl.col("days") > STALE).then(pl.lit("concern")).otherwise(pl.lit("usual")),
        code=pl.lit(""),
        hover=pl.col("last").dt.strftime("最近一条：%Y年%m月%d日"),
    )
    old = [tables[t] for t in whole.filter(pl.col("days") > STALE)["table"]]
    known = whole.height
    finding = f"{known}个数据源中，{words.listed(old)}超过{STALE}日没有新记录，请核实是否停报。"
    return made(
        snapshot,
        scope,
        PAGE,
        key="quality-fresh",
        title="数据新鲜度_数据表×县区",
        question="哪个数据源、哪个县区好久没有新数据？",
        finding=(finding if old else f"{known}个数据源在{STALE}日内均有新记录。")
        if known
        else f"{words.UNKNOWN}：没有任何带日期的记录。",
        table=table,
        chart=Chart(
            kind="matrix",
            data=cells,
            unit="日",
            description="数据表与县区对照的距最近一条记录的天数",
            classes=((f"{STALE}日内有新记录", "usual"), (f"▼ 超过{STALE}日", "concern")),
        ),
        definition=f"截至日与该表最近一条记录日期相差的天数；超过{STALE}日视为陈旧（系统默认）。"
        "计划日、到期日不算记录。没有县区字段的表只列全市。",
    )


@lru_cache(maxsize=32)
def complete(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Key fields that may be empty: how often they are filled."""
    fields, tables = field_names(), table_names()
    rows = completeness(snapshot, scope.region[:6]).filter(pl.col("rows") > 0)
    labels = [f"{tables[t]}·{fields[t, f]}" for t, f in rows.select("table", "field").rows()]
    known = rows.with_columns(label=pl.Series(labels, dtype=pl.String))
    gaps = known.filter(pl.col("rate") < FULL).sort("rate")
    worst = [f"{r['label']}（{r['rate']:.2f}%）" for r in gaps.head(4).to_dicts()]
    return made(
        snapshot,
        scope,
        PAGE,
        key="quality-complete",
        title="关键字段完整率",
        question="哪些关键字段没有填全？",
        finding=f"{known.height}个关键字段中，{gaps.height}个填报率低于{FULL:.0f}%："
        f"{words.listed(worst)}。"
        if worst
        else f"{known.height}个关键字段填报率均不低于{FULL:.0f}%。"
        if known.height
        else f"{words.UNKNOWN}：没有任何记录。",
        table=known.select(
            pl.col("table").replace(tables).alias("数据表"),
            pl.Series(
                "字段",
                [fields[t, f] for t, f in rows.select("table", "field").rows()],
                dtype=pl.String,
            ),
            pl.col("rows").alias("行数（行）"),
            pl.col("filled").alias("已填（行）"),
            pl.col("rate").round(2).alias("填报率（%）"),
        ),
        chart=Chart(
            kind="bars",
            data=known.sort("rate", maintain_order=True)
            .head(15)
            .select("label", value="rate", text=pl.col("rate").round(1).cast(pl.String)),
            unit="%",
            description="填报率最低的十五个关键字段",
            horizontal=True,
        ),
        definition="截至日已存在的计入行中该字段不为空的比例；只看指标用到而允许为空的字段。",
    )
