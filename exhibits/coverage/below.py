"""覆盖缺口: which programmes are below the target of coverage, the list behind I0895."""

from datetime import date

import polars as pl

from data.reference import policy_tables
from exhibits.coverage.rows import PAGE, RULE, UNIT, counted, last_rows, own_rows
from exhibits.coverage.seasons import over
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access import AccessError
from queries.access.open_edition import SUPPRESSED
from queries.answers.coverage import due
from queries.answers.programme_sums import FEWEST
from queries.answers.programme_sums import below_target as programmes_below
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Programmes that a card names.
NAMED = 3


def listed_below(snapshot: Snapshot, scope: Scope) -> str:
    """低保、取暖救助等5项; 无 when none is, empty where the day's older definitions lack it."""
    if snapshot.is_older:
        return ""
    try:
        rows = programmes_below(own_rows(snapshot, scope, "firm"), snapshot.as_of).sort("rate")
    except AccessError as error:
        return str(error)
    codes = rows["programme_code"].to_list()
    named = words.listed([names.programme(code) for code in codes[:NAMED]])
    return f"{named}等{len(codes)}项" if len(codes) > NAMED else named or "无"


def _judged(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Rows with label and `judged` against the target, lowest rate first."""
    below = programmes_below(rows, as_of)["programme_code"].to_list()
    labels = [names.programme(code) for code in rows["programme_code"]]
    few = due().is_null() | (due() < FEWEST)
    judged = (
        pl.when(pl.col("programme_code").is_in(below))
        .then(pl.lit("未达标"))
        .when(few)
        .then(pl.lit(f"不足{FEWEST}，不判断"))
        .otherwise(pl.lit("达标" if "I0891" in policy_tables.targets(as_of) else "未设目标"))
    )
    labelled = rows.with_columns(label=pl.Series(labels, dtype=pl.String), judged=judged)
    return labelled.sort("rate", nulls_last=True)


@builder
def below_target(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The firm programmes in season against the target of coverage, and which are below it."""
    rows = _judged(counted(own_rows(snapshot, scope, "firm")), snapshot.as_of)
    target = policy_tables.targets(snapshot.as_of).get("I0891")
    below = rows.filter(judged="未达标")
    lowest = [f"{r['label']}（{r['rate']:.2f}%）" for r in below.head(NAMED).to_dicts()]
    ended = [
        f"{names.programme(r['programme_code'])}{over(r)}"
        for r in last_rows(snapshot, scope, "firm").to_dicts()
    ]
    where = names.region_name(snapshot, scope.region)
    finding = (
        f"{where}覆盖率未达标的应享项目{below.height}项，较低的是{words.listed(lowest)}。"
        if lowest
        else f"{where}无覆盖率未达标的应享项目。"
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="coverage-below-target",
        title="覆盖率未达标项目",
        finding=finding + (f"{words.listed(ended)}。" if ended else ""),
        table=rows.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            UNIT,
            due().alias("应发放（人、户）"),
            pl.col("gap").alias("应救未救（人、户）"),
            pl.col("rate").round(2).alias("覆盖率（%）"),
            *limit_columns(),
            pl.col("judged").alias("判断"),
            SUPPRESSED,
        )
        if rows.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=rows.filter(pl.col("judged").is_in(["达标", "未达标"])).select(
                "label", "lower", "upper", SUPPRESSED, value="rate"
            ),
            unit="%",
            description="应享项目的覆盖率及95%置信区间，与目标对照",
            reference=target[0] if target else None,
            reference_name="目标",
            ordered=True,
        ),
        definition=f"{definition('I0895')}"
        f"{f'目标{target[0]:g}%（{target[1]}）。' if target else '未设目标。'}{RULE}",
        persons=True,
    )
