"""One indicator over the month-ends, with its control limits."""

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.figures import signal_words
from queries.answers.cube_rows import own_group
from queries.answers.trend import series
from queries.catalogue import REFERRALS, catalogue
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

SIGNALS = {"improvement": "▲ 好转", "concern": "▼ 变差", "neutral": "◆ 变化", "": ""}

METHOD = "XmR控制图：平均±2.66×平均移动极差，只取月末；仅在判异规则触发时称好转或变差。"


@builder
def trend(snapshot: Snapshot, scope: Scope, indicator: str, page: str) -> Exhibit:
    """Month-ends of an indicator in the scope's region with mean, limits and signals."""
    about = catalogue()[indicator]
    rows = _rows(snapshot, scope, indicator)
    of = scope.department if _by_department(scope, indicator) else ""
    name = names.of_department(of, about.name)
    target = policy_tables.targets().get(indicator)
    column = f"{about.name}（{about.unit}）"
    finding = f"无可比数据：尚无{about.name}的月末数据。"
    table, chart = pl.DataFrame(), None
    if rows.height:
        last = rows.row(-1, named=True)
        signal = signal_words(last["signal"] or "", rows.drop_nulls("value").height)
        finding = (
            f"{last['as_of'].year}年{last['as_of'].month}月末"
            f"{names.whose(snapshot, scope.region, of, about.name)}"
            f"{words.value(last['value'], about.unit, last['status'])}，{signal}。"
        )
        table = _table(rows, column)
        chart = _chart(rows, about.unit, about.name, target)
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


def _rows(snapshot: Snapshot, scope: Scope, indicator: str) -> pl.DataFrame:
    """Month-ends of the scope's region, or of its department where referrals are counted."""
    opened = month_ends(snapshot)
    if not opened:
        return pl.DataFrame(schema={"as_of": pl.Date, "value": pl.Float64, "signal": pl.String})
    if _by_department(scope, indicator):
        every_group = series(opened, (indicator,), "department", scope.region)
        own = every_group.filter(group=scope.department)
    else:
        every_group = series(opened, (indicator,), scope.region.level)
        own = every_group.filter(group=own_group(snapshot, scope.region))
    return with_suppressed(own).filter(pl.col("value").is_not_null() | pl.col("suppressed"))


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
        signal=pl.col("signal").fill_null(""),
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
