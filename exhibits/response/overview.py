"""部门响应: each department on one line, or of a department each programme."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.response.counties import INDICATOR, levels
from exhibits.response.medians import beside
from exhibits.response.rates import CENSORED, NOT_REACHED, PAGE, official_order, own_row
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import limit
from exhibits.wording.periods import NAMES, counted_since
from queries.access.open_edition import SUPPRESSED
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.answers.response import response
from queries.answers.significance import FEWEST, beside_all
from queries.catalogue import catalogue
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Figures of the catalogue beside the counts.
BESIDE = {"late": "I0724", "rate": INDICATOR, "feedback": "I0203"}

MARKS = {"improvement": "▲ 优于", "concern": "▼ 劣于", "few": "样本过少"}


@builder
def overview(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Received, answered, on time, median, overdue, feedback: all, then the lowest rate first."""
    by, what = ("programme", "项目") if scope.department else ("department", "部门")
    if scope.department:
        # By programme there are referrals to other departments too.
        own = replace(snapshot.access, department=scope.department)
        snapshot = replace(snapshot, access=own)
    against = levels(snapshot, scope)
    parts, whole = _parts(snapshot, scope, by, list(against.values())), _whole(snapshot, scope)
    name_by_code = names.programmes() if scope.department else names.departments()
    labelled = parts.with_columns(label=pl.col("group").replace(name_by_code))
    all_names = "和".join(against)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"response-overview-{scope.department}",
        title=f"{what}办理情况（{NAMES[scope.period]}）",
        finding=_finding(snapshot, scope, labelled.filter(mark="concern"), all_names),
        table=pl.concat([whole, labelled], how="diagonal_relaxed").select(
            pl.col("label").alias(what),
            pl.col("referrals").alias("推送（件）"),
            pl.col("responded").alias("已办理（件）"),
            pl.col("rate").round(2).alias("按时响应率（%）"),
            _median().alias("用时中位数（工作日）"),
            pl.col("late").alias("逾期未办结（件）"),
            pl.col("feedback").round(2).alias("反馈及时率（%）"),
            pl.col("mark").replace_strict(MARKS, default="—").alias("与目标和全市相比"),
            SUPPRESSED,
        ),
        chart=None,
        definition="推送、已办理为期内推送的；按时响应率、反馈及时率为期内到期的；逾期未办结为截至日的。"
        f"用时含在办，{CENSORED}按按时响应率由低到高排列，不足{FEWEST}件的列后。"
        f"▲▼：95%置信区间全部高于（低于）{all_names}。办理{limit('referral.feedback')}。",
    )


def _rows(snapshot: Snapshot, scope: Scope, by: str) -> pl.DataFrame:
    """Counts and median of referrals sent in the period, with the figures of `BESIDE`."""
    since = counted_since(snapshot, scope)
    rows = response(snapshot, by, since, scope.region)
    figures = with_suppressed(indicators(snapshot, by, since, region=scope.region))
    for column, indicator in BESIDE.items():
        rows = beside(rows, figures.filter(id=indicator), column)
    return rows.filter(pl.col("referrals").is_null() | (pl.col("referrals") > 0))


def _whole(snapshot: Snapshot, scope: Scope) -> pl.DataFrame:
    """The line of all: of the region, or of the scope's department."""
    by = "department" if scope.department else scope.region.level
    own = scope.department or own_group(snapshot, scope.region)
    return _rows(snapshot, scope, by).filter(group=own).with_columns(label=pl.lit("合计"))


def _parts(snapshot: Snapshot, scope: Scope, by: str, against: list[float]) -> pl.DataFrame:
    """The departments, or the department's programmes, with `mark`; the lowest rate first."""
    rows, about = _rows(snapshot, scope, by), catalogue()[INDICATOR]
    figures = indicators(snapshot, by, counted_since(snapshot, scope), region=scope.region)
    row_by_group = {row["group"]: row for row in figures.filter(id=INDICATOR).to_dicts()}
    none = {"status": "undefined", "lower": None}
    marks = [beside_all(about, row_by_group.get(code, none), against) for code in rows["group"]]
    few = pl.col("mark").is_in(["few", "none", "hidden"])
    order = pl.col("group") if scope.department else official_order("group")
    return rows.with_columns(mark=pl.Series(marks, dtype=pl.String)).sort(
        few, pl.when(~few).then("rate"), order
    )


def _median() -> pl.Expr:
    """The median in whole working days; 未达到 where half are not answered, `*` where hidden."""
    return (
        pl.when(pl.col("referrals").is_null())
        .then(pl.lit(words.HIDDEN))
        .otherwise(pl.col("median").cast(pl.String).fill_null(NOT_REACHED))
    )


def _finding(snapshot: Snapshot, scope: Scope, behind: pl.DataFrame, all_names: str) -> str:
    whole, late = (own_row(snapshot, scope, i) for i in (INDICATOR, "I0724"))
    name = names.whose(snapshot, scope.region, scope.department, "部门按时响应率")
    text = (
        f"{name}{words.value(whole['value'], '%', whole['status'])}，"
        f"逾期未办结{words.value(late['value'], '件', late['status'])}"
    )
    low = [
        f"{label}（{words.value(rate, '%')}，逾期{words.count(n, '件')}）"
        for label, rate, n in behind.select("label", "rate", "late").rows()
    ]
    return f"{text}；显著低于{all_names}的是{words.listed(low)}。" if low else f"{text}。"
