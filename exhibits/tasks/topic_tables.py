"""The table and the bars of a topic."""

import polars as pl

from exhibits.exhibit import Chart
from exhibits.rate_table import rate_columns
from exhibits.suppressed import total
from exhibits.tasks.topic import Topic
from queries.access.open_edition import SUPPRESSED
from queries.answers.topic_details import MEAN, MONEY

#: The part of a region or month, where parts stand apart.
SERIES = pl.col("^series$")


def table_of(topic: Topic, rows: pl.DataFrame, expected: float | None) -> pl.DataFrame:
    """Label, whole, met and rate; the difference from 序时进度 where there is one."""
    if rows.is_empty():
        return pl.DataFrame()
    money = topic.id in MEAN
    unit = "元" if money else "%"
    rate = pl.col("rate").round(2)
    beside = {"较序时进度（个百分点）": (rate - expected).round(2)} if expected is not None else {}
    return rows.select(
        pl.col("label").alias(topic.label),
        SERIES.alias("类型" if topic.label != "类型" else "项目") if topic.apart else SERIES,
        pl.col("whole").alias(f"{topic.whole}（{topic.unit}）"),
        pl.col("met").round(2).alias(f"{topic.met}（{'元' if money else topic.unit}）"),
        *(
            [rate.alias(f"{topic.rate}（{unit}）")]
            if topic.id in (*MEAN, *MONEY)
            else rate_columns(f"{topic.rate}（%）", "rate")
        ),
        SUPPRESSED,
        **beside,
    )


def chart_of(topic: Topic, rows: pl.DataFrame, expected: float | None) -> Chart:
    """Bars of the rate; of shares of the whole; of how often, by part, where parts stand apart."""
    if topic.apart:
        return _by_part(topic, rows)
    unit = "元" if topic.id in MEAN else "%"
    value = _share(rows) if topic.share else pl.col("rate")
    text = value.round(1).cast(pl.String).fill_null("")
    columns = ["label", SUPPRESSED, value.alias("value"), text.alias("text")]
    if topic.id not in (*MONEY, *MEAN) and not topic.share:
        columns += ["lower", "upper"]
    if topic.id in MONEY:
        over = pl.col("met") > pl.col("whole")
        columns[-1] = pl.when(over).then(text + " 超下达").otherwise(text).alias("text")
        columns.append(
            pl.when(over).then(pl.lit("concern")).otherwise(pl.lit("improvement")).alias("mark")
        )
    return Chart(
        kind="bars",
        data=rows.select(columns),
        unit=unit,
        description=f"{topic.title}：{topic.rate}",
        ordered=topic.by == "month" or topic.share,
        reference=expected,
        reference_name="" if expected is None else f"序时进度{expected:.2f}%",
    )


def _share(rows: pl.DataFrame) -> pl.Expr:
    whole = total(rows["whole"])
    return pl.col("whole") / whole * 100 if whole else pl.lit(None, pl.Float64)


def _by_part(topic: Topic, rows: pl.DataFrame) -> Chart:
    return Chart(
        kind="bars",
        data=rows.select("label", "series", SUPPRESSED, value="whole"),
        unit=topic.unit,
        description=f"{topic.title}：{topic.whole}",
        stacked=True,
        ordered=topic.by == "month",
    )
