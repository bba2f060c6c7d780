"""部门响应: completed beside open waits, and before and after a day."""

from datetime import date, timedelta

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.response.rates import CENSORED, NOT_REACHED, PAGE, own_row
from exhibits.suppressed import total
from exhibits.wording import names, words
from exhibits.wording.definitions import limit
from exhibits.wording.periods import counted_since, period
from queries.answers.response_breakdowns import BANDS, before_and_after, start_before, waits
from queries.answers.significance import FEWEST
from queries.answers.wait_bands import band_names
from queries.scope import Scope
from queries.store.snapshot import Snapshot

HALVES = {"before": "此前", "after": "此后"}


@builder
def completed_and_open(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """How long the completed took beside how long the open ones wait already."""
    since = counted_since(snapshot, scope)
    rows = waits(snapshot, since, scope.region, scope.department)
    count_by_band = {(k, b): n for k, b, n in rows.select("kind", "band", "referrals").rows()}
    bands = band_names(BANDS)
    records = [
        (band, name, count_by_band.get((kind, band), 0))
        for kind, name in (("completed", "期内办理完成"), ("open", "截至日在办"))
        if any(counted_kind == kind for counted_kind, _ in count_by_band)
        for band in bands
    ]
    schema = {"label": pl.String, "series": pl.String, "n": pl.Int64}
    # One suppressed band leaves the sum, and so every share, unknown.
    whole = pl.when(pl.col("n").null_count() == 0).then(pl.col("n").sum()).over("series")
    data = (
        pl.DataFrame(records, schema=schema, orient="row")
        .with_columns(value=pl.col("n") / whole * 100)
        .with_columns(suppressed=pl.col("value").is_null())
    )
    said = pl.format("{}%（{}件）", pl.col("value").round(1), "n").fill_null(words.HIDDEN)
    with_text = data.with_columns(text=said)
    open_now = [count_by_band.get(("open", band), 0) for band in bands]
    waiting = total(pl.Series(open_now, dtype=pl.Int64))
    overdue = own_row(snapshot, scope, "I0724")["value"]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-waits",
        title="已办用时与在办等待（工作日）",
        finding=f"在办{words.count(waiting, '件')}，"
        f"其中超过本项目时限的{words.count(overdue, '件')}。"
        if waiting != 0
        else "截至日无在办推送。",
        table=data.select(
            pl.col("series").alias("状态"),
            pl.col("label").alias("工作日"),
            pl.col("n").alias("件数（件）"),
            pl.col("value").round(2).alias("占比（%）"),
            "suppressed",
        ),
        chart=Chart(
            kind="bars",
            data=with_text,
            unit="占比（%）",
            x_title="工作日",
            description="期内办理完成与截至日在办事项按工作日分段的占比",
            ordered=True,
        ),
        definition=f"办理完成：期内完成、不论何时推送；在办：截至日未完成未退回、至今天数。{limit('referral.feedback')}。",
        counted_over=period(snapshot, since),
    )


def span(snapshot: Snapshot) -> tuple[date, date]:
    """First and last day that leave time on both sides."""
    return snapshot.as_of - timedelta(days=365), snapshot.as_of - timedelta(days=14)


def middle(snapshot: Snapshot) -> date:
    """The day compared around unless another is chosen: half a year back."""
    return snapshot.as_of - timedelta(days=182)


@builder
def around(snapshot: Snapshot, scope: Scope, day: date) -> Exhibit:
    """Median before and after a chosen day, by department."""
    rows = before_and_after(snapshot, day, scope.region)
    if scope.department:
        rows = rows.filter(pl.col("group") == scope.department)
    order = {code: i for i, code in enumerate(names.departments())}
    labelled = (
        rows.filter(pl.col("referrals") >= FEWEST)
        .with_columns(
            label=names.named("group", names.departments(), names.NO_DEPARTMENT),
            series=pl.col("half").replace(HALVES),
        )
        .sort(
            pl.col("group").replace_strict(order, default=99, return_dtype=pl.Int32),
            pl.col("half") == "after",
        )
    )
    apart = _apart(labelled)
    data = labelled.select(
        "label",
        "series",
        value=pl.col("median").cast(pl.Float64),
        lower=pl.col("lower").cast(pl.Float64),
        upper=pl.col("upper").cast(pl.Float64),
        text=pl.col("median").cast(pl.String).fill_null(NOT_REACHED),
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-around",
        title=f"{words.day(day)}前后办理时效对比",
        finding=f"中位数95%区间前后不重叠的是{words.listed(apart)}。"
        if apart
        else "各部门前后中位数95%区间均有重叠，属正常波动。"
        if labelled.height
        else f"前后均不足{FEWEST}件，不作比较。",
        table=labelled.select(
            pl.col("label").alias("部门"),
            pl.col("series").alias("时段"),
            pl.col("referrals").alias("推送（件）"),
            pl.col("median").cast(pl.String).fill_null(NOT_REACHED).alias("中位数（工作日）"),
            *limit_columns(),
        ),
        chart=Chart(
            kind="bars",
            data=data,
            unit="工作日",
            description="所选日期前后各部门响应用时中位数",
        ),
        definition=f"所选日至截至日推送的为“此后”，其前等长时段推送的为“此前”；均截至截至日观察，{CENSORED}",
        counted_over=period(snapshot, start_before(snapshot, day)),
    )


def _apart(rows: pl.DataFrame) -> list[str]:
    """Departments whose medians' intervals do not overlap."""
    limits = {(r["label"], r["half"]): (r["lower"], r["upper"]) for r in rows.to_dicts()}
    apart = []
    for label in rows["label"].unique(maintain_order=True):
        low, high = limits.get((label, "before"), (None, None))
        other_low, other_high = limits.get((label, "after"), (None, None))
        if None in (low, high, other_low, other_high):
            continue
        if high < other_low or other_high < low:
            apart.append(label)
    return apart
