"""A line of the agenda, and what the proposals of every kind share."""

from dataclasses import dataclass

from exhibits.exhibit import Recipe
from queries.scope import Scope

KINDS = {
    "returned": "多次退回",
    "undecided": "县级协调待议定",
    "unstarted": "项目未启动",
    "target": "未达标",
    "gap": "应救未救",
    "differs": "填报与数据不一致",
    "own": "会议办公室提出",
}

#: How many of each kind are proposed.
MOST = 3


@dataclass(frozen=True)
class Item:
    """A line of the agenda: its kind, what to discuss, why, who leads, and what to show."""

    key: str
    kind: str
    title: str
    reason: str
    lead: str = ""
    recipe: Recipe | None = None


def recipe_of(builder: str, scope: Scope, region: str | None = None, **options: object) -> Recipe:
    at = scope.region if region is None else region
    return Recipe(builder, region=at, period=scope.period, options=tuple(options.items()))
