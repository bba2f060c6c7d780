"""预警处置: warnings that are passed around, by county or township."""

import polars as pl

from exhibits.exhibit import Chart, Exhibit
from exhibits.make import make_exhibit
from exhibits.permitted import breakdown_level
from exhibits.recipe import builder
from exhibits.suppressed import total
from exhibits.warnings.unrouted import PAGE
from exhibits.wording import names, words
from queries.access.open_edition import SUPPRESSED
from queries.answers.warnings import passed
from queries.scope import Scope
from queries.store.snapshot import Snapshot

RULE = "多头流转＝先后推送两个以上部门或两次退回，尚未办结。"


@builder
def by_region(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """How many are passed around, and how many of them are overdue."""
    rows = passed(snapshot, breakdown_level(snapshot, scope.region), scope.region)
    name_by_code = names.region_names(snapshot)
    labelled = rows.with_columns(label=pl.col("group").replace(name_by_code).fill_null("未填地区"))
    around, late = total(rows["warnings"]), total(rows["overdue"])
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key="warning-passed-regions",
        title="多头流转预警_分地区",
        question="多头流转的预警在哪里？",
        finding=f"多头流转预警{words.count(around, '条')}，其中超期{words.count(late, '条')}。"
        if rows.height
        else "未发生多头流转。",
        table=labelled.select(
            pl.col("label").alias("地区"),
            pl.col("warnings").alias("多头流转（条）"),
            pl.col("overdue").alias("其中超期（条）"),
            SUPPRESSED,
        ),
        chart=Chart(
            kind="bars",
            data=labelled.select("label", SUPPRESSED, value="warnings", code="group"),
            unit="条",
            description="各地区多头流转、尚未办结的预警条数",
            horizontal=True,
        ),
        definition=RULE,
    )
