"""A topic of the agenda, and what the proposals of every kind share."""

from dataclasses import dataclass

from exhibits.exhibit import Recipe
from exhibits.wording import names
from queries.scope import Scope

#: `target` and `gap` stand in kept material alone.
KINDS = {
    "attention": "需要关注",
    "returned": "多次退回",
    "undecided": "县级协调待议定",
    "unstarted": "项目未启动",
    "differs": "填报与数据不一致",
    "overdue": "议定事项逾期",
    "target": "未达标",
    "gap": "应救未救",
    "own": "会议办公室提出",
}

#: Topics at most.
MOST = 7


@dataclass(frozen=True)
class Item:
    """
    A topic: its kind, 事由 (title), 现状 (reason), 责任单位 (lead: a department's code, or a name),
    建议 (advice), 县区 (regions: names), 建议时限 (due), what to show, 配合单位 (cooperating).
    """

    key: str
    kind: str
    title: str
    reason: str
    lead: str = ""
    advice: str = ""
    regions: str = ""
    due: str = ""
    recipe: Recipe | None = None
    cooperating: str = ""

    @property
    def parties(self) -> str:
        """责任单位：礼县人民政府；配合单位：市民政局；县区：礼县；建议时限：2026年11月27日。"""
        parts = {
            "责任单位": names.department(self.lead) if self.lead else "",
            "配合单位": self.cooperating,
            "县区": self.regions,
            "建议时限": self.due,
        }
        named = "；".join(f"{name}：{text}" for name, text in parts.items() if text)
        return f"{named}。" if named else ""

    @property
    def proposal(self) -> str:
        """建议：逐件清理…。责任单位：礼县人民政府；…"""
        return f"{f'建议：{self.advice}' if self.advice else ''}{self.parties}"


def recipe_of(builder: str, scope: Scope, region: str | None = None, **options: object) -> Recipe:
    at = scope.region if region is None else region
    return Recipe(builder, region=at, period=scope.period, options=tuple(options.items()))
