"""上次会议议定事项落实情况 on one page: overdue first, the indicator at the meeting and now."""

from dataclasses import replace

import polars as pl

from exhibits.exhibit import Exhibit
from exhibits.meeting.decisions import STATES, decided
from exhibits.recipe import builder
from queries.scope import Scope
from queries.store.snapshot import Snapshot

COLUMNS = ("事项", "责任单位", "地区", "完成时限", "状态", "涉及指标", "会议时", "现在")

#: Overdue, in hand, done.
ORDER = {state: place for place, state in enumerate(reversed(STATES))}


@builder
def followed_up(snapshot: Snapshot, scope: Scope) -> Exhibit:
    """The decisions of `decided`, the longest overdue first, in fewer columns."""
    whole = decided(snapshot, scope)
    if whole.table.is_empty():
        return replace(whole, chart=None)
    table = whole.table.sort(pl.col("状态").replace_strict(ORDER), "完成时限", maintain_order=True)
    return replace(whole, key="followed-up", table=table.select(COLUMNS), chart=None)
