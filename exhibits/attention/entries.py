"""The entries of the ranking: who, what, since when, by which limit, who must act, by when."""

from dataclasses import dataclass, replace
from typing import Any

from data.reference import calendar
from exhibits.attention.measures import OF_REFERRALS, described, recipe_of, seen_on
from exhibits.attention.previous import previous
from exhibits.exhibit import Recipe
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.attention import attention
from queries.region import Region
from queries.scope import Scope, month_ends
from queries.store.snapshot import Snapshot

#: Working days until the due day proposed, a default of ours: as long as a department has.
PROPOSED = 20

#: Further measures of an entry that are named.
FURTHER = 3


@dataclass(frozen=True)
class Entry:
    """An entry in words, and the page and exhibit that show it."""

    by: str  # county, department, township or city
    unit: str  # its code
    what: str  # 礼县未转办逾期预警493条
    text: str
    since: str
    together: str  # the counties of the same cases
    limit: str
    previous: str
    actor: str
    counties: str
    due: str
    further: str
    measures: tuple[str, ...]
    page: str
    scope: Scope
    options: tuple[tuple[str, str], ...]
    recipe: Recipe

    @property
    def short(self) -> str:
        """礼县未转办逾期预警493条，占全市88.19%，…；自2026年6月末起。"""
        return f"{'；'.join(p for p in (self.text, self.since, self.together) if p)}。"

    @property
    def sentence(self) -> str:
        """`short` with its limit, what was decided before, and the further measures."""
        parts = [self.text, self.since, self.together]
        parts += [self.limit, self.previous, self.further]
        return f"{'；'.join(part for part in parts if part)}。"

    @property
    def action(self) -> str:
        """责任单位：礼县人民政府；建议时限：2026年11月27日。"""
        return f"责任单位：{self.actor}；建议时限：{self.due}。"


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
    first = own[0]
    page, options = seen_on(first["measure"])
    there = replace(scope, **_narrowed(first))
    builder, chosen = recipe_of(first["measure"])
    region = there.region if builder.startswith(("coverage.cascade", "series")) else scope.region
    return Entry(
        by="department" if unit in names.departments() else first["by"],
        unit=unit,
        what=_what(snapshot, first),
        text=_text(snapshot, first),
        since=_since(snapshot, first),
        together=_together(snapshot, unit, rows),
        limit=described(first["measure"], snapshot.as_of).limit,
        previous=_previous(snapshot, own[: FURTHER + 1]),
        actor=_actor(snapshot, first, unit),
        counties=_counties(snapshot, rows),
        due=words.day(calendar.due_day(snapshot.as_of, PROPOSED)),
        further=_further(snapshot, own[1:]),
        measures=tuple(row["measure"] for row in own),
        page=page,
        scope=there,
        options=options,
        recipe=Recipe(builder, region=region, period=scope.period, options=tuple(chosen.items())),
    )


def _previous(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """What was decided about the entry's largest measure of which something was."""
    texts = (previous(snapshot, row["by"], row["unit"], row["measure"]) for row in rows)
    return next((text for text in texts if text), "")


def _narrowed(row: dict[str, Any]) -> dict[str, Any]:
    if row["by"] == "department":
        return {"department": row["unit"]}
    return {} if row["by"] == "city" else {"region": Region(row["unit"])}


def _unit(snapshot: Snapshot, by: str, code: str) -> str:
    if by == "department":
        return names.department(code)
    return "全市" if by == "city" else names.region_names(snapshot).get(code, code)


def _together(snapshot: Snapshot, unit: str, rows: list[dict[str, Any]]) -> str:
    """涉及武都区、文县"""
    counties = list(dict.fromkeys(row["unit"] for row in rows if row["unit"] != unit))
    named = words.listed([_unit(snapshot, "county", code) for code in counties])
    return f"涉及{named}" if named and rows[0]["by"] != "city" else ""


def _what(snapshot: Snapshot, row: dict[str, Any]) -> str:
    measure = described(row["measure"], snapshot.as_of)
    whose = _unit(snapshot, row["by"], row["unit"])
    return f"{whose}{measure.name}{words.count(row['bad'], measure.unit)}"


def _counties(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """Names of the regions that an entry is about."""
    codes = [row["unit"] for row in rows if row["by"] in ("county", "township")]
    named = [code for row in rows for code in (row["named"] or "").split("|") if code.isdecimal()]
    region_names = names.region_names(snapshot)
    return words.listed([region_names.get(code, code) for code in dict.fromkeys(codes + named)])


def _text(snapshot: Snapshot, row: dict[str, Any]) -> str:
    measure, counted = described(row["measure"], snapshot.as_of), _what(snapshot, row)
    rate = f"{measure.rate}{words.value(row['rate'], '%')}" if row["rate"] is not None else ""
    if row["by"] == "city":
        most = [_unit(snapshot, _of(row), code) for code in (row["named"] or "").split("|") if code]
        named = f"较多的是{words.listed(most)}" if most else ""
        return "，".join(part for part in (counted, rate, "未达目标", named) if part)
    others = "其他部门" if row["by"] == "department" else "其他地区"
    beside = f"{rate}（{others}{words.value(row['others'], '%')}）" if rate else ""
    share = f"占全市{words.value(row['share'], '%')}"
    return "，".join(part for part in (counted, share, beside) if part)


def _of(row: dict[str, Any]) -> str:
    """What an entry of the city names."""
    first = (row["named"] or "").split("|")[0]
    return "county" if first.isdecimal() else "department"


def _since(snapshot: Snapshot, row: dict[str, Any]) -> str:
    if row["by"] == "city":
        return ""
    if row["since"] is None:
        return "本期新出现"
    ends = month_ends(snapshot)
    # What the oldest stored month-end has may have begun before it.
    least = "至少" if row["since"] == ends[0].as_of else ""
    return f"{least}自{row['since'].year}年{row['since'].month}月末起"


def _actor(snapshot: Snapshot, row: dict[str, Any], unit: str) -> str:
    """The department for its referrals, a county's government for what the county holds."""
    if row["by"] == "department" or unit in names.departments():
        return names.department(unit)
    if row["by"] == "city":
        of = _of(row)
        codes = [code for code in (row["named"] or "").split("|") if code]
        units = [_government(snapshot, of, code) for code in codes]
        return words.listed(units) if units else "各县（区）人民政府"
    if row["measure"] in OF_REFERRALS:
        return "有关责任单位"
    return _government(snapshot, row["by"], unit)


def _government(snapshot: Snapshot, by: str, code: str) -> str:
    name = _unit(snapshot, by, code)
    return f"{name}人民政府" if by == "county" else name


def _further(snapshot: Snapshot, rows: list[dict[str, Any]]) -> str:
    """另有死亡未停发37人（占全市68.52%）"""
    told = []
    for row in rows[:FURTHER]:
        measure = described(row["measure"], snapshot.as_of)
        share = words.value(row["share"], "%")
        told.append(f"{measure.name}{words.count(row['bad'], measure.unit)}（占全市{share}）")
    return f"另有{words.listed(told)}" if told else ""
