"""部门响应: the Kaplan–Meier median (open cases censored) beside the completed-only median."""

from datetime import date

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import limit_columns
from exhibits.recipe import builder
from exhibits.response.rates import CENSORED, NOT_REACHED, PAGE, own_department
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import limit
from exhibits.wording.periods import counted_since, period
from queries.access.open_edition import SUPPRESSED
from queries.answers.indicators import indicators
from queries.answers.response import response
from queries.answers.significance import FEWEST
from queries.cubes.own_limits import response_limits
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Figures of the catalogue beside the medians.
BESIDE = {"late": "I0724", "accepted_rate": "I0201", "accepted_in_time": "I0204"}

#: Departments or programmes that the sentence names.
NAMED = 6


@builder
def medians(snapshot: Snapshot, scope: Scope, by: str = "department") -> Exhibit:
    """Kaplan–Meier median, completed-only median and the latter's optimistic bias, in days."""
    since = counted_since(snapshot, scope)
    all_rows = response(snapshot, by, since, scope.region)
    rows = all_rows.filter(pl.col("referrals").is_null() | (pl.col("referrals") > 0))
    if by == "department":
        rows = own_department(rows, scope)
    all_figures = with_suppressed(indicators(snapshot, by, since, region=scope.region))
    name_by_code = names.departments() if by == "department" else names.programmes()
    for column, indicator in BESIDE.items():
        rows = beside(rows, all_figures.filter(pl.col("id") == indicator), column)
    what = "部门" if by == "department" else "项目"
    bias = pl.col("median") - pl.col("closed_only_median")
    labelled = rows.with_columns(
        flatters=bias, label=names.named("group", name_by_code, f"未填{what}")
    )
    biased = labelled.filter(pl.col("flatters") >= 1)["label"].to_list()
    difference = (
        f"含在办事项后用时中位数变长的{what}是{words.listed(biased[:NAMED])}"
        f"{'等' if len(biased) > NAMED else ''}"
        if biased
        else "两种口径一致"
    )
    bars = [
        labelled.select(
            SUPPRESSED,
            label=pl.col("label"),
            series=pl.lit(series),
            value=pl.col(column).cast(pl.Float64),
            text=_reached(column),
        )
        for column, series in (
            ("median", "中位数（含在办）"),
            ("closed_only_median", "仅已办结中位数"),
        )
    ]
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"response-medians-{by}",
        title=f"部门办理时效（分{what}）",
        finding=f"{period(snapshot, since)}推送的事项，含在办事项计算响应用时；"
        f"{_unreached(labelled, what)}{difference}。"
        if labelled.height
        else f"{period(snapshot, since)}未发生推送。",
        table=_median_table(labelled, by, snapshot.as_of),
        chart=Chart(
            kind="bars",
            data=pl.concat(bars),
            unit="工作日",
            description=f"各{what}含在办中位数与仅已办结中位数",
        ),
        definition=f"期内全部推送，自推送至办理完成的工作日数；{CENSORED}"
        f"仅已办结的中位数不含在办事项，会偏乐观。办理{limit('referral.feedback')}；"
        f"签收另计，{limit('referral.accept')}。",
        counted_over=period(snapshot, since),
    )


def _unreached(rows: pl.DataFrame, what: str) -> str:
    """至今一半以上未办结的部门是…；: of whom there is no median yet, which no bar shows."""
    open_ended = rows.filter(
        pl.col("median").is_null(), pl.col("referrals") >= FEWEST, ~SUPPRESSED
    )["label"].to_list()
    more = "等" if len(open_ended) > NAMED else ""
    listed = f"{words.listed(open_ended[:NAMED])}{more}"
    return f"至今一半以上未办结（中位数未达到）的{what}是{listed}；" if open_ended else ""


def beside(rows: pl.DataFrame, figures: pl.DataFrame, column: str) -> pl.DataFrame:
    """The rows with a figure of the catalogue; `suppressed` also where that is suppressed."""
    figure = figures.select("group", pl.col("value").alias(column), hidden="suppressed")
    joined = rows.join(figure, on="group", how="left", maintain_order="left")
    return joined.with_columns(SUPPRESSED | pl.col("hidden").fill_null(False)).drop("hidden")


def _reached(column: str) -> pl.Expr:
    """A median in words; `*` where it rests on a suppressed count."""
    return (
        pl.when(pl.col("referrals").is_not_null())
        .then(pl.col(column).cast(pl.String).fill_null(NOT_REACHED))
        .otherwise(pl.lit(words.HIDDEN))
    )


def _named(by: str, as_of: date) -> list[pl.Expr]:
    """The first columns: departments, or programmes with the limit of each."""
    if by == "department":
        return [pl.col("label").alias("部门")]
    limits = policy_tables.limits(as_of)
    limit = pl.col("group").replace_strict(
        response_limits(limits), default=limits["referral.feedback"], return_dtype=pl.Int64
    )
    return [pl.col("label").alias("项目"), limit.alias("时限（工作日）")]


def _median_table(rows: pl.DataFrame, by: str, as_of: date) -> pl.DataFrame:
    reached = [_reached(column) for column in ("median", "p90")]
    return rows.select(
        *_named(by, as_of),
        pl.col("referrals").alias("推送（件）"),
        pl.col("responded").alias("已办理（件）"),
        pl.col("open").alias("在办（件）"),
        pl.col("late").alias("逾期未办结（件）"),
        pl.col("returned").alias("退回（件）"),
        reached[0].alias("中位数（含在办）"),
        *limit_columns("中位数95%", ("median_lower", "median_upper")),
        reached[1].alias("P90（含在办）"),
        pl.col("closed_only_median").alias("仅已办结中位数"),
        pl.col("flatters").alias("偏乐观（工作日）"),
        pl.col("completed_median").alias("期内办结中位数"),
        pl.col("open_median").alias("在办已等待中位数"),
        pl.col("on_time_rate").round(2).alias("按时响应率（%）"),
        pl.col("accepted_rate").round(2).alias("签收率（%）"),
        pl.col("accepted_in_time").round(2).alias("签收及时率（%）"),
        SUPPRESSED,
    )
