"""How fresh each source is in each county, and how complete its key fields are."""

from collections.abc import Mapping

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

#: What a column is called whose code is no county, before the code.
UNKNOWN_CODE = "未知"

#: How many sources or fields a finding names.
MOST = 4


@builder
def fresh(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Days since the last record by source and county; sources without a county under 全市."""
    _refuse_townships(snapshot)
    county = scope.region.county
    whole = freshness(snapshot, county=county).with_columns(county=pl.lit(""))
    by_county = freshness(snapshot, "county", county).filter(pl.col("county") != "")
    rows = by_county if county else pl.concat([whole, by_county])
    tables, name_by_code = table_names(), _places(snapshot, rows)
    labelled = rows.sort(
        pl.col("county").replace_strict(
            {code: i for i, code in enumerate(name_by_code)}, return_dtype=pl.Int32
        ),
        maintain_order=True,
    ).with_columns(
        source=pl.col("table").replace(tables), place=pl.col("county").replace(name_by_code)
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-fresh",
        title="数据更新情况（数据表×县区）",
        finding=f"{_stale_words(whole.height, labelled)}{_unknown_words(name_by_code)}",
        table=labelled.select(
            pl.col("source").alias("数据表"),
            pl.col("place").alias("地区"),
            pl.col("last").alias("最近一条"),
            pl.col("days").alias("距截至日（日）"),
        ),
        chart=Chart(
            kind="matrix",
            data=_cells(labelled),
            unit="日",
            description="数据表与县区对照的距最近一条记录的天数",
            classes=((f"{STALE}日内有新记录", "usual"), (f"▼ 超过{STALE}日", "concern")),
        ),
        definition=f"截至日与该表最近一条记录日期相差的天数；超过{STALE}日视为陈旧（系统默认）。"
        "计划日、到期日不算记录。没有县区字段的表只列全市。",
    )


def _refuse_townships(snapshot: Snapshot) -> None:
    """AccessError for a township's role: records are distinguished by county at the lowest."""
    if snapshot.access.township:
        raise AccessError(OUTSIDE)


def _places(snapshot: Snapshot, rows: pl.DataFrame) -> dict[str, str]:
    """Names of the columns in their order; a code that is no county says so."""
    first = {"": "全市", city_code(snapshot): "市本级"}
    counties = {
        c: n for c, n in names.region_names(snapshot).items() if len(c) == 6 and c not in first
    }
    unknown = sorted(set(rows["county"]) - set(first) - set(counties))
    return first | counties | {code: f"{UNKNOWN_CODE}{code}" for code in unknown}


def _unknown_words(name_by_code: Mapping[str, str]) -> str:
    """What the columns are whose code is no county; empty without any."""
    codes = [code for code, name in name_by_code.items() if name == f"{UNKNOWN_CODE}{code}"]
    if not codes:
        return ""
    return (
        f"记录中有区划表没有的县区代码{words.listed(codes)}（列为“{UNKNOWN_CODE}”加代码），"
        "请报送单位核对更正；更正前计入全市，不计入任何县区。"
    )


def _cells(labelled: pl.DataFrame) -> pl.DataFrame:
    late = pl.when(pl.col("days") > STALE)
    return labelled.select(
        x="place",
        y="source",
        text=pl.col("days").cast(pl.String) + late.then(pl.lit("▼")).otherwise(pl.lit("")),
        mark=late.then(pl.lit("concern")).otherwise(pl.lit("usual")),
        code=pl.lit(""),
        hover=pl.col("last").dt.strftime("最近一条：%Y年%m月%d日"),
    )


def _stale_words(sources: int, labelled: pl.DataFrame) -> str:
    if not sources:
        return f"{words.UNKNOWN}：没有任何带日期的记录。"
    # Whoever sends a code that is no county has not stopped: the code is to be corrected.
    placed = labelled.filter(~pl.col("place").str.starts_with(UNKNOWN_CODE))
    late = placed.filter(pl.col("days") > STALE).select(pl.col("place") + pl.col("source"))
    stale = late.to_series().to_list()
    if not stale:
        return f"{sources}个数据源在各地{STALE}日内均有新记录。"
    more = f"等{len(stale)}处" if len(stale) > MOST else ""
    return f"{words.listed(stale[:MOST])}{more}超过{STALE}日没有新记录，请核实是否停报。"


@builder
def complete(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Key fields that may be empty: how often they are filled."""
    _refuse_townships(snapshot)
    fields, tables = field_names(), table_names()
    rows = completeness(snapshot, scope.region.county).filter(pl.col("rows") > 0)
    keys = rows.select("table", "field").rows()
    labelled = rows.with_columns(
        source=pl.col("table").replace(tables),
        name=pl.Series([fields[key] for key in keys], dtype=pl.String),
    ).with_columns(label=pl.col("source") + "·" + pl.col("name"))
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-complete",
        title="关键字段完整率",
        finding=_gap_words(labelled),
        table=labelled.select(
            pl.col("source").alias("数据表"),
            pl.col("name").alias("字段"),
            pl.col("rows").alias("行数（行）"),
            pl.col("filled").alias("已填（行）"),
            pl.col("rate").round(2).alias("填报率（%）"),
        ),
        chart=Chart(
            kind="bars",
            data=labelled.sort("rate", maintain_order=True)
            .head(15)
            .select(
                "label",
                value="rate",
                text=pl.col("rate").round(1).cast(pl.String),
                mark=pl.when(pl.col("rate") < FULL).then(pl.lit("named")).otherwise(pl.lit("rest")),
            ),
            unit="%",
            ordered=True,
            description="填报率最低的十五个关键字段",
        ),
        definition="截至日已存在的计入行中该字段不为空的比例；只看指标用到而允许为空的字段。",
    )


def _gap_words(fields: pl.DataFrame) -> str:
    if fields.is_empty():
        return f"{words.UNKNOWN}：没有任何记录。"
    gaps = fields.filter(pl.col("rate") < FULL).sort("rate")
    worst = [f"{r['label']}（{r['rate']:.2f}%）" for r in gaps.head(MOST).to_dicts()]
    if not worst:
        return f"{fields.height}个关键字段填报率均不低于{FULL:.0f}%。"
    return (
        f"{fields.height}个关键字段中，"
        f"{gaps.height}个填报率低于{FULL:.0f}%：{words.listed(worst)}。"
    )
