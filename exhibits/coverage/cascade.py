"""覆盖缺口: what became of the eligible, by programme and by category."""

import polars as pl

from data.reference import policy_tables
from exhibits.coverage.rows import PAGE, RULE, connected, left_out_words, own_rows, persons_row
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import rate_bars, rate_columns
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.answers.significance import FEWEST
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def cascade(snapshot: Snapshot, scope: Scope, basis: str = "firm", task_row: str = "") -> Exhibit:
    """Eligible → covered → excluded → gap of each programme, as shares of the eligible."""
    not_zero = pl.col("eligible").is_null() | (pl.col("eligible") > 0)
    rows = connected(own_rows(snapshot, scope, basis)).filter(not_zero)
    if task_row:
        own = policy_tables.programmes().filter(task_row=task_row)["programme_code"]
        rows = rows.filter(pl.col("programme_code").is_in(own.to_list()))
    series = {
        "covered_eligible": ("已享受", "q5"),
        "excluded": ("核实排除", "usual"),
        "gap": (names.BASES[basis], "concern"),
    }
    records = [
        (
            names.programme(r["programme_code"]),
            label,
            None if None in (r[column], r["eligible"]) else r[column] / r["eligible"] * 100,
            f"{r[column]:,.0f}" if r[column] else "",
            mark,
            None in (r[column], r["eligible"]),
        )
        for r in rows.to_dicts()
        for column, (label, mark) in series.items()
    ]
    texts, values = pl.String, pl.Float64
    schema = {"label": texts, "series": texts, "value": values, "text": texts, "mark": texts}
    schema["suppressed"] = pl.Boolean
    data = pl.DataFrame(records, schema=schema, orient="row")
    table = rows.select(
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        pl.col("eligible").alias("符合条件（人）"),
        pl.col("covered_eligible").alias("已享受（人）"),
        pl.col("excluded").alias("核实排除（人）"),
        pl.col("gap").alias(f"{names.BASES[basis]}（人）"),
        pl.col("rate").round(2).alias("覆盖率（%）"),
        SUPPRESSED,
    )
    low = (
        rows.filter(pl.col("eligible") >= FEWEST).drop_nulls("rate").sort("rate").head(3).to_dicts()
    )
    lowest_in_words = words.listed(
        [f"{names.programme(r['programme_code'])}（{r['rate']:.2f}%）" for r in low]
    )
    where = names.region_name(snapshot, scope.region)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"coverage-cascade-{basis}",
        title=f"{names.BASES[basis]}_分项目",
        question=f"符合条件的人去了哪里？（{names.BASES[basis]}）",
        finding=f"{where}覆盖率较低的项目是{lowest_in_words}。"
        if low
        else f"{where}各项目符合条件的不足{FEWEST}人或不予显示，不作比较。"
        if rows.height
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
        definition=f"{RULE}{left_out_words(snapshot, basis)}柱内为人数。",
        persons=True,
    )


@builder
def categories(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Coverage rate of the firm programmes by main category."""
    rows = indicators(
        snapshot, "category", None, scope.residence or None, None, scope.region
    ).filter(pl.col("id") == "I0891", pl.col("denominator").is_null() | (pl.col("denominator") > 0))
    gaps = indicators(
        snapshot, "category", None, scope.residence or None, None, scope.region
    ).filter(pl.col("id") == "I0890")
    labelled = with_suppressed(rows).join(
        gaps.select("group", gap="numerator"), on="group", how="left"
    )
    labelled = labelled.with_columns(label=pl.col("group").replace(names.categories()))
    city = persons_row(snapshot, Scope(scope.as_of, region=scope.region), "I0891")
    low = labelled.filter(pl.col("upper") < (city["value"] or 0))["label"].to_list()
    tail = f"显著低于合计水平的是{words.listed(low)}" if low else "各类别无显著偏低"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="coverage-categories",
        title="分类别覆盖率",
        question="哪一类人没有救到？",
        finding=f"{names.whose(snapshot, scope.region, snapshot.access.department, '救助覆盖率')}"
        f"{words.value(city['value'], '%', city['status'])}；{tail}。",
        table=labelled.select(
            pl.col("label").alias("主类别"),
            *rate_columns("覆盖率（%）"),
            pl.col("denominator").alias("符合条件（人次）"),
            pl.col("gap").alias("应救未救（人）"),
            "suppressed",
        ),
        chart=rate_bars(
            labelled,
            "各主类别救助覆盖率及95%置信区间",
            digits=2,
            reference=city["value"],
            reference_name="合计",
        ),
        definition=f"{definition('I0891')}{names.OVERLAP}",
        persons=True,
    )
