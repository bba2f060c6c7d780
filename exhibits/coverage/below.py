"""覆盖缺口: which programmes are below the target of coverage, the list behind I0895."""

import polars as pl

from data.reference import policy_tables
from exhibits.coverage.rows import PAGE, RULE, UNIT, last_rows, scoped_rows
from exhibits.coverage.seasons import over
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from queries.access import AccessError
from queries.access.open_edition import SUPPRESSED
from queries.answers import coverage
from queries.answers.cube_rows import own_group
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Programmes that a card names.
NAMED = 3


def _rows(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """Firm programmes of the scope's region below the target, lowest first."""
    rows = scoped_rows(snapshot, scope, scope.region.level)
    own = rows.filter(group=own_group(snapshot, scope.region))
    return coverage.below_target(own).sort("rate")


def listed_below(snapshot: Snapshot, scope: Scope) -> str:
    """低保、取暖救助等5项; 无 when none is."""
    try:
        codes = _rows(snapshot, scope)["programme_code"].to_list()
    except AccessError as error:
        return str(error)
    named = words.listed([names.programme(code) for code in codes[:NAMED]])
    return f"{named}等{len(codes)}项" if len(codes) > NAMED else named or "无"


@builder
def below_target(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The firm programmes whose coverage is below the target, with what they lack."""
    rows = _rows(snapshot, scope)
    target = policy_tables.targets().get("I0891")
    goal = f"目标{target[0]:g}%（{target[1]}）" if target else "未设目标"
    labels = [names.programme(code) for code in rows["programme_code"]]
    labelled = rows.with_columns(label=pl.Series(labels, dtype=pl.String))
    lowest = [f"{r['label']}（{r['rate']:.2f}%）" for r in labelled.head(NAMED).to_dicts()]
    over_now = [
        f"{names.programme(r['programme_code'])}{over(r)}"
        for r in last_rows(snapshot, scope, "firm").to_dicts()
    ]
    where = names.region_name(snapshot, scope.region)
    finding = (
        f"{where}覆盖率未达标的应享项目{rows.height}项，较低的是{words.listed(lowest)}。"
        if lowest
        else f"{where}无覆盖率未达标的应享项目。"
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="coverage-below-target",
        title="覆盖率未达标项目",
        question="哪些应享项目没有达标？",
        finding=finding + (f"{words.listed(over_now)}。" if over_now else ""),
        table=labelled.select(
            pl.col("programme_code").replace(names.programmes()).alias("项目"),
            UNIT,
            coverage.due().alias("应发放（人、户）"),
            pl.col("gap").alias("应救未救（人、户）"),
            pl.col("rate").round(2).alias("覆盖率（%）"),
            *limit_columns(),
            SUPPRESSED,
        )
        if labelled.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "lower", "upper", SUPPRESSED, value="rate"),
            unit="%",
            description="未达标项目的覆盖率及95%置信区间",
            horizontal=True,
            reference=target[0] if target else None,
            reference_name="目标",
        ),
        definition=f"{definition('I0895')}{goal}。{RULE}",
        persons=True,
    )
