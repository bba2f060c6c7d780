"""What the meeting should look at, in order of weight: each one sentence and where to see it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import polars as pl

from data.reference import policy_tables
from data.reference.policy_tables import limits
from exhibits.making import scope_name
from exhibits.suppressed import total
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage
from queries.answers.cube_rows import level_of, own_group
from queries.answers.open_cases import open_cases
from queries.answers.significance import FEWEST
from queries.answers.trend import series
from queries.answers.warnings import unrouted
from queries.cache import cached
from queries.catalogue import REFERRALS, catalogue, headline
from queries.scope import Scope, month_ends
from queries.statistics.spc import assurance
from queries.store.snapshot import Snapshot

RULES = {
    "outside": "超出控制限",
    "trend": "连续6期同向变化",
    "two_of_three": "3期中2期接近控制限",
    "shift": "连续7期位于均值同一侧",
}

#: How many of each kind are told.
MOST = {"signal": 5, "target": 4, "unrouted": 2, "gap": 2}

COVERAGE_IDS = ("I0706", "I0802", "I0890", "I0891", "I0892", "I0893")

#: Indicators about warnings that stand on their own page.
WARNING_IDS = tuple(f"I07{n:02}" for n in range(1, 12))


@dataclass(frozen=True)
class Finding:
    """A finding that stands out: its kind, its sentence, and the page and scope behind it."""

    kind: str
    label: str
    text: str
    page: str
    scope: Scope
    indicator: str = ""


LABELS = {
    "signal": "▼ 变差信号",
    "target": "✘ 稳定不达标",
    "unrouted": "◆ 最久未转办",
    "gap": "■ 应救未救",
}


#: Names of the pages on which indicators are looked into.
PAGES = {
    "coverage": "覆盖缺口",
    "warnings": "预警处置",
    "departments": "部门响应",
    "map": "县区地图",
}


def page_of(indicator: str) -> str:
    """The page on which an indicator is looked into."""
    if indicator in COVERAGE_IDS:
        return "coverage"
    if indicator in WARNING_IDS:
        return "warnings"
    return "departments" if indicator in REFERRALS else "map"


@cached(16)
def exceptions(snapshot: Snapshot, scope: Scope) -> tuple[Finding, ...]:
    """
    Special-cause concern, stably off target, oldest unrouted, largest firm gap.

    Of these what the access holds; townships have too few cases to be judged by months.
    """
    if level_of(scope.region) == "township" and not snapshot.access.township:
        scope = replace(scope, region=scope.region[:6])
    judged = [] if snapshot.access.township else _judged(snapshot, scope)
    return (
        *_signals(snapshot, scope, judged),
        *_off_target(snapshot, scope, judged),
        *_permitted(_oldest, snapshot, scope),
        *_permitted(_most_overdue, snapshot, scope),
        *_permitted(_gaps, snapshot, scope),
    )


def _permitted(
    kind: Callable[[Snapshot, Scope], list[Finding]], snapshot: Snapshot, scope: Scope
) -> list[Finding]:
    """The findings of a kind; none where the access does not hold what they are made of."""
    try:
        return kind(snapshot, scope)
    except AccessError:
        return []


def _judged(snapshot: Snapshot, scope: Scope) -> list[dict]:
    """The latest month-end of every series: the region's indicators, the counties' headlines."""
    opened = month_ends(snapshot)
    if not opened:
        return []
    every = tuple(i for i, about in catalogue().items() if about.better != "neutral")
    own = series(opened, every, level_of(scope.region)).filter(
        group=own_group(snapshot, scope.region)
    )
    parts = [own]
    if not scope.region:
        ids = tuple(i.id for i in headline() if i.better != "neutral")
        parts.append(series(opened, ids, "county"))
    rows = pl.concat(parts).drop_nulls("value").with_columns(points=pl.len().over("id", "group"))
    last = rows.filter(pl.col("as_of") == opened[-1].as_of, pl.col("points") >= 12)
    return last.to_dicts()


def _at(snapshot: Snapshot, scope: Scope, group: str) -> tuple[str, Scope]:
    whole = group == own_group(snapshot, scope.region)
    there = scope if whole else replace(scope, region=group)
    return scope_name(snapshot, there), there


def _weight(row: dict) -> tuple:
    own = [i.id for i in headline()]
    rule = list(RULES).index(row["rule"]) if row["rule"] in RULES else len(RULES)
    rank = own.index(row["id"]) if row["id"] in own else len(own)
    return rule, len(row["group"]) > 6, rank, row["id"], row["group"]


def _signals(snapshot: Snapshot, scope: Scope, judged: list[dict]) -> list[Finding]:
    """Concern on the latest month-end; of an indicator in several places the first speaks."""
    rows = sorted((r for r in judged if r["signal"] == "concern"), key=_weight)
    found: list[Finding] = []
    told: set[str] = set()
    for row in rows:
        if row["id"] in told or len(found) == MOST["signal"]:
            continue
        told.add(row["id"])
        where, there = _at(snapshot, scope, row["group"])
        about = catalogue()[row["id"]]
        text = (
            f"{where}{about.name}{words.value(row['value'], about.unit)}"
            f"（{row['as_of'].year}年{row['as_of'].month}月末），{RULES[row['rule']]}，"
            f"均值{words.value(row['mean'], about.unit)}。"
        )
        found.append(
            Finding("signal", LABELS["signal"], text, page_of(row["id"]), there, row["id"])
        )
    return found


def _off_target(snapshot: Snapshot, scope: Scope, judged: list[dict]) -> list[Finding]:
    found = []
    for row in sorted(judged, key=lambda r: (len(r["group"]) > 6, r["id"], r["group"])):
        target = policy_tables.targets().get(row["id"])
        about = catalogue()[row["id"]]
        if not target:
            continue
        if assurance(row["lower"], row["upper"], target[0], about.better) != "fail":
            continue
        where, there = _at(snapshot, scope, row["group"])
        text = (
            f"{where}{about.name}{words.value(row['value'], about.unit)}，按目前波动范围达不到"
            f"目标{target[0]:g}{about.unit}（{target[1]}）。"
        )
        page = page_of(row["id"])
        found.append(Finding("target", LABELS["target"], text, page, there, row["id"]))
    own = own_group(snapshot, scope.region)
    first = [e for e in found if own_group(snapshot, e.scope.region) == own]
    return [*first, *[e for e in found if e not in first]][: MOST["target"]]


def _oldest(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The longest unrouted wait that is overdue, with the case where cases are listed."""
    waiting = unrouted(snapshot, level_of(scope.region), scope.region)
    late = waiting.filter(pl.col("overdue") > 0, pl.col("oldest").is_not_null())
    if late.is_empty():
        return []
    days, limit = late["oldest"][0], limits()["warning.route"]
    which, there = _case(snapshot, scope)
    text = f"最久未转办的预警{which}已等待{days}个工作日，时限{limit}个工作日。"
    return [Finding("unrouted", LABELS["unrouted"], text, "warnings", there)]


