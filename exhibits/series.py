"""One indicator over the month-ends, with its control limits."""

from dataclasses import replace
from datetime import date

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.marks import marks_by
from exhibits.parts import parts_beside
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.remarks import remarks, with_remarks
from exhibits.suppressed import with_suppressed
from exhibits.wording import marks as wording
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.periods import name_of
from queries.answers.cube_rows import own_group
from queries.answers.marks import NO_MARK, Mark
from queries.answers.trend import series
from queries.catalogue import REFERRALS, catalogue
from queries.scope import Scope, month_ends, older_month_ends
from queries.store.snapshot import Snapshot
from queries.store.versions import OlderDefinitions

SIGNALS = {"improvement": "▲ 好转", "concern": "▼ 变差", "neutral": "◆ 变化", "": ""}

OLDER = {"as_of": pl.Date, "group": pl.String, "value": pl.Float64}

METHOD = (
    "XmR控制图：平均±2.66×平均移动极差，只取月末；"
    "仅在最近月末触发判异规则、且较对比日没有反向变化时称好转或变差。"
)


@builder
def trend(snapshot: Snapshot, scope: Scope, indicator: str, page: str) -> Exhibit:
    """Month-ends of an indicator in the scope's region with mean, limits and signals."""
    about = catalogue()[indicator]
    rows, mark = _rows(snapshot, scope, indicator)
    of = scope.department if _by_department(scope, indicator) else ""
    # Of a department within a region the office confirms no levels and notes nothing.
    group = "" if of and scope.region else of or own_group(snapshot, scope.region)
    remarked = remarks(indicator, group, snapshot.as_of)
    own_name = name_of(about)
    name = names.of_department(of, own_name)
    target = policy_tables.targets(snapshot.as_of).get(indicator)
    column = f"{own_name}（{about.unit}）"
    finding = f"无可比数据：尚无{own_name}的月末数据。"
    table, chart, adjusted = pl.DataFrame(), None, ""
    if rows.height:
        last = rows.row(-1, named=True)
        said = wording.sentence(about, mark)
        finding = (
            f"{last['as_of'].year}年{last['as_of'].month}月末"
            f"{names.whose(snapshot, scope.region, of, own_name)}"
            f"{words.value(last['value'], about.unit, last['status'])}"
            f"{_parts(snapshot, scope, indicator, last['as_of'])}，{said}。"
        )
        older = _older(snapshot, scope, indicator)
        since = _since(older, rows)
        rows = pl.concat([older, rows], how="diagonal").sort("as_of")
        table = with_remarks(_table(rows, column), "月末", remarked)
        chart = replace(_chart(rows, about.unit, own_name, target, since), remarks=remarked)
        adjusted = _adjusted(snapshot, since) if since else ""
    return make_exhibit(
        snapshot,
        scope,
        page,
        key=f"trend-{indicator}",
        title=f"{name}走势",
        finding=finding,
        table=table,
        chart=chart,
        definition=f"{definition(indicator)}{METHOD}{adjusted}",
        monthly=True,
    )


def _parts(snapshot: Snapshot, scope: Scope, indicator: str, month_end: date) -> str:
    """The parts of the figure of a month-end."""
    then = next(day for day in month_ends(snapshot) if day.as_of == month_end)
    return parts_beside(then, indicator, own_group(snapshot, scope.region))


def _by_department(scope: Scope, indicator: str) -> bool:
    return bool(scope.department) and indicator in REFERRALS


def _place(snapshot: Snapshot, scope: Scope, indicator: str) -> tuple[str, str, str]:
    """Breakdown, group and region: the scope's, or its department where referrals are counted."""
    if _by_department(scope, indicator):
        return "department", scope.department, scope.region
    return scope.region.level, own_group(snapshot, scope.region), ""


def _rows(snapshot: Snapshot, scope: Scope, indicator: str) -> tuple[pl.DataFrame, Mark]:
    """Month-ends of the scope's region, or of its department where referrals are counted."""
    opened = month_ends(snapshot)
    by, group, region = _place(snapshot, scope, indicator)
    if not opened or by not in catalogue()[indicator].breakdowns:
        schema = {"as_of": pl.Date, "value": pl.Float64, "signal": pl.String}
        return pl.DataFrame(schema=schema), NO_MARK
    own = series(opened, (indicator,), by, region).filter(group=group)
    found = marks_by(snapshot, scope, (indicator,), by, region).get((indicator, group), NO_MARK)
    rows = with_suppressed(own).filter(pl.col("value").is_not_null() | pl.col("suppressed"))
    return _agreeing(rows, found), found


def _older(snapshot: Snapshot, scope: Scope, indicator: str) -> pl.DataFrame:
    """Month-ends by older definitions: as_of, older (the value); none where these lack it."""
    opened = older_month_ends(snapshot)
    by, group, region = _place(snapshot, scope, indicator)
    try:
        rows = series(opened, (indicator,), by, region) if opened else pl.DataFrame(schema=OLDER)
    except OlderDefinitions:
        return pl.DataFrame(schema=OLDER).select("as_of", older="value")
    return rows.filter(group=group).drop_nulls("value").select("as_of", older="value")


def _since(older: pl.DataFrame, rows: pl.DataFrame) -> date | None:
    """The first month-end after those by older definitions; None without any of these."""
    before = max(older["as_of"], default=None)
    return min((day for day in rows["as_of"] if before and day > before), default=None)


def _adjusted(snapshot: Snapshot, since: date) -> str:
    present = words.by_definitions(snapshot.definitions)
    before = "此前各月末（灰色）按旧版口径，不作比较，不计入控制限。"
    return f"口径调整：{words.day(since)}起{present}；{before}"


def _agreeing(rows: pl.DataFrame, mark: Mark) -> pl.DataFrame:
    """The last point says what the mark says; without limits where these would mean nothing."""
    changed = pl.lit(mark.last if mark.against else None, pl.Date)
    disagrees = pl.col("as_of").eq_missing(changed)
    rows = rows.with_columns(
        signal=pl.when(disagrees).then(pl.lit("neutral")).otherwise(pl.col("signal").fill_null(""))
    )
    if mark.unjudged not in ("season", "progress"):
        return rows
    return rows.with_columns(pl.lit(None, pl.Float64).alias(c) for c in ("mean", "lower", "upper"))


def _table(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    is_older = pl.col("older").is_not_null()
    definitions = pl.when(is_older).then(pl.lit("旧版")).otherwise(pl.lit("现行"))
    return rows.select(
        pl.col("as_of").alias("月末"),
        pl.coalesce("value", "older").round(2).alias(column),
        pl.col("mean").round(2).alias("平均"),
        *limit_columns("控制"),
        pl.col("signal").replace_strict(SIGNALS, default="").alias("信号"),
        *([definitions.alias("口径")] if rows["older"].count() else []),
        pl.col("suppressed").fill_null(False),
    )


def _chart(
    rows: pl.DataFrame,
    unit: str,
    name: str,
    target: tuple[float, str] | None,
    since: date | None,
) -> Chart:
    data = rows.select(
        x=pl.col("as_of").dt.strftime("%Y-%m"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal=pl.col("signal").fill_null(""),
        suppressed=pl.col("suppressed").fill_null(False),
        older="older",
    )
    return Chart(
        kind="control",
        data=data if since else data.drop("older"),
        unit=unit,
        adjusted=f"{since:%Y-%m}" if since else "",
        description=f"{name}逐月折线、平均线与控制限",
        reference=target[0] if target else None,
        reference_name=f"目标{target[0]:g}{unit}（{target[1]}）" if target else "",
    )
