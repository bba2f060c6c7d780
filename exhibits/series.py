"""One indicator over the month-ends, with its control limits."""

from functools import lru_cache

import polars as pl

from data import reference
from exhibits import words
from exhibits.common import made, signal_words
from exhibits.definitions import definition
from exhibits.exhibit import Chart, Exhibit
from queries.answers.cells import level_of, own_group
from queries.answers.trend import series
from queries.catalogue import catalogue
from queries.scope import Scope, month_ends
from queries.snapshot import Snapshot

SIGNALS = {"improvement": "▲ 好转", "concern": "▼ 变差", "neutral": "◆ 变化", "": ""}

METHOD = "XmR控制图：平均±2.66×平均移动极差，只取月末；仅在判异规则触发时称好转或变差。"


@lru_cache(maxsize=128)
def trend(snapshot: Snapshot, scope: Scope, indicator: str, page: str) -> Exhibit:
    """Month-ends of an indicator in the scope's region with mean, limits and signals."""
    about = catalogue()[indicator]
    opened = month_ends(snapshot)
    group = own_group(snapshot, scope.region)
    rows = (
        series(opened, (indicator,), level_of(scope.region))
        .filter(pl.col("group") == group)
        .drop_nulls("value")
        if opened
        else pl.DataFrame(schema={"as_of": pl.Date, "value": pl.Float64, "signal": pl.String})
    )
    target = reference.targets().get(indicator)
    column = f"{about.name}（{about.unit}）"
    finding = f"无可比数据：尚无{about.name}的月末数据。"
    table, chart = pl.DataFrame(), None
    if rows.height:
        last = rows.row(-1, named=True)
        said = signal_words(last["signal"] or "", rows.height)
        finding = (
            f"{last['as_of'].year}年{last['as_of'].month}月末{about.name}"
            f"{words.value(last['value'], about.unit)}，{said}。"
        )
        table = _table(rows, column)
        chart = _chart(rows, about.unit, about.name, target)
    return made(
        snapshot,
        scope,
        page,
        key=f"trend-{indicator}",
        title=f"{about.name}走势",
        question=f"{about.name}是在变好还是变差？",
        finding=finding,
        table=table,
        chart=chart,
        definition=f"{definition(indicator)}{METHOD}",
    )


def _table(rows: pl.DataFrame, column: str) -> pl.DataFrame:
    return rows.select(
        pl.col("as_of").alias("月末"),
        pl.col("value").round(2).alias(column),
        pl.col("mean").round(2).alias("平均"),
        pl.col("lower").round(2).alias("控制下限"),
        pl.col("upper").round(2).alias("控制上限"),
        pl.col("signal").replace_strict(SIGNALS, default="").alias("信号"),
    )


def _chart(rows: pl.DataFrame, unit: str, name: str, target: tuple[float, str] | None) -> Chart:
    data = rows.select(
        x=pl.col("as_of").dt.strftime("%Y-%m"),
        y="value",
        mean="mean",
        lower="lower",
        upper="upper",
        signal=pl.col("signal").fill_null(""),
    )
    return Chart(
        kind="control",
        data=data,
        unit=unit,
        description=f"{name}逐月折线、平均线与控制限",
        reference=target[0] if target else None,
        reference_name=f"目标{target[0]:g}{unit}（{target[1]}）" if target else "",
    )
