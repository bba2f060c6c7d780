"""预警处置: warnings that were sent back twice or more, by county or township."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import PAGE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.warnings import returned_twice
from queries.scope import Scope
from queries.store.snapshot import Snapshot

RULE = "多次退回＝推送被退回两次及以上，尚未办结；按需要同时推送几个部门的不算。"


@builder
def by_region(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """How many were sent back twice or more, and how many of them are overdue."""
    rows = returned_twice(snapshot, breakdown_level(snapshot, scope.region), scope.region)
    name_by_code = names.region_names(snapshot)
    labelled = rows.with_columns(label=pl.col("group").replace(name_by_code).fill_null("未填地区"))
    returned, late = total(rows["warnings"]), total(rows["overdue"])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="warning-returned-regions",
        title="多次退回预警（分地区）",
        finding=f"多次退回预警{words.count(returned, '条')}，其中逾期{words.count(late, '条')}。"
        if rows.height
        else "未发生多次退回。",
        table=labelled.select(
            pl.col("label").alias("地区"),
            pl.col("warnings").alias("多次退回（条）"),
            pl.col("overdue").alias("其中逾期（条）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", SUPPRESSED, value="warnings", code="group"),
            unit="条",
            description="各地区多次退回、尚未办结的预警条数",
        ),
        definition=RULE,
    )
