"""数据质量: freshness, rows set aside, completeness, overlap, revisions, what is not connected."""

from functools import lru_cache

import polars as pl

from exhibits import names, words
from exhibits.common import made, year_start
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from queries.answers.details import details
from queries.answers.indicators import indicators
from queries.answers.quality import rows_set_aside, table_names
from queries.scope import Scope
from queries.snapshot import Snapshot, stored_days, versions

PAGE = "数据质量"


@lru_cache(maxsize=32)
def tables(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Rows read, kept and set aside by table, and tables not connected."""
    manifest = snapshot.manifest
    named = table_names()
    records = [
        {
            "数据表": named.get(table, table),
            "状态": "已接入",
            "读取（行）": read,
            "计入（行）": manifest["rows_kept"].get(table, 0),
            "剔除（行）": read - manifest["rows_kept"].get(table, 0),
        }
        for table, read in manifest["rows_read"].items()
    ]
    records += [
        {"数据表": named.get(table, table), "状态": words.NOT_CONNECTED}
        for table in manifest["absent"]
    ]
    aside = sum(manifest["rows_read"].values()) - sum(manifest["rows_kept"].values())
    absent = [named.get(table, table) for table in manifest["absent"]]
    missing = f"；未接入{len(absent)}张：{words.listed(absent)}" if absent else "，全部数据表已接入"
    return made(
        snapshot,
        Scope(scope.as_of),
        PAGE,
        key="quality-tables",
        title="数据表接入",
        question="哪些数据表接入了，剔除了多少？",
        finding=f"读取{words.count(sum(manifest['rows_read'].values()), '行')}，"
        f"剔除{words.count(aside, '行')}{missing}。",
        table=pl.DataFrame(records, infer_schema_length=None),
        chart=None,
        definition="剔除：主键为空或重复、类型不符、代码不在封闭清单内、结束早于开始、环节早于起点；其余问题只提示。",
    )


@lru_cache(maxsize=32)
def set_aside(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Rows set aside by table and rule, with what to do."""
    rows = rows_set_aside(snapshot)
    table = rows.select(
        pl.col("table").alias("数据表"),
        pl.col("rule").alias("问题"),
        pl.col("rows").alias("剔除（行）"),
        pl.col("advice").alias("处理办法"),
    )
    top = table.row(0, named=True) if table.height else None
    return made(
        snapshot,
        Scope(scope.as_of),
        PAGE,
        key="quality-aside",
        title="剔除行",
        question="哪些行没有计入，怎么办？",
        finding=f"剔除最多的是{top['数据表']}（{top['问题']}，{top['剔除（行）']}行）。"
        if top
        else "未剔除任何行。",
        table=table,
        chart=Chart(
            kind="bars",
            data=table.head(15).select(
                label=pl.col("数据表") + "·" + pl.col("问题"), value="剔除（行）"
            ),
            unit="行",
            description="按数据表与问题的剔除行数",
            horizontal=True,
        )
        if table.height
        else None,
        definition="逐表逐规则计数；同一行有多个问题时在各规则下都计。",
    )


@lru_cache(maxsize=32)
def on_time(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Submissions on time by county, year to date."""
    since = year_start(snapshot.as_of)
    connected = "data_submission" in snapshot.manifest["connected"]
    rows = details(snapshot, "submission", since, "region", scope.region[:6]) if connected else None
    named = names.region_names(snapshot)
    known = (
        rows.filter(pl.col("whole") > 0).with_columns(label=pl.col("group").replace(named))
        if connected
        else pl.DataFrame()
    )
    late = known.sort("rate").head(3).to_dicts() if known.height else []
    said = words.listed([f"{r['label']}（{r['rate']:.2f}%）" for r in late])
    return made(
        snapshot,
        scope,
        PAGE,
        key="quality-on-time",
        title="报送按时率",
        question="哪里的数据没有按时报？",
        finding=f"按时上报率较低的是{said}。"
        if said
        else f"{words.NOT_CONNECTED}。"
        if not connected
        else "期内无到期批次。",
        table=known.select(
            pl.col("label").alias("地区"),
            pl.col("whole").cast(pl.Int64).alias("应报（批次）"),
            pl.col("met").cast(pl.Int64).alias("按时（批次）"),
            pl.col("rate").round(2).alias("按时上报率（%）"),
        )
        if known.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=known.select(
                "label",
                "lower",
                "upper",
                value="rate",
                text=pl.col("rate").round(1).cast(pl.String),
            ),
            unit="%",
            description="各地区数据报送按时率及95%置信区间",
            horizontal=True,
        )
        if known.height
        else None,
        definition=f"{definition('I0301')}本年1月1日至截至日，全部数据集。",
    )


@lru_cache(maxsize=32)
def overlap(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Monitored persons who also hold 低保 or 特困, by county (I0107)."""
    rows = indicators(snapshot, "county").filter(id="I0107")
    named = names.region_names(snapshot)
    known = rows.filter(pl.col("status") == "ok").with_columns(label=pl.col("group").replace(named))
    city = indicators(snapshot, "city").filter(id="I0107").row(0, named=True)
    return made(
        snapshot,
        Scope(scope.as_of),
        PAGE,
        key="quality-overlap",
        title="监测对象与低保交叉",
        question="两个系统的对象重叠多少？",
        finding=f"全市防止返贫监测对象中兼享低保或特困的占"
        f"{words.value(city['value'], '%', city['status'])}。",
        table=known.select(
            pl.col("label").alias("县区"),
            pl.col("numerator").cast(pl.Int64).alias("兼享（人）"),
            pl.col("denominator").cast(pl.Int64).alias("监测对象（人）"),
            pl.col("value").round(2).alias("占比（%）"),
        ),
        chart=Chart(
            kind="bars",
            data=known.select(
                "label", "value", "lower", "upper", text=pl.col("value").round(1).cast(pl.String)
            ),
            unit="%",
            description="各县区监测对象兼享低保或特困占比",
            horizontal=True,
            reference=city["value"],
            reference_name="全市",
        ),
        definition=definition("I0107"),
    )


@lru_cache(maxsize=8)
def revisions(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Days whose figures were revised after they were published."""
    records = []
    for day in stored_days(snapshot.folder):
        known = versions(snapshot.folder, day)
        if len(known) > 1:
            records.append({"截至日": day, "版本数": len(known), "现用版本": known[-1]})
    return made(
        snapshot,
        Scope(scope.as_of),
        PAGE,
        key="quality-revisions",
        title="数据修订",
        question="已公布的数据改过吗？",
        finding=f"{len(records)}个截至日有修订，新旧版本均保留。"
        if records
        else "已入库的截至日均无修订。",
        table=pl.DataFrame(records, infer_schema_length=None),
        chart=None,
        definition="同一截至日再次计算得出不同数值时，保留两个版本并列为数据修订。",
    )
