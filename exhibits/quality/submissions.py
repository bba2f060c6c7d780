"""Submissions on time, persons in two systems, warnings raised twice."""

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import city_table, make_exhibit
from exhibits.permitted import topic
from exhibits.quality.tables import PAGE
from exhibits.rate_table import rate_bars
from exhibits.recipe import builder
from exhibits.suppressed import total, with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.periods import counted, counted_since, period
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: A rate in % of which nothing is missing.
WHOLE = 100.0


@builder
def on_time(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Submissions on time by county, year to date."""
    since = counted_since(snapshot, scope)
    connected = "data_submission" in snapshot.manifest["connected"]
    labelled = pl.DataFrame()
    if connected:
        rows = topic(snapshot, "submission", since, "region", scope.region.county)
        label = pl.col("group").replace(names.region_names(snapshot))
        labelled = rows.filter(pl.col("whole") > 0).with_columns(label=label)
    all_in_time = labelled.height > 0 and labelled["rate"].min() == WHOLE
    late = labelled.filter(pl.col("rate") < WHOLE) if labelled.height else labelled
    lowest = late.sort("rate").head(3).to_dicts() if late.height else []
    lowest_in_words = words.listed([f"{r['label']}（{r['rate']:.2f}%）" for r in lowest])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-on-time",
        title="报送按时率",
        finding=f"按时上报率较低的是{lowest_in_words}。"
        if lowest_in_words
        else "各地区均按时上报。"
        if all_in_time
        else f"{words.NOT_CONNECTED}。"
        if not connected
        else "期内无到期批次。",
        table=labelled.select(
            pl.col("label").alias("地区"),
            pl.col("whole").alias("应报（批次）"),
            pl.col("met").alias("按时（批次）"),
            pl.col("rate").round(2).alias("按时上报率（%）"),
        )
        if labelled.height
        else pl.DataFrame(),
        chart=rate_bars(labelled, "各地区数据报送按时率及95%置信区间", "rate")
        if labelled.height
        else None,
        definition=definition("I0301", f"{counted(snapshot, scope)}，全部数据集。"),
        counted_over=period(snapshot, since),
    )


@builder
def overlap(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Monitored persons who also hold 低保 or 特困, by county (I0107)."""
    rows = indicators(snapshot, "county").filter(id="I0107")
    name_by_code = names.region_names(snapshot)
    has_figure = pl.col("status").is_in(["ok", "suppressed"] if snapshot.access.open else ["ok"])
    labelled = with_suppressed(rows.filter(has_figure)).with_columns(
        label=pl.col("group").replace(name_by_code)
    )
    city = indicators(snapshot, "city").filter(id="I0107").row(0, named=True)
    return city_table(
        snapshot,
        scope,
        PAGE,
        key="quality-overlap",
        title="监测对象与低保、特困重叠情况",
        finding=f"全市防止返贫监测对象中同时纳入低保或特困的占"
        f"{words.value(city['value'], '%', city['status'])}。",
        table=labelled.select(
            pl.col("label").alias("县区"),
            pl.col("numerator").alias("同时纳入（人）"),
            pl.col("denominator").alias("监测对象（人）"),
            pl.col("value").round(2).alias("占比（%）"),
            "suppressed",
        ),
        chart=rate_bars(
            labelled,
            "各县区监测对象同时纳入低保或特困占比",
            reference=city["value"],
            reference_name="全市",
        ),
        definition=definition("I0107"),
    )


@builder
def merged(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Warnings that repeat another, by where they come from, year to date."""
    since = counted_since(snapshot, scope)
    labelled = topic(snapshot, "merged", since, region=scope.region).with_columns(
        label=names.named("group", names.sources(), names.NO_SOURCE)
    )
    again, raised = total(labelled["met"]), total(labelled["whole"])
    when = period(snapshot, since)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="quality-merged",
        title="重复推送预警",
        finding=f"{when}产生预警{words.count(raised, '条')}，其中与已有预警重复、合并计数的"
        f"{words.count(again, '条')}，占{words.share(again, raised)}。"
        if raised != 0
        else f"{when}未发生预警。",
        table=labelled.select(
            pl.col("label").alias("来源"),
            pl.col("whole").alias("产生（条）"),
            pl.col("met").alias("重复（条）"),
            pl.col("rate").round(2).alias("重复率（%）"),
            SUPPRESSED,
        ),
        chart=rate_bars(labelled, "各来源预警的重复率及95%置信区间", "rate"),
        definition="重复预警只在此处计数，其他指标均按合并后的一条计。",
        counted_over=when,
    )
