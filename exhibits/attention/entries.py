"""The entries of the ranking: who, what, since when, by which limit, who must act, by when."""

from dataclasses import dataclass, replace
from typing import Any

from exhibits.attention import acting, phrases
from exhibits.attention.advice import advice
from exhibits.attention.measures import described, list_of, of_month, recipe_of, seen_on
from exhibits.attention.previous import previous
from exhibits.exhibit import Recipe
from exhibits.wording import names
from queries.access import AccessError
from queries.answers.attention import attention
from queries.cache import cached
from queries.region import Region
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

#: Further measures of an entry that are named.
FURTHER = 3


#: Builders whose chart is of the unit alone; others show it among the others.
OF_UNIT = ("coverage.cascade", "series", "warnings.cases")


@dataclass(frozen=True)
class Entry:
    """An entry in words, and the page and exhibit that show it."""

    by: str  # county, department, township or city
    unit: str  # its code
    what: str  # 礼县未转办逾期预警493条
    beside: str  # its share of the city and its rate beside the others', since when, with whom
    limit: str
    previous: str  # what was decided about the largest measure
    further: str  # the further measures
    previous_further: str  # without `previous`: what was decided about one of them, which it names
    actor: str
    cooperating: str
    counties: str
    due: str
    advice: str
    measures: tuple[str, ...]
    page: str
    scope: Scope
    options: tuple[tuple[str, str], ...]
    cases: str  # the list of 待办 that holds the cases: warning, referral or none
    recipe: Recipe

    @property
    def key(self) -> str:
        """The key of its topic on the agenda."""
        return f"attention-{self.unit}-{self.measures[0]}"

    @property
    def short(self) -> str:
        """礼县未转办逾期预警493条，占全市88.19%，…，自2026年6月末以来持续。"""
        return f"{self.what}{self.beside}。"

    @property
    def sentence(self) -> str:
        """`short` with its limit, what was decided before, and the further measures."""
        return f"{self.what}，{self.reason}"

    @property
    def reason(self) -> str:
        """`sentence` without `what`, which is the title of its topic."""
        parts = (self.limit, self.previous, self.further, self.previous_further)
        return f"{self.main}。" + "".join(f"{part}。" for part in parts if part)

    @property
    def main(self) -> str:
        """占全市88.19%，…，自2026年6月末以来持续: the figures beside `what`."""
        return self.beside.removeprefix("，")

    @property
    def action(self) -> str:
        """责任单位：礼县人民政府；建议时限：2026年11月27日；建议：逐件核查、转办。"""
        return f"责任单位：{self.actor}；建议时限：{self.due}；建议：{self.advice}"


@cached(24)
def entries(snapshot: Snapshot, scope: Scope) -> tuple[Entry, ...]:
    """
    The entries of the scope: the city's, or of a county its townships'; largest first.

    AccessError for an access that has nobody to compare with.
    """
    rows = attention(snapshot, month_ends(snapshot), scope.region.county)
    groups = rows.group_by("rank", maintain_order=True)
    return tuple(_entry(snapshot, scope, frame.to_dicts()) for _, frame in groups)


def nothing(snapshot: Snapshot, scope: Scope) -> str:
    """What stands in place of entries: none is due, or why none can be said."""
    if not snapshot.holds("attention.city"):
        return "该日存档时尚未按此口径排序。"
    try:
        entries(snapshot, scope)
    except AccessError as error:
        return f"{error}。"
    return "无需提请关注的单位。"


def _entry(snapshot: Snapshot, scope: Scope, rows: list[dict[str, Any]]) -> Entry:
    unit = rows[0]["entry"]
    own = [row for row in rows if row["unit"] == unit]
    together = list(dict.fromkeys(row["unit"] for row in rows if row["unit"] != unit))
    first, named = own[0], own[1 : FURTHER + 1]
    decided = _decided(snapshot, first)
    page, options = seen_on(first["measure"])
    period = "month" if of_month(first["measure"]) else scope.period
    there = replace(scope, **_narrowed(first), period=period)
    builder, chosen = recipe_of(first["measure"])
    region = there.region if builder.startswith(OF_UNIT) else scope.region
    return Entry(
        by="department" if unit in names.departments() else first["by"],
        unit=unit,
        what=phrases.what(snapshot, first),
        beside=phrases.beside(snapshot, first, together),
        limit=described(first["measure"], snapshot.as_of).limit,
        previous=decided,
        further=phrases.further(snapshot, named),
        previous_further="" if decided else _decided_about_further(snapshot, named),
        actor=acting.actor(snapshot, first, unit),
        cooperating=acting.cooperating(snapshot, own, together),
        counties=acting.counties(snapshot, rows),
        due=acting.due_day(snapshot),
        advice=advice(first["measure"]),
        measures=tuple(row["measure"] for row in own),
        page=page,
        scope=there,
        options=options,
        cases=list_of(first["measure"]),
        recipe=Recipe(builder, region=region, period=period, options=tuple(chosen.items())),
    )


def _narrowed(row: dict[str, Any]) -> dict[str, Any]:
    if row["by"] == "department":
        return {"department": row["unit"]}
    return {} if row["by"] == "city" else {"region": Region(row["unit"])}


def _decided(snapshot: Snapshot, row: dict[str, Any]) -> str:
    return previous(snapshot, row["by"], row["unit"], row["measure"])


def _decided_about_further(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """逾期未办结推送：2026年第2次专题会议议定“…”，… of the first measure that has one."""
    for row in rows:
        if decided := _decided(snapshot, row):
            return f"{described(row['measure'], snapshot.as_of).name}：{decided}"
    return ""
