"""The chosen indicators as one exhibit: sentence, table and chart."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.explore.choices import BREAKDOWNS, KINDS, mixed
from exhibits.explore.rows import breakdown_rows
from exhibits.make import make_exhibit, narrows
from exhibits.maps.county import county_map
from exhibits.parts import with_parts
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.remarks import Remarks, remarks
from exhibits.suppressed import with_suppressed
from exhibits.wording import definitions, words
from exhibits.wording.periods import counted, name_of, of_flow
from queries.answers.cube_rows import own_group
from queries.catalogue import Indicator, catalogue
from queries.region import WHOLE_CITY
from queries.scope import Scope
from queries.store.snapshot import Snapshot

PAGE = "自助分析"


@builder
def explore(snapshot: Snapshot, scope: Scope, ids: tuple[str, ...], by: str, kind: str) -> Exhibit:
    """The chosen indicators by a breakdown; rates with numerator, denominator and limits."""
    chosen = [catalogue()[i] for i in ids]
    monthly = by == "month"
    shown = [catalogue()[i] for i in with_parts(ids)]
    name_by_id = {i.id: name_of(i, "month" if monthly else scope.period) for i in shown}
    if kind == "map":
        at = scope if by == "township" else replace(scope, region=WHOLE_CITY)
        return county_map(snapshot, at, ids[0], page=PAGE)
    all_rows = with_suppressed(breakdown_rows(snapshot, scope, with_parts(ids), by))
    # Rows outside the role's scope are left out, suppressed small counts stay.
    rows = all_rows if snapshot.access.open else all_rows.filter(~pl.col("suppressed"))
    series_by_id = {i.id: f"{name_by_id[i.id]}（{i.unit}）" for i in shown}
    labelled = rows.with_columns(series=pl.col("id").replace(series_by_id))
    listed = "、".join(name_by_id[i] for i in ids)
    title = f"{listed}，分{BREAKDOWNS[by]}"
    timed = definitions.MONTHLY if monthly else f"{counted(snapshot, scope)}。"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"explore-{'-'.join(ids)}-{by}",
        title=title if len(title) < 60 else f"{len(ids)}项指标，分{BREAKDOWNS[by]}",
        finding=_finding(labelled, chosen[0], name_by_id[ids[0]], by),
        table=_table(labelled, by),
        chart=_chart(labelled, shown, kind, listed, _remarks(snapshot, scope, chosen, by)),
        definition="".join(
            f"【{name_by_id[i.id]}】{definitions.definition(i.id, timed)}" for i in chosen
        ),
        persons=all(narrows(i) for i in ids),
        monthly=monthly,
        counted_over=""
        if monthly
        else next(filter(None, (of_flow(snapshot, scope, about) for about in chosen)), ""),
    )


def _finding(rows: pl.DataFrame, first: Indicator, name: str, by: str) -> str:
    figures = rows.filter(pl.col("id") == first.id, pl.col("status") == "ok").drop_nulls("value")
    if figures.is_empty():
        hidden = rows.filter(pl.col("id") == first.id)["suppressed"].any()
        return f"{name}数值较小，不予显示。" if hidden else f"{words.UNKNOWN}。"
    high, low = (figures.sort("value").row(i, named=True) for i in (-1, 0))
    if figures.height == 1:
        return f"{high['label']}{name}{words.value(high['value'], first.unit)}。"
    if high["value"] == low["value"]:
        same = words.value(high["value"], first.unit)
        return f"各{BREAKDOWNS[by]}{name}均为{same}。"
    return (
        f"{name}最高的是{high['label']}（{words.value(high['value'], first.unit)}），"
        f"最低的是{low['label']}（{words.value(low['value'], first.unit)}）。"
    )


def _table(rows: pl.DataFrame, by: str) -> pl.DataFrame:
    status = pl.col("status").replace({"ok": "", **words.STATUS})
    return rows.select(
        pl.col("series").alias("指标"),
        pl.col("label").alias(BREAKDOWNS[by]),
        pl.col("value").round(4).alias("数值"),
        pl.col("numerator").alias("分子"),
        pl.col("denominator").alias("分母"),
        *limit_columns("控制" if by == "month" else "95%", digits=4),
        status.alias("说明"),
        "suppressed",
    )


def _remarks(snapshot: Snapshot, scope: Scope, chosen: list[Indicator], by: str) -> Remarks:
    """What is noted of the region's months; of several indicators each with its name."""
    if by != "month":
        return ()
    group = own_group(snapshot, scope.region)
    return tuple(
        (month, text if len(chosen) == 1 else f"{about.name}：{text}")
        for about in chosen
        for month, text in remarks(about.id, group, snapshot.as_of)
    )


def _chart(
    rows: pl.DataFrame, chosen: list[Indicator], kind: str, listed: str, remarked: Remarks
) -> Chart | None:
    if kind == "table" or mixed(chosen):
        return None
    drawn = rows.filter(pl.col("value").is_not_null() | pl.col("suppressed"))
    unit = chosen[0].unit
    about = f"{listed}{KINDS[kind]}"
    if kind == "lines":
        data = drawn.select("series", "suppressed", x="label", y="value")
        return Chart(kind="lines", data=data, unit=unit, description=about, remarks=remarked)
    columns = ["label", "value", "suppressed"] + (["series"] if len(chosen) > 1 else [])
    if len(chosen) == 1 and chosen[0].has_interval:
        columns += ["lower", "upper"]
    # As the sentence says it.
    digits = 2 if chosen[0].is_rate else 0
    said = [None if v is None else f"{v:,.{digits}f}" for v in drawn["value"]]
    text = pl.Series("text", said, dtype=pl.String)
    return Chart(
        kind="bars",
        data=drawn.select(*columns, text),
        unit=unit,
        description=about,
    )
