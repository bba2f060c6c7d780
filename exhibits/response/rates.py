"""部门响应: on-time rate, feedback rate and timeliness by department."""

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.rate_table import rate_bars, rate_columns
from exhibits.recipe import builder
from exhibits.suppressed import with_suppressed
from exhibits.wording import names, words
from exhibits.wording.definitions import definition
from exhibits.wording.periods import counted, counted_since, name_of, of_flow, period
from queries.answers.cube_rows import own_group
from queries.answers.periods import in_period
from queries.answers.significance import FEWEST
from queries.catalogue import catalogue
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

PAGE = "部门响应"


NOT_REACHED = words.STATUS["not_reached"]


CENSORED = "在办、退回的按截尾处理（Kaplan–Meier），95%限为对数对数变换。"


def official_order(column: str) -> pl.Expr:
    """Official order of departments."""
    order = {code: i for i, code in enumerate(names.departments())}
    return pl.col(column).replace_strict(order, default=len(order), return_dtype=pl.Int32)


def own_department(rows: pl.DataFrame, scope: Scope, column: str = "group") -> pl.DataFrame:
    return rows.filter(pl.col(column) == scope.department) if scope.department else rows


def region_row(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    """The indicator's figure of the scope's region in its period."""
    rows = in_period(snapshot, scope.period, scope.region.level)
    own = rows.filter(id=indicator, group=own_group(snapshot, scope.region)).to_dicts()
    return own[0] if own else {"id": indicator, "value": None, "status": "undefined"}


def own_row(snapshot: Snapshot, scope: Scope, indicator: str) -> dict:
    """The indicator's figure of the scope's department in its region; of the region without one."""
    if not scope.department:
        return region_row(snapshot, scope, indicator)
    rows = in_period(snapshot, scope.period, "department", scope.region)
    return rows.filter(id=indicator, group=scope.department).row(0, named=True)


def _rates(snapshot: Snapshot, scope: Scope, indicator: str) -> pl.DataFrame:
    rows = in_period(snapshot, scope.period, "department", scope.region)
    has_rate = pl.col("value").is_not_null() | (pl.col("status") == "suppressed")
    return with_suppressed(own_department(rows.filter(pl.col("id") == indicator, has_rate), scope))


@builder
def rate(snapshot: Snapshot, scope: Scope, indicator: str = "I0723") -> Exhibit:
    """A rate of the catalogue by department, with 95 % intervals, in official order."""
    about, whole = catalogue()[indicator], region_row(snapshot, scope, indicator)
    rows = _rates(snapshot, scope, indicator)
    name = name_of(about, scope.period)
    labelled = rows.with_columns(
        label=names.named("group", names.departments(), names.NO_DEPARTMENT),
        code="group",
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"department-{indicator}",
        title=f"{name}（分部门）",
        finding=_rate_finding(snapshot, scope, labelled, whole, name),
        table=labelled.select(
            pl.col("label").alias("部门"),
            *rate_columns(f"{name}（%）", "value", "分子（件）", "分母（件）"),
            "suppressed",
        ),
        chart=rate_bars(
            labelled,
            f"各部门{name}及95%置信区间",
            # A role that sees one department has nothing to compare it with.
            reference=None if snapshot.access.department else whole["value"],
            reference_name=names.region_name(snapshot, scope.region),
        ),
        definition=definition(indicator, f"{counted(snapshot, scope)}；部门按规定次序排列。"),
        counted_over=of_flow(snapshot, scope, about),
    )


def _rate_finding(
    snapshot: Snapshot, scope: Scope, rows: pl.DataFrame, whole: dict, name: str
) -> str:
    name = names.whose(snapshot, scope.region, snapshot.access.department, name)
    if whole["status"] == "suppressed":
        return f"{name}为{words.HIDDEN}。"
    if whole["status"] != "ok":
        return f"{period(snapshot, counted_since(snapshot, scope))}无到期推送。"
    ranked = rows.filter(pl.col("denominator") >= FEWEST).sort(
        "value", descending=True, maintain_order=True
    )
    below = ranked.filter(pl.col("upper") < whole["value"])["label"].to_list()
    then = before(snapshot, scope)
    old = region_row(then, scope, whole["id"])["value"] if then else None
    change = words.change_since(whole["value"], old, "%", then.as_of if then else None)
    phrases = [f"{name}{whole['value']:.2f}%，{change}"]
    if ranked.height >= 4:
        phrases.append(f"居前三位的是{words.listed(ranked['label'].head(3).to_list())}")
    if below:
        phrases.append(f"显著低于平均水平的是{words.listed(below)}")
    return "；".join(phrases) + "。"
