"""县区地图: an indicator on the stored month-ends, to play or side by side."""

from collections.abc import Mapping

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.maps import classes
from exhibits.maps.county import PAGE
from exhibits.maps.rows import MAP_SCHEMA
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names
from exhibits.wording.changes import change_between
from exhibits.wording.definitions import definition
from exhibits.wording.figures import short
from exhibits.wording.periods import name_of
from geo import boundaries
from queries.answers.compared_sums import compared
from queries.answers.significance import FEWEST
from queries.answers.trend import series
from queries.catalogue import Indicator, catalogue
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

#: Month-ends of the small multiples.
MONTHS = 12


def _over_months(snapshot: Snapshot, indicator: str, months: int) -> pl.DataFrame:
    """The counties' figures on the last month-ends: as_of, group, value, status."""
    opened = month_ends(snapshot)[-months:]
    if not opened:
        return pl.DataFrame()
    return series(opened, (indicator,), "county", "").sort("as_of", "group")


@builder
def over_time(snapshot: Snapshot, scope: Scope, indicator: str, playing: bool) -> Exhibit:
    """The map on each stored month-end: one to play, or small multiples; the same classes."""
    about = catalogue()[indicator]
    name = name_of(about)
    rows = _over_months(snapshot, indicator, 60 if playing else MONTHS)
    name_by_code = names.region_names(snapshot)
    data, legend = _classed_months(about, rows, name_by_code)
    last = max(rows["as_of"]) if rows.height else None
    now = data.filter(pl.col("frame") == f"{last:%Y-%m}") if last else data
    columns = {"frame": "panel"}
    chart = (
        Chart(
            kind="map",
            data=now.drop("frame"),
            unit=about.unit,
            description=f"{name}逐月分布，可播放",
            classes=legend,
            frames=data,
            credit=boundaries.credit(),
        )
        if playing
        else Chart(
            kind="maps",
            data=data.rename(columns),
            unit=about.unit,
            description=f"{name}近{MONTHS}个月末分布小图",
            classes=legend,
            credit=boundaries.credit(),
        )
    )
    with_status = with_suppressed(rows) if rows.height else rows
    table = (
        with_status.filter(~pl.col("suppressed") | pl.lit(snapshot.access.open)).select(
            pl.col("as_of").alias("月末"),
            pl.col("group").replace(name_by_code).alias("地区"),
            pl.col("value").round(2).alias(f"{name}（{about.unit}）"),
            "suppressed",
        )
        if rows.height
        else pl.DataFrame()
    )
    kind = "逐月播放" if playing else "近12个月小图"
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"{'play' if playing else 'months'}-{indicator}",
        title=f"{name}{kind}",
        finding=_months_finding(snapshot, about, rows, name_by_code),
        table=table,
        chart=chart,
        definition=f"{definition(indicator)}各月末使用同一分级（全部月末数值的五分位）。",
        monthly=True,
        counted_over=f"{min(rows['as_of']):%Y-%m}至{last:%Y-%m}" if last else "",
    )


def _months_finding(
    snapshot: Snapshot, about: Indicator, rows: pl.DataFrame, name_by_code: Mapping[str, str]
) -> str:
    if rows.is_empty() or rows["as_of"].n_unique() < 2:
        return "无可比数据：已入库的月末不足2个。"
    first, last = min(rows["as_of"]), max(rows["as_of"])
    days = snapshot.at(last), snapshot.at(first)
    on = {
        day: dict(rows.filter(as_of=day).select("group", "value").rows()) for day in (last, first)
    }
    figures = {group: (value, on[first].get(group)) for group, value in on[last].items()}
    moves = {
        group: abs(now - before)
        for group, pair in figures.items()
        for now, before in [compared(days, about.id, pair, "county", group)[0]]
        if now is not None and before is not None
    }
    if not moves:
        return "无可比数据。"
    top = max(moves, key=moves.__getitem__)
    change = change_between(days, about, figures[top], "county", top)
    return (
        f"{first:%Y年%-m月}末至{last:%Y年%-m月}末，{name_of(about)}变化最大的是"
        f"{name_by_code[top]}，{change}。"
    )


def _classed_months(
    about: Indicator, rows: pl.DataFrame, name_by_code: Mapping[str, str]
) -> tuple[pl.DataFrame, tuple[tuple[str, str], ...]]:
    records = rows.with_columns(denominator=pl.lit(FEWEST)).to_dicts() if rows.height else []
    values = classes.known_values(about, records)
    ends = classes.breaks(values)
    marks = classes.of_quantiles(about, records, ends)
    legend = classes.legend_of_quantiles(about, ends, values, set(marks))
    data = pl.DataFrame(
        [
            (
                r["group"],
                "county",
                short(r),
                mark,
                f"{name_by_code[r['group']]}：{short(r)}{about.unit}",
                None,
                f"{r['as_of']:%Y-%m}",
            )
            for r, mark in zip(records, marks, strict=True)
        ],
        schema={**MAP_SCHEMA, "frame": pl.String},
        orient="row",
    )
    return data, legend
