"""Makes an exhibit: of a scope, of the whole city, or of what the access does not offer."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.named_cells import with_named
from exhibits.suppressed import paired
from exhibits.wording import names, periods, words
from exhibits.wording.words import by_definitions
from geo import boundaries
from queries.answers.breakdowns import regions
from queries.answers.cities import reported
from queries.catalogue import PERSONS
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: What the definition of every exhibit of the open edition ends with.
OPEN_EDITION = "公开口径：1–7以*表示，其他计数取最接近的5的倍数，比率按取整后的计数计算。"

#: Of persons and households in a province.
TWICE = "同一人（户）在两个市的在各市各计一次"

NOT_OFFERED = "此项不提供"

#: Counties that a sentence names.
NAMED = 3

#: Kinds of charts that are drawn on the counties' outlines.
MAPS = ("map", "maps")

#: Units of counted persons and things, at the end of a column's name.
COUNTED = ("人", "件", "条", "户", "人次", "人、户", "人（户）次", "个", "项", "批次", "次", "宗")


def make_exhibit(
    snapshot: Snapshot,
    scope: Scope,
    page: str,
    *,
    key: str,
    title: str,
    finding: str,
    table: pl.DataFrame,
    chart: Chart | None,
    definition: str,
    persons: bool = False,
    monthly: bool = False,
    counted_over: str = "",
) -> Exhibit:
    """
    An exhibit of a scope. `persons`: category and residence narrow its figures too; `monthly`: its
    flows are of months, whatever period the scope has; `counted_over`: the days of its flows, for
    the title, where these are what it shows.

    `table` may have a column `suppressed`: then null figures are suppressed (`suppressed.py`).
    """
    return Exhibit(
        key=key,
        page=page,
        title=title,
        finding=finding + (undrawn(snapshot, chart) if chart and chart.kind in MAPS else ""),
        table=paired(_whole(table)),
        chart=_shown(chart, finding)
        if chart and table.height and chart.data.height and is_drawn(chart)
        else None,
        definition=definition
        + (OPEN_EDITION if snapshot.access.open else "")
        + (older(snapshot) if snapshot.is_older else "")
        + of_cities(snapshot),
        older_definitions=snapshot.definitions if snapshot.is_older else 0,
        as_of=snapshot.as_of,
        place=scope_name(snapshot, scope, persons),
        compared=scope.compared,
        period=periods.MONTHLY if monthly else periods.named(snapshot, scope),
        counted_over=counted_over,
        demonstration=bool(snapshot.manifest["demonstration"]),
        version=snapshot.version,
        access=snapshot.access,
    )


def city_table(
    snapshot: Snapshot,
    scope: Scope,
    page: str,
    *,
    key: str,
    title: str,
    finding: str,
    table: pl.DataFrame,
    definition: str,
    chart: Chart | None = None,
) -> Exhibit:
    """An exhibit of the whole city on the scope's day, whatever the scope narrows or compares."""
    return make_exhibit(
        snapshot,
        Scope(scope.as_of, period=scope.period),
        page,
        key=key,
        title=title,
        finding=finding,
        table=table,
        chart=chart,
        definition=definition,
    )


def refused(snapshot: Snapshot, scope: Scope, key: str, why: str) -> Exhibit:
    """The exhibit that stands for one outside the access, with the reason `why`."""
    exhibit = make_exhibit(
        snapshot,
        scope,
        NOT_OFFERED,
        key=key.replace(".", "-"),
        title=NOT_OFFERED,
        finding=f"{why}。",
        table=pl.DataFrame(),
        chart=None,
        definition="不显示不等于没有。",
    )
    return replace(exhibit, withheld=True)


def older(snapshot: Snapshot) -> str:
    """What every definition ends with on a day of older definitions."""
    return f"以上为现行口径；该日{by_definitions(snapshot.definitions)}，不与其他口径的日期比较。"


def of_cities(snapshot: Snapshot) -> str:
    """What every definition of a province's day ends with."""
    if not (named := reported(snapshot)):
        return ""
    said = "，".join(names.of_whole(snapshot))
    return f"本级为{len(named)}个市上报数据之和（{said}）；按人、按户计的指标为各市之和，{TWICE}。"


def _shown(chart: Chart, finding: str) -> Chart:
    """A matrix with the cells that its sentence names."""
    if chart.kind != "matrix":
        return chart
    return replace(chart, data=with_named(chart.data, finding))


def is_drawn(chart: Chart) -> bool:
    """Whether there is something to draw it on: a place may have no boundaries or points."""
    if chart.kind not in MAPS:
        return True
    if chart.focus:
        return boundaries.is_drawn(chart.focus) and _has_points(chart.focus)
    return bool(boundaries.counties())


def _has_points(county: str) -> bool:
    return any(code.startswith(county) for code in boundaries.township_points())


def undrawn(snapshot: Snapshot, chart: Chart) -> str:
    """What the finding of a map ends with where counties that it shows have no outline."""
    shown = [each for each in regions(snapshot, "county") if chart.focus in ("", each[0])]
    more = [name for code, name in shown if not boundaries.is_drawn(code)]
    if not more:
        dotless = chart.focus and not _has_points(chart.focus)
        return "地图无乡镇点位，数值列于表中。" if dotless else ""
    several = f"等{len(more)}个县区" if len(more) > NAMED else ""
    which = f"{words.listed(more[:NAMED])}{several}：" if boundaries.counties() else ""
    return f"{which}地图无此区划界线，数值列于表中。"


def _whole(table: pl.DataFrame) -> pl.DataFrame:
    """Columns of counts as whole numbers."""
    names = [name for name, kind in table.schema.items() if kind.is_float() and _counts(name)]
    return table.with_columns(
        pl.col(name).cast(pl.Int64) for name in names if (table[name].drop_nulls() % 1 == 0).all()
    )


def _counts(name: str) -> bool:
    return name.endswith(tuple(f"（{unit}）" for unit in COUNTED)) or name in (
        "分子",
        "分母",
        "数量",
    )


def scope_name(snapshot: Snapshot, scope: Scope, persons: bool = False) -> str:
    """Region, and what else narrows the figures."""
    phrases = [names.region_name(snapshot, scope.region)]
    if persons and scope.category:
        phrases.append(names.categories()[scope.category])
    if persons and scope.residence:
        phrases.append(names.RESIDENCES[scope.residence])
    return "·".join(phrases)


def narrows(indicator: str) -> bool:
    """Whether category and residence mean something for an indicator."""
    return indicator in PERSONS
