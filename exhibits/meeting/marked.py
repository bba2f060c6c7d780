"""The marks of a scope's figures by their month-ends: what 变化 chooses from."""

from dataclasses import dataclass

from exhibits.marks import marks_by, own_marks
from queries.answers.cube_rows import own_group
from queries.answers.marks import Mark
from queries.catalogue import catalogue, compared
from queries.scope import Scope
from queries.store.snapshot import Snapshot

RULES = {
    "outside": "超出控制限",
    "trend": "连续6个月同向变化",
    "two_of_three": "近3个月中2个月接近控制限",
    "shift": "连续7个月位于平均水平同一侧",
}


@dataclass(frozen=True)
class Marked:
    """The mark of an indicator of a region."""

    id: str
    group: str
    mark: Mark


def marked_figures(snapshot: Snapshot, scope: Scope) -> list[Marked]:
    """The region's indicators with a better direction; in the city the counties' main ones too."""
    ids = tuple(i for i, about in catalogue().items() if about.better != "neutral")
    group = own_group(snapshot, scope.region)
    marked = [Marked(i, group, mark) for i, mark in own_marks(snapshot, scope, ids).items()]
    if scope.region:
        return marked
    leading = tuple(i.id for i in compared() if i.better != "neutral")
    counties = marks_by(snapshot, scope, leading, "county")
    return marked + [Marked(i, county, mark) for (i, county), mark in counties.items()]
