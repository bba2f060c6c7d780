"""Exhibits that only the task list has: a topic's rates by a breakdown or by month."""

from datetime import date

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import topic as rows_of
from exhibits.recipe import builder
from exhibits.tasks.rows import PAGE
from exhibits.tasks.topic import Topic
from exhibits.tasks.topic_labels import LABELS
from exhibits.tasks.topic_list import TOPICS
from exhibits.tasks.topic_tables import chart_of, table_of
from exhibits.tasks.topic_words import finding
from exhibits.wording import names
from exhibits.wording.periods import counted_since, period, year_start
from queries.answers.topic_details import STOCKS
from queries.scope import Scope
from queries.statistics.progress import expected_progress
from queries.store.snapshot import Snapshot


@builder
def topic_rates(snapshot: Snapshot, scope: Scope, name: str) -> Exhibit:
    """A topic by its breakdown: the rate with its interval, numerator and denominator."""
    topic = {t.name: t for t in TOPICS}[name]
    # By month: the year so far; other breakdowns: the scope's period.
    since = year_start(snapshot.as_of) if topic.by == "month" else counted_since(snapshot, scope)
    connected = topic.table in snapshot.manifest["connected"]
    labelled = _labelled(snapshot, scope, topic, since) if connected else pl.DataFrame()
    expected = expected_progress(snapshot.as_of, topic.progress) if topic.progress else None
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"task-{topic.name}",
        title=topic.title,
        finding=finding(snapshot, topic, since, labelled, connected, expected),
        table=table_of(topic, labelled, expected),
        chart=chart_of(topic, labelled, expected) if labelled.height else None,
        definition=topic.definition,
        counted_over="" if topic.id in STOCKS else period(snapshot, since),
    )


def _labelled(snapshot: Snapshot, scope: Scope, topic: Topic, since: date) -> pl.DataFrame:
    """The topic's rows in their order, with `label`; `series`, the part, where they stand apart."""
    if not topic.apart:
        return _rows(snapshot, scope, topic, since, None)
    parts = [
        _rows(snapshot, scope, topic, since, code).with_columns(series=pl.lit(label))
        for code, label in LABELS[topic.id]().items()
    ]
    return pl.concat(parts)


def _rows(
    snapshot: Snapshot, scope: Scope, topic: Topic, since: date, part: str | None
) -> pl.DataFrame:
    rows = rows_of(snapshot, topic.id, since, topic.by, scope.region, part)
    if topic.by == "month":
        return rows.with_columns(label=pl.col("group").dt.strftime("%Y-%m"))
    label_by_code = LABELS[topic.id]() if topic.by == "part" else names.region_names(snapshot)
    order = {code: i for i, code in enumerate(label_by_code)}
    at = pl.col("group").replace_strict(order, default=len(order), return_dtype=pl.Int32)
    labelled = pl.col("group").replace(label_by_code)
    return rows.sort(at).with_columns(
        label=pl.when(pl.col("group") == "").then(pl.lit("未填")).otherwise(labelled)
    )
