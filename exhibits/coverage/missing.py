"""覆盖缺口: how many programmes a person misses, and which together."""

import polars as pl

from exhibits.coverage.rows import PAGE
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access.open_edition import SUPPRESSED
from queries.answers.time_to_reach import missing
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def missing_number(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Persons by how many firm programmes they miss."""
    rows = missing(snapshot, scope.region, scope.category, scope.residence)
    many = pl.when(pl.col("number") >= 3).then(pl.lit("3项及以上"))
    labelled = rows.filter(pl.col("number") > 0).with_columns(
        label=many.otherwise(pl.format("{}项", "number"))
    )
    persons_by_label = sorted(
        (label, total(group["persons"])) for (label,), group in labelled.group_by("label")
    )
    schema = {"label": pl.String, "persons": pl.Int64}
    # The sum over combinations is null where one of them is suppressed.
    counted = pl.DataFrame(persons_by_label, schema=schema, orient="row").with_columns(
        suppressed=pl.col("persons").is_null()
    )
    any_missing, registered = total(counted["persons"]), total(rows["persons"])
    missing_several = total(counted.filter(pl.col("label") != "1项")["persons"])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="missing-number",
        title="应享未享项数分布",
        finding=f"至少缺一项的{words.count(any_missing, '人')}，"
        f"占在册人员{words.share(any_missing, registered)}；"
        f"缺两项及以上的{words.count(missing_several, '人')}。"
        if counted.height
        else "无应救未救人员。",
        table=counted.select(
            pl.col("label").alias("缺少项目数"), pl.col("persons").alias("人数（人）"), "suppressed"
        ),
        chart=Chart(
            kind="bars",
            data=counted.select("label", "suppressed", value="persons"),
            unit="人",
            description="按缺少应享项目数的人数柱形图",
            ordered=True,
        ),
        definition=f"{definition('I0890')}只列按人计的项目。",
        persons=True,
    )


@builder
def missing_combinations(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The most common combinations of missing firm programmes."""
    rows = missing(snapshot, scope.region, scope.category, scope.residence)
    top = rows.filter(pl.col("number") > 0).head(10)
    labels = [" ＋ ".join(names.programme(p) for p in codes) for codes in top["programmes"]]
    labelled = top.with_columns(label=pl.Series(labels, dtype=pl.String))
    first = labelled.row(0, named=True) if labelled.height else None
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="missing-combinations",
        title="常见应享未享组合",
        finding=f"最常见的是缺{first['label']}（{words.count(first['persons'], '人')}）。"
        if first
        else "无应救未救人员。",
        table=labelled.select(
            pl.col("label").alias("缺少的项目"),
            pl.col("number").cast(pl.Int64).alias("项数"),
            pl.col("persons").alias("人数（人）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", SUPPRESSED, value="persons"),
            unit="人",
            description="最常见的缺项组合及人数",
        ),
        definition=f"{definition('I0890')}只列按人计的项目，列前10种组合。",
        persons=True,
    )
