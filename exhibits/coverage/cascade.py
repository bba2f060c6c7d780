"""覆盖缺口: what became of the eligible, by programme and by category."""

import polars as pl

from data.reference import policy_tables
from exhibits.coverage import seasons
from exhibits.coverage.overall import persons_row
from exhibits.coverage.rows import (
    PAGE,
    RULE,
    count_columns,
    counted,
    last_rows,
    left_out_words,
    own_rows,
)
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import rate_bars, rate_columns
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access.open_edition import SUPPRESSED
from queries.answers.coverage import due
from queries.answers.indicators import indicators
from queries.answers.significance import FEWEST
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def cascade(snapshot: Snapshot, scope: Scope, basis: str = "firm", task_row: str = "") -> Exhibit:
    """Eligible → covered, excluded, pending, gap of each programme, as shares of the eligible."""
    not_zero = pl.col("eligible").is_null() | (pl.col("eligible") > 0)
    rows, last = (
        _of_row(each.filter(not_zero), task_row)
        for each in (counted(own_rows(snapshot, scope, basis)), last_rows(snapshot, scope, basis))
    )
    series = {
        "covered_eligible": ("已享受", "q5"),
        "excluded": ("核实排除", "usual"),
        "pending": ("发放期内", "q2"),
        "gap": (names.BASES[basis], "concern"),
    }
    records = [
        (
            names.programme(r["programme_code"]),
            label,
            None if None in (r[column], r["eligible"]) else r[column] / r["eligible"] * 100,
            f"{r[column]:,.0f}{r['unit']}" if r[column] else "",
            mark,
            r[column],
            None in (r[column], r["eligible"]),
        )
        for r in rows.to_dicts()
        for column, (label, mark) in series.items()
    ]
    texts, values = pl.String, pl.Float64
    schema = {"label": texts, "series": texts, "value": values, "text": texts, "mark": texts}
    schema |= {"n": values, "suppressed": pl.Boolean}
    data = pl.DataFrame(records, schema=schema, orient="row")
    phases = [seasons.paying(r, snapshot.as_of) for r in rows.to_dicts()]
    phases += [seasons.over(r) for r in last.to_dicts()]
    table = pl.concat([rows, last], how="diagonal").select(
        pl.col("programme_code").replace(names.programmes()).alias("项目"),
        *count_columns(basis),
        pl.Series("说明", phases, dtype=pl.String),
        SUPPRESSED,
    )
    low = rows.filter(due() >= FEWEST).drop_nulls("rate").sort("rate").head(3).to_dicts()
    by_season = seasons.listed(rows, last, snapshot.as_of)
    lowest_in_words = words.listed(
        [f"{names.programme(r['programme_code'])}（{r['rate']:.2f}%）" for r in low]
    )
    where = names.region_name(snapshot, scope.region)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"coverage-cascade-{basis}",
        title=f"符合条件人员救助情况（{names.BASES[basis]}，分项目）",
        finding=(
            f"{where}覆盖率较低的项目是{lowest_in_words}。"
            if low
            else f"{where}各项目应发放的不足{FEWEST}人（户）或不予显示，不作比较。"
            if rows.height
            else f"{where}无符合条件的人员或数据源未接入。"
        )
        + (f"{by_season}。" if by_season else ""),
        table=table,
        chart=Chart(
            kind="bars",
            data=data,
            unit="占符合条件人（户）数（%）",
            description="各项目符合条件的人或户中已享受、核实排除、发放期内与缺口的构成",
            stacked=True,
            ordered=True,
        ),
        definition=f"{RULE}{left_out_words(snapshot, basis)}柱内为人数或户数；"
        "非发放期的项目表中列上季末数。",
        persons=True,
    )


def _of_row(rows: pl.DataFrame, task_row: str) -> pl.DataFrame:
    """Rows of the programmes of a task row; all without one."""
    if not task_row:
        return rows
    own = policy_tables.programmes().filter(task_row=task_row)["programme_code"]
    return rows.filter(pl.col("programme_code").is_in(own.to_list()))


@builder
def categories(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Coverage rate of the firm programmes by main category."""
    rows = indicators(snapshot, "category", None, scope.residence or None, None, scope.region)
    of_rate = pl.col("denominator").is_null() | (pl.col("denominator") > 0)
    persons, homes = (
        rows.filter(id=each).select("group", pl.col("numerator").alias(each))
        for each in ("I0890", "I0894")
    )
    labelled = (
        with_suppressed(rows.filter(pl.col("id") == "I0891", of_rate))
        .join(persons, on="group", how="left")
        .join(homes, on="group", how="left")
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
        finding=f"{names.whose(snapshot, scope.region, snapshot.access.department, '救助覆盖率')}"
        f"{words.value(city['value'], '%', city['status'])}；{tail}。",
        table=labelled.select(
            pl.col("label").alias("主类别"),
            *rate_columns("覆盖率（%）"),
            pl.col("denominator").alias("应发放（人（户）次）"),
            pl.col("I0890").alias("应救未救（人）"),
            pl.col("I0894").alias("应救未救（户）"),
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
