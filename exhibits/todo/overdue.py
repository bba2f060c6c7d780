"""待办: what is overdue at a department, for its own edition of the meeting's material."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.make import make_exhibit
from exhibits.recipe import builder
from exhibits.todo.cases import PAGE, URGENCY, cases
from exhibits.wording import names, words
from queries.scope import Scope
from queries.store.snapshot import Snapshot

TITLE = "逾期推送清单"

#: Characters of a case's number on paper.
TAIL = 6


@builder
def overdue(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The department's overdue referrals, longest overdue first, by the tail of their numbers."""
    listed = cases(snapshot, scope, "referral")
    if listed.table.is_empty():
        return replace(listed, key=f"overdue-{scope.department}", title=TITLE)
    late = listed.table.filter(pl.col("时限") == URGENCY["overdue"]).select(
        pl.format("…{}", pl.col("编号").str.tail(TAIL)).alias("编号（尾号）"),
        *("县区", "乡镇", "状态", "建议项目", "办理时限", "已等待（工作日）", "应办结日"),
    )
    whose = names.department(scope.department)
    return make_exhibit(
        snapshot,
        scope,
        PAGE,
        key=f"overdue-{scope.department}",
        title=TITLE,
        finding=f"{whose}逾期未办结推送{words.count(late.height, '件')}，按应办结日排列。"
        if late.height
        else f"{whose}无逾期未办结推送。",
        table=late,
        chart=None,
        definition=f"编号为平台编号后{TAIL}位，完整清单见“待办”；不含个人信息。",
    )
