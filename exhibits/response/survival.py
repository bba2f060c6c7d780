"""部门响应: how many still wait after how many working days."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import released_curves
from exhibits.rate_table import rate_columns
from exhibits.recipe import builder
from exhibits.response.rates import CENSORED, PAGE, official_order, own_department
from exhibits.wording import names, words
from exhibits.wording.periods import counted_since, period
from queries.access.open_edition import SUPPRESSED
from queries.answers.response import curve
from queries.answers.significance import FEWEST
from queries.scope import Scope
from queries.statistics.survival import survival_on
from queries.store.snapshot import Snapshot

#: The day that the sentence reads all curves on, in working days; nobody's limit.
READ_ON = 20


@builder
def survival(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Share still waiting by working days since sent, departments of at least 30 referrals."""
    since = counted_since(snapshot, scope)
    exact_curves = curve(snapshot, "department", since, scope.region)
    curves = own_department(released_curves(snapshot, exact_curves, scope.region), scope)
    enough = curves.filter(pl.col("at_risk").max().over("group") >= FEWEST)
    labelled = enough.sort(official_order("group"), "workdays").with_columns(
        pl.col("survival", "lower", "upper") * 100,
        label=names.named("group", names.departments(), names.NO_DEPARTMENT),
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-survival",
        title="推送事项未办结比例随时间变化",
        finding=_finding(enough.rename({"workdays": "time"})),
        table=labelled.select(
            pl.col("label").alias("部门"),
            pl.col("workdays").alias("推送后工作日"),
            *rate_columns("未办理完成（%）", "survival"),
            pl.col("at_risk").alias("在观察（件）"),
            pl.col("responded").alias("办理完成（件）"),
            pl.col("censored").alias("截尾（件）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="steps",
            data=labelled.select(series="label", x="workdays", y="survival", at_risk="at_risk"),
            unit="未办理完成（%）",
            x_title="推送后工作日",
            description="各部门未办理完成比例随工作日下降的阶梯曲线",
        ),
        definition=f"{CENSORED}不少于{FEWEST}件的部门；悬停可见在观察件数。"
        "曲线止于最后一件在观察的工作日，之后情况未知，不作延长。"
        "时限按各项目，长短不一，图中不设统一时限线。",
        counted_over=period(snapshot, since),
    )


def _finding(curves: pl.DataFrame) -> str:
    """Every curve that is drawn, in official order: limits differ, so nobody is ranked by a day."""
    if curves.is_empty():
        return f"各部门均不足{FEWEST}件，不作比较。"
    read = survival_on(curves.sort(official_order("group"), "time"), ["group"], READ_ON)
    shares = [
        f"{names.department(code)}{share * 100:.1f}%"
        for code, share in read.drop_nulls("survival").rows()
    ]
    short = [names.department(code) for code in read.filter(pl.col("survival").is_null())["group"]]
    phrases = [f"推送满{READ_ON}个工作日尚未办理完成的：{words.listed(shares)}"] if shares else []
    if short:
        phrases.append(f"观察期不足{READ_ON}个工作日的是{words.listed(short)}")
    return f"{'；'.join(phrases)}。各项目时限不同，是否按时见按时响应率。"