def _case(snapshot: Snapshot, scope: Scope) -> tuple[str, Scope]:
    """The oldest unrouted case in words and its county; nothing for a role without lists."""
    try:
        rows = open_cases(snapshot, scope.region)
    except AccessError:
        return "", scope
    waiting = rows.filter(state="unrouted").sort("days", "case", descending=[True, False])
    oldest = waiting.row(0, named=True)
    region = oldest["region"] or ""
    kind = names.kinds().get(oldest["kind"], "")
    which = f"（尾号{oldest['case'][-6:]}，{names.region_name(snapshot, region)}，{kind}）"
    return which, snapshot.access.narrowed(replace(scope, region=region[:6]))


def _most_overdue(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The county with most of the city's overdue unrouted warnings."""
    if scope.region:
        return []
    every = unrouted(snapshot, "county")
    late = every.filter(pl.col("overdue") > 0).sort("overdue", descending=True)
    if late.is_empty():
        return []
    top = late.row(0, named=True)
    where, there = _at(snapshot, scope, top["group"])
    share = words.share(top["overdue"], total(every["overdue"]))
    text = f"{where}超时未转办预警{words.count(top['overdue'], '条')}，占全市超时的{share}。"
    return [Finding("unrouted", LABELS["unrouted"], text, "warnings", there)]


def _gaps(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The largest firm gaps by programme and county (or of the scope's county)."""
    level = "township" if snapshot.access.township else "county"
    rows = coverage(snapshot, level).filter(
        pl.col("basis") == "firm",
        pl.col("gap") > 0,
        pl.col("eligible") >= FEWEST,
        pl.col("group").str.starts_with(scope.region),
    )
    found = []
    for row in rows.sort("gap", descending=True).head(MOST["gap"]).to_dicts():
        where, there = _at(snapshot, scope, row["group"])
        text = (
            f"{where}{names.programme(row['programme_code'])}应救未救"
            f"{words.count(row['gap'], '人')}，覆盖率{words.value(row['rate'], '%')}。"
        )
        found.append(Finding("gap", LABELS["gap"], text, "coverage", there))
    return found
