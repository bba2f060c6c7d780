"""悬崖效应图 and 一户一链: what assistance adds up to, and which link is missing."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.tasks.rows import PAGE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.topic_details import chain, cliff
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Main categories from most to least assistance by rule: the step is between the second and third.
LADDER = (
    *("tekun", "dibao", "dibao_margin"),
    *("rigid_expenditure", "relapse_monitored", "other"),
)


@builder
def cliff_effect(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Mean assistance per person and month by main category, with the step at the 低保 line."""
    not_zero = pl.col("persons").is_null() | (pl.col("persons") > 0)
    rows = cliff(snapshot, scope.region).filter(not_zero)
    order = {code: i for i, code in enumerate(LADDER)}
    labelled = rows.sort(
        pl.col("category").replace_strict(order, default=9, return_dtype=pl.Int8)
    ).with_columns(label=pl.col("category").replace(names.categories()))
    frames = [
        labelled.select(
            "label",
            SUPPRESSED,
            pl.lit(name).alias("series"),
            pl.col(column).alias("value"),
            text=pl.col(column).round(0).cast(pl.String).str.strip_suffix(".0"),
        )
        for column, name in (("monthly", "按月待遇"), ("spread", "其他救助（近12个月÷12）"))
    ]
    mean = dict(labelled.select("category", "mean").rows())
    step, called = "", names.categories()
    if mean.get("dibao") is not None and mean.get("dibao_margin") is not None:
        step = (
            f"{called['dibao']}人均每月{mean['dibao']:.2f}元，"
            f"{called['dibao_margin']}{mean['dibao_margin']:.2f}元，"
            f"跨过低保线相差{mean['dibao'] - mean['dibao_margin']:.2f}元。"
        )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="cliff",
        title="低保线两侧月人均补助水平（悬崖效应）",
        finding=step
        or f"{words.UNKNOWN}：{called['dibao']}或{called['dibao_margin']}缺少或人数较少。",
        table=labelled.select(
            pl.col("label").alias("主类别"),
            pl.col("persons").alias("人数（人）"),
            pl.col("monthly").round(2).alias("按月待遇（元/人·月）"),
            pl.col("spread").round(2).alias("其他救助（元/人·月）"),
            pl.col("mean").round(2).alias("合计（元/人·月）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=pl.concat(frames),
            unit="元/人·月",
            description="各主类别人均每月救助金额，按月待遇与其他救助分列",
            stacked=True,
            ordered=True,
        ),
        definition="截至日有效的待遇月金额，加近12个月现金、减免、缴费补贴类救助÷12；未填金额按0计。"
        f"{names.OVERLAP}",
    )


@builder
def household_chain(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Of households entitled to several programmes, the link most often missing."""
    rows = chain(snapshot, scope.region).filter(pl.col("links") >= 2)
    missing = pl.col("missing").is_null() | (pl.col("missing") > 0)
    links = (
        _summed(rows.filter(pl.col("programme") != ""))
        .filter(missing)
        .sort("missing", "programme", descending=[True, False], nulls_last=True)
    )
    labels = [names.programme(code) for code in links["programme"]]
    labelled = links.with_columns(
        label=pl.Series(labels, dtype=pl.String),
        rate=pl.col("missing") / pl.col("households") * 100,
    )
    whole = rows.filter(pl.col("programme") == "")
    entitled, broken = total(whole["households"]), total(whole["missing"])
    top = next(labelled.drop_nulls("missing").iter_rows(named=True), None)
    most = f"；最常缺的是{top['label']}（{words.count(top['missing'], '户')}）" if top else ""
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="chain",
        title="多项应享家庭政策落实情况",
        finding=f"应享两项及以上的{words.count(entitled, '户')}，其中链条不全的"
        f"{words.count(broken, '户')}，占{words.share(broken, entitled)}{most}。"
        if entitled != 0 and broken != 0
        else "应享两项及以上的户链条齐全。"
        if entitled != 0
        else "无应享两项及以上的户。",
        table=labelled.select(
            pl.col("label").alias("项目（链环）"),
            pl.col("households").alias("应享（户）"),
            pl.col("missing").alias("缺少（户）"),
            pl.col("rate").round(2).alias("缺少比例（%）"),
            "suppressed",
        ),
        chart=Chart(
            kind="bars",
            data=labelled.head(12).select("label", "suppressed", value="missing"),
            unit="户",
            description="应享两项及以上的户中各项目缺少的户数",
        ),
        definition="家庭任一成员符合某应享项目即为该户应享，任一成员有缺口即为该环缺少；疑似项目、非发放期的项目不计。只列户数。",
    )


def _summed(rows: pl.DataFrame) -> pl.DataFrame:
    """Households by programme: programme, households, missing, suppressed."""
    sums = [
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(name)
        for name in ("households", "missing")
    ]
    hidden = pl.col("households").is_null() | pl.col("missing").is_null()
    return rows.group_by("programme").agg(sums).with_columns(suppressed=hidden)
