"""How fresh each source is in each county, and how complete its key fields are."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.quality.tables import PAGE
from exhibits.recipe import builder
from exhibits.wording import names, words
from queries.access import OUTSIDE, AccessError
from queries.answers.breakdowns import city_code
from queries.answers.quality import STALE, completeness, field_names, freshness, table_names
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: A key field filled less often than this is named (系统默认).
FULL = 95.0

#: How many sources or fields a finding names.
MOST = 4


@builder
def fresh(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Days since the last record by source and county; sources without a county under 全市."""
    _refuse_townships(snapshot)
    county = scope.region[:6]
    whole = freshness(snapshot, county=county).with_columns(county=pl.lit(""))
    parts = freshness(snapshot, "county", county).filter(pl.col("county") != "")
    rows = parts if county else pl.concat([whole, parts])
    tables, places = table_names(), _places(snapshot, rows)
    named = rows.sort(
        pl.col("county").replace_strict(
            {code: i for i, code in enumerate(places)}, return_dtype=pl.Int32
        ),
        maintain_order=True,
    ).with_columns(source=pl.col("table").replace(tables), place=pl.col("county").replace(places))
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-fresh",
        title="数据新鲜度_数据表×县区",
        question="哪个数据源、哪个县区好久没有新数据？",
        finding=_stale_words(whole.height, named),
        table=named.select(
            pl.col("source").alias("数据表"),
            pl.col("place").alias("地区"),
            pl.col("last").alias("最近一条"),
            pl.col("days").alias("距截至日（日）"),
        ),
        chart=Chart(
            kind="matrix",
            data=_cells(named),
            unit="日",
            description="数据表与县区对照的距最近一条记录的天数",
            classes=((f"{STALE}日内有新记录", "usual"), (f"▼ 超过{STALE}日", "concern")),
        ),
        definition=f"截至日与该表最近一条记录日期相差的天数；超过{STALE}日视为陈旧（系统默认）。"
        "计划日、到期日不算记录。没有县区字段的表只列全市。",
    )


def _refuse_townships(snapshot: Snapshot) -> None:
    """Records are told apart by county at the lowest; AccessError for a township's role."""
    if snapshot.access.township:
        raise AccessError(OUTSIDE)


def _places(snapshot: Snapshot, rows: pl.DataFrame) -> dict[str, str]:
    """Names of the columns in their order; a code that is no county says so."""
    known = {"": "全市", city_code(snapshot): "市本级"}
    named = {
        c: n for c, n in names.region_names(snapshot).items() if len(c) == 6 and c not in known
    }
    unknown = sorted(set(rows["county"]) - set(known) - set(named))
    return known | named | {code: f"未知{code}" for code in unknown}


def _cells(named: pl.DataFrame) -> pl.DataFrame:
    late = pl.when(pl.col("days") > STALE)
    return named.select(
        x="place",
        y="source",
        text=pl.col("days").cast(pl.String) + late.then(pl.lit("▼")).otherwise(pl.lit("")),
        mark=late.then(pl.lit("concern")).otherwise(pl.lit("usual")),
        code=pl.lit(""),
        hover=pl.col("last").dt.strftime("最近一条：%Y年%m月%d日"),
    )


def _stale_words(sources: int, named: pl.DataFrame) -> str:
    if not sources:
        return f"{words.UNKNOWN}：没有任何带日期的记录。"
    late = named.filter(pl.col("days") > STALE).select(pl.col("place") + pl.col("source"))
    said = late.to_series().to_list()
    if not said:
        return f"{sources}个数据源在各地{STALE}日内均有新记录。"
    more = f"等{len(said)}处" if len(said) > MOST else ""
    return f"{words.listed(said[:MOST])}{more}超过{STALE}日没有新记录，请核实是否停报。"


@builder
def complete(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Key fields that may be empty: how often they are filled."""
    _refuse_townships(snapshot)
    fields, tables = field_names(), table_names()
    rows = completeness(snapshot, scope.region[:6]).filter(pl.col("rows") > 0)
    keys = rows.select("table", "field").rows()
    known = rows.with_columns(
        source=pl.col("table").replace(tables),
        name=pl.Series([fields[key] for key in keys], dtype=pl.String),
    ).with_columns(label=pl.col("source") + "·" + pl.col("name"))
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-complete",
        title="关键字段完整率",
        question="哪些关键字段没有填全？",
        finding=_gap_words(known),
        table=known.select(
            pl.col("source").alias("数据表"),
            pl.col("name").alias("字段"),
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


def _gap_words(known: pl.DataFrame) -> str:
    if known.is_empty():
        return f"{words.UNKNOWN}：没有任何记录。"
    gaps = known.filter(pl.col("rate") < FULL).sort("rate")
    worst = [f"{r['label']}（{r['rate']:.2f}%）" for r in gaps.head(MOST).to_dicts()]
    if not worst:
        return f"{known.height}个关键字段填报率均不低于{FULL:.0f}%。"
    return (
        f"{known.height}个关键字段中，{gaps.height}个填报率低于{FULL:.0f}%：{words.listed(worst)}。"
    )
