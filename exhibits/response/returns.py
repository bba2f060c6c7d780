"""部门响应: returned referrals and why."""

import polars as pl

from data.reference import policy_tables
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.response.rates import PAGE
from exhibits.suppressed import total
from exhibits.wording import names, words
from exhibits.wording.periods import counted_since, period
from queries.access.open_edition import SUPPRESSED
from queries.answers.response_breakdowns import returned
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@builder
def returns(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """Returned referrals by department and reason."""
    since = counted_since(snapshot, scope)
    rows = returned(snapshot, since, scope.region)
    if scope.department:
        rows = rows.filter(pl.col("department") == scope.department)
    order = {code: i for i, code in enumerate(names.departments())}
    reasons = policy_tables.labels("referral", "return_reason")
    labelled = rows.sort(
        pl.col("department").replace_strict(order, default=99, return_dtype=pl.Int32), "reason"
    ).with_columns(
        label=names.named("department", names.departments(), names.NO_DEPARTMENT),
        series=pl.col("reason").replace(reasons).fill_null("未填原因"),
    )
    counts = labelled.group_by("series", maintain_order=True)
    count_by_reason = {reason: total(group["returned"]) for (reason,), group in counts}
    most = (
        max((n, reason) for reason, n in count_by_reason.items() if n)
        if any(count_by_reason.values())
        else None
    )
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="response-returns",
        title="推送事项退回原因",
        finding=f"{period(snapshot, since)}推送的事项退回"
        f"{words.count(total(labelled['returned']), '件')}"
        f"{f'，最多的原因是{most[1]}（{most[0]}件）' if most else ''}。"
        if labelled.height
        else f"{period(snapshot, since)}未发生退回。",
        table=labelled.select(
            pl.col("label").alias("部门"),
            pl.col("series").alias("退回原因"),
            pl.col("returned").alias("退回（件）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", "series", SUPPRESSED, value="returned"),
            unit="件",
            description="各部门退回件数，按退回原因分列",
            stacked=True,
        ),
        definition="期内推送、截至日已退回的事项。",
        counted_over=period(snapshot, since),
    )
