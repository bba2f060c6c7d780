"""预警处置: source → department → outcome."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import DIRECTIONS, PAGE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.warnings import paths
from queries.scope import Scope
from queries.store.snapshot import Snapshot

DEPARTMENTS = {"": "未推送部门", "several": "两个以上部门", "coordination": "县级协调机制"}

#: All departments and the county's coordination as one node of the chart.
TO_DEPARTMENTS = "推送部门或县级协调"


@builder
def flow(snapshot: Snapshot, scope: Scope, direction: str = "") -> Exhibit:
    """Source → department → outcome of all warnings raised by the day."""
    rows = paths(snapshot, scope.region, direction).with_columns(
        pl.col("department").fill_null("").replace({**names.departments(), **DEPARTMENTS}),
        names.named("source", names.sources(), names.NO_SOURCE),
        pl.col("result").replace({**names.outcomes(), "closed": "已办结（未填结果）"}),
    )
    rows_drawn = _few_nodes(rows)
    links = [
        rows_drawn.group_by(source=one, target=other)
        .agg(pl.when(pl.col("n").null_count() == 0).then(pl.col("n").sum()).alias("n"))
        .with_columns(layer=pl.lit(i), suppressed=pl.col("n").is_null())
        for i, (one, other) in enumerate((("source", "department"), ("department", "result")))
    ]
    order_of_bands = ("layer", "n", "source", "target")
    descending = [False, True, False, False]
    data = pl.concat(links).sort(order_of_bands, descending=descending, nulls_last=True)
    all_warnings = total(rows["n"])
    direct = total(rows.filter(pl.col("department") == DEPARTMENTS[""])["n"])
    order = ("n", "source", "department", "result")
    table = rows.sort(order, descending=[True, False, False, False], nulls_last=True).select(
        pl.col("source").alias("来源"),
        pl.col("department").alias("承办"),
        pl.col("result").alias("结果"),
        pl.col("n").alias("预警（条）"),
        SUPPRESSED,
    )
    what = DIRECTIONS[direction] if direction else "预警"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="warning-flow",
        title="预警流向与处置结果",
        finding=f"入库以来{what}{words.count(all_warnings, '条')}，其中未推送部门的"
        f"{words.count(direct, '条')}，占{words.share(direct, all_warnings)}。"
        if rows.height
        else f"未发生{what}。",
        table=table,
        chart=Chart(
            kind="flow", data=data, unit="条", description="预警来源、承办部门与结果的流向图"
        ),
        definition="截至日前产生的全部预警（合并的不重复计）。承办按截至日前推送的部门；"
        "未推送部门的由民政核查后直接办结、启动认定，或者尚无去向。未办结的按所处状态列示。"
        "图中各部门合为一项，不足2%的结果合为“其他结果”，明细见数据表。",
    )


def _few_nodes(rows: pl.DataFrame) -> pl.DataFrame:
    """Departments as one node, results below 1 in 50 as another: thin bands say nothing."""
    total = rows["n"].sum()
    small = rows.group_by("result").agg(pl.col("n").sum()).filter(pl.col("n") * 50 < total)
    rare = pl.col("result").is_in(small["result"].to_list()) if small.height > 1 else pl.lit(False)
    direct = pl.col("department") == DEPARTMENTS[""]
    return rows.with_columns(
        department=pl.when(direct).then("department").otherwise(pl.lit(TO_DEPARTMENTS)),
        result=pl.when(rare).then(pl.lit("其他结果")).otherwise("result"),
    )
