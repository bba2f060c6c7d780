"""救助情况 of programmes without a gap: who may have it by rule, who was helped, how often."""

import polars as pl

from data.reference import policy_tables
from exhibits.coverage.rows import PAGE
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import topic
from exhibits.recipe import builder
from exhibits.suppressed import SUPPRESSED, total
from exhibits.wording import names, words
from exhibits.wording.periods import counted_since, period
from queries.answers.coverage import coverage
from queries.answers.cube_rows import own_group
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Tables whose records have an amount of their own.
WITH_MONEY = ("benefit_event", "emergency_case")

RULE = (
    "政策用语为“可”“按需”，或条件须由其他部门核实的项目，不计缺口，只列按规则可享与实际救助；"
    "不计缺口不等于没有救助。已救助＝在项目计算窗口内有救助记录的在册人员；"
    "救助人次为期内全部记录（含不在册人员），一人多次逐次计。"
    "服务类项目没有金额记录；按月发放的项目不列人次和金额。"
)


@builder
def status(snapshot: Snapshot, scope: Scope, task_row: str = "") -> Exhibit:
    """Programmes without a gap basis, all or those of a task row."""
    since = counted_since(snapshot, scope)
    rows = _rows(snapshot, scope, task_row)
    absent = rows.filter(pl.col("absent"))["label"].to_list()
    some = rows.filter(~pl.col("absent"))
    tail = f"；{words.NOT_CONNECTED}的是{words.listed(absent)}" if absent else ""
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"aid-{task_row}" if task_row else "aid",
        title="救助情况（分项目）",
        finding=f"{period(snapshot, since)}，不计缺口的{rows.height}个项目{_helped(some)}"
        f"{_most(some)}{tail}。"
        if some.height
        else f"{words.NOT_CONNECTED}。",
        table=rows.select(
            pl.col("label").alias("项目"),
            pl.col("eligible").alias("按规则可享（人）"),
            pl.col("covered").alias("已救助（人）"),
            pl.col("times").alias("期内救助（人次）"),
            pl.col("money").round(2).alias("期内金额（元）"),
            SUPPRESSED,
        )
        if some.height
        else pl.DataFrame(),
        chart=Chart(
            kind="bars",
            data=some.select("label", SUPPRESSED, value="covered"),
            unit="人",
            description="不计缺口的各项目在计算窗口内已救助的在册人员",
        ),
        definition=RULE,
    )


def _most(rows: pl.DataFrame) -> str:
    """；截至日已救助人数较多的是…: what the bars show; empty where nothing is known."""
    known = rows.filter(pl.col("covered") > 0).sort("covered", descending=True).head(3)
    named = [
        f"{label}（{words.count(n, '人')}）" for label, n in known.select("label", "covered").rows()
    ]
    return f"；截至日已救助人数较多的是{words.listed(named)}" if named else ""


def _helped(rows: pl.DataFrame) -> str:
    """救助1.05万人次，金额1.20亿元; no amount where none of the programmes records one."""
    hidden = rows[SUPPRESSED].any()
    times = words.count(None if hidden else total(rows["times"].fill_null(0)), "人次")
    money = rows["money"].drop_nulls()
    if hidden:
        return f"救助{times}，金额{words.HIDDEN}"
    return f"救助{times}，金额{words.money(total(money) or 0.0)}" if money.len() else f"救助{times}"


def _rows(snapshot: Snapshot, scope: Scope, task_row: str) -> pl.DataFrame:
    """label, absent, eligible, covered (persons), times, money (yuan), suppressed."""
    evidence = policy_tables.programmes().select("programme_code", "evidence_table", "task_row")
    persons = _suppressed(coverage(snapshot, scope.region.level)).filter(
        basis="none", group=own_group(snapshot, scope.region)
    )
    given = _suppressed(
        topic(snapshot, "aid_given", counted_since(snapshot, scope), "part", scope.region)
    )
    connected = list(snapshot.manifest["connected"])
    rows = (
        persons.join(evidence, on="programme_code", how="left", maintain_order="left")
        .join(
            given.select("group", times="whole", money="met", few=SUPPRESSED),
            left_on="programme_code",
            right_on="group",
            how="left",
            maintain_order="left",
        )
        .with_columns(absent=~pl.col("evidence_table").is_in(connected))
    )
    if task_row:
        rows = rows.filter(task_row=task_row)
    counted = ~pl.col("absent") & (pl.col("evidence_table") != "benefit_spell")
    none_given = counted & pl.col("times").is_null() & ~pl.col("few").fill_null(False)
    return rows.with_columns(
        pl.when(none_given).then(0.0).otherwise("times").alias("times"),
        pl.when(~pl.col("evidence_table").is_in(WITH_MONEY))
        .then(None)
        .when(none_given)
        .then(0.0)
        .otherwise("money")
        .alias("money"),
        label=pl.col("programme_code").replace(names.programmes()),
        suppressed=pl.col(SUPPRESSED) | pl.col("few").fill_null(False),
    )


def _suppressed(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `suppressed`, which exact answers do not have."""
    return rows if SUPPRESSED in rows.columns else rows.with_columns(suppressed=pl.lit(False))
