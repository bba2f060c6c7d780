"""A sentence on what stands out, with the page and scope behind it."""

from dataclasses import dataclass, replace

from exhibits.make import scope_name
from queries.answers.cube_rows import own_group
from queries.region import Region
from queries.scope import Scope
from queries.store.snapshot import Snapshot

LABELS = {
    "signal": "▼ 变差信号",
    "unrouted": "◆ 未转办逾期",
    "gap": "■ 应救未救",
}

#: How many of each kind are listed.
MOST = {"signal": 5, "target": 4, "unrouted": 2, "gap": 2}


@dataclass(frozen=True)
class Finding:
    """A finding: its kind, its label and sentence, and the page and scope behind it."""

    kind: str
    label: str
    text: str
    page: str
    scope: Scope
    indicator: str = ""


def at(snapshot: Snapshot, scope: Scope, group: str) -> tuple[str, Scope]:
    """Region's name and scope of a figure's group: the scope's own region or one within it."""
    whole = group == own_group(snapshot, scope.region)
    there = scope if whole else replace(scope, region=Region(group))
    return scope_name(snapshot, there), there
