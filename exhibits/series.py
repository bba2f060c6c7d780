"""One indicator over the month-ends, with its control limits."""

from dataclasses import replace

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.marks import marks_by
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.remarks import remarks, with_remarks
from exhibits.suppressed import with_suppressed
from exhibits.wording import marks as wording
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.answers.cube_rows import own_group
from queries.answers.marks import NO_MARK, Mark
from queries.answers.trend import series
from queries.catalogue import REFERRALS, catalogue
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

SIGNALS = {"improvement": "▲ 好转", "concern": "▼ 变差", "neutral": "◆ 变化", "": ""}

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
    name = names.of_department(of, about.name)
    target = policy_tables.targets(snapshot.as_of).get(indicator)
    column = f"{about.name}（{about.unit}）"
    finding = f"无可比数据：尚无{about.name}的月末数据。"
    table, chart = pl.DataFrame(), None
    if rows.height:
        last = rows.row(-1, named=True)
        said = wording.sentence(about, mark)
        finding = (
            f"{last['as_of'].year}年{last['as_of'].month}月末"
            f"{names.whose(snapshot, scope.region, of, about.name)}"
            f"{words.value(last['value'], about.unit, last['status'])}，{said}。"
        )
        table = with_remarks(_table(rows, column), "月末", remarked)
        chart = replace(_chart(rows, about.unit, about.name, target), remarks=remarked)
    return make_exhibit(
        snapshot,
        scope,
        page,
        key=f"trend-{indicator}",
        title=f"{name}走势",
        question=f"{name}是在变好还是变差？",
        finding=finding,
        table=table,
        chart=chart,
        definition=f"{definition(indicator)}{METHOD}",
    )


def _by_department(scope: Scope, indicator: str) -> bool:
    return bool(scope.department) and indicator in REFERRALS


def _rows(snapshot: Snapshot, scope: Scope, indicator: str) -> tuple[pl.DataFrame, Mark]:
    """Month-ends of the scope's region, or of its department where referrals are counted."""
    opened = month_ends(snapshot)
    if not opened:
        schema = {"as_of": pl.Date, "value": pl.Float64, "signal": pl.String}
        return pl.DataFrame(schema=schema), NO_MARK
    by, group, region = scope.region.level, own_group(snapshot, scope.region), ""
    if _by_department(scope, indicator):
        by, group, region = "department", scope.department, scope.region
    own = series(opened, (indicator,), by, region).filter(group=group)
    found = marks_by(snapshot, scope, (indicator,), by, region).get((indicator, group), NO_MARK)
    rows = with_suppressed(own).filter(pl.col("value").is_not_null() | pl.col("suppressed"))
    return _agreeing(rows, found), found


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
    return rows.select(
        pl.col("as_of").alias("月末"),
        pl.col("value").round(2).alias(column),
        pl.col("mean").round(2).alias("平均"),
        *limit_columns("控制"),
        pl.col("signal").replace_strict(SIGNALS, default="").alias("信号"),
        "suppressed",
    )


def _chart(rows: pl.DataFrame, unit: str, name: str, target: tuple[float, str] | None) -> Chart:
    data = rows.select(
        x=pl.col("as_of").dt.strftime("%Y-%m"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal="signal",
        suppressed="suppressed",
    )
    return Chart(
        kind="control",
        data=data,
        unit=unit,
        description=f"{name}逐月折线、平均线与控制限",
        reference=target[0] if target else None,
        reference_name=f"目标{target[0]:g}{unit}（{target[1]}）" if target else "",
    )
