"""Exhibits that only the task list has: a topic's rates by a breakdown or by month."""

from datetime import date

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import topic as rows_of
from exhibits.rate_table import rate_columns
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.tasks.rows import PAGE
from exhibits.tasks.topic_labels import LABELS
from exhibits.tasks.topic_list import TOPICS, Topic
from exhibits.wording import names, words
from exhibits.wording.periods import counted_since, period, year_start
from queries.access.open_edition import SUPPRESSED
from queries.answers.significance import FEWEST
from queries.answers.topic_details import MONEY, STOCKS
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def topic_rates(snapshot: Snapshot, scope: Scope, name: str) -> Exhibit:
    """A topic by its breakdown: the rate with its interval, numerator and denominator."""
    topic = {t.name: t for t in TOPICS}[name]
    # By month: the year so far; other breakdowns: the scope's period.
    since = year_start(snapshot.as_of) if topic.by == "month" else counted_since(snapshot, scope)
    connected = topic.table in snapshot.manifest["connected"]
    labelled = _labelled(snapshot, scope, topic, since) if connected else pl.DataFrame()
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"task-{topic.name}",
        title=topic.title,
        question=topic.question,
        finding=_finding(snapshot, topic, since, labelled, connected),
        table=_table(topic, labelled),
        chart=_chart(topic, labelled) if labelled.height else None,
        definition=topic.definition,
    )


def _labelled(snapshot: Snapshot, scope: Scope, topic: Topic, since: date) -> pl.DataFrame:
    """The topic's rows in their order, with `label`."""
    rows = rows_of(snapshot, topic.id, since, topic.by, scope.region)
    if topic.by == "month":
        return rows.with_columns(label=pl.col("group").dt.strftime("%Y-%m"))
    label_by_code = LABELS[topic.id]() if topic.by == "part" else names.region_names(snapshot)
    order = {code: i for i, code in enumerate(label_by_code)}
    at = pl.col("group").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    labelled = pl.col("group").replace(label_by_code)
    return rows.sort(at).with_columns(
        label=pl.when(pl.col("group") == "").then(pl.lit("未填")).otherwise(labelled)
    )


def _amount(topic: Topic, value: float | None) -> str:
    if value is None or topic.id not in MONEY:
        return words.count(value, topic.unit)
    return words.money(value)


def _finding(
    snapshot: Snapshot, topic: Topic, since: date, rows: pl.DataFrame, connected: bool
) -> str:
    stock = "截至日" if topic.id == "case_undecided" else "本季度"
    when = stock if topic.id in STOCKS else period(snapshot, since)
    if not connected:
        return f"{words.NOT_CONNECTED}。"
    met, whole = (total(rows[name]) if rows.height else 0 for name in ("met", "whole"))
    if whole == 0:
        return f"{when}{'本单位' if snapshot.access.department else ''}未发生。"
    text = (
        f"{when}{topic.whole}{_amount(topic, whole)}，{topic.met}{_amount(topic, met)}，"
        f"{topic.rate}{words.share(met, whole)}"
    )
    enough = rows.filter(pl.col("whole") >= FEWEST).drop_nulls("rate")
    if enough.height < 2 or topic.by == "month" or topic.share:
        return f"{text}。"
    low, high = (enough.sort("rate").row(i, named=True) for i in (0, -1))
    return (
        f"{text}；最高的是{high['label']}（{high['rate']:.2f}%），"
        f"最低的是{low['label']}（{low['rate']:.2f}%）。"
    )


def _table(topic: Topic, rows: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty():
        return pl.DataFrame()
    return rows.select(
        pl.col("label").alias(topic.label),
        pl.col("whole").alias(f"{topic.whole}（{topic.unit}）"),
        pl.col("met").alias(f"{topic.met}（{topic.unit}）"),
        *rate_columns(f"{topic.rate}（%）", "rate"),
        SUPPRESSED,
    )


def _chart(topic: Topic, rows: pl.DataFrame) -> Chart:
    share = pl.lit(None, pl.Float64)
    if whole := total(rows["whole"]):
        share = pl.col("whole") / whole * 100
    value = share if topic.share else pl.col("rate")
    text = value.round(1).cast(pl.String).fill_null("")
    columns = ["label", SUPPRESSED, value.alias("value"), text.alias("text")]
    if topic.id not in MONEY and not topic.share:
        columns += ["lower", "upper"]
    return Chart(
        kind="bars",
        data=rows.select(columns),
        unit="%",
        description=f"{topic.title}：{topic.rate}",
        horizontal=topic.by != "month",
    )
