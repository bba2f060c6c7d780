"""What the meeting should look at, in order of weight: each one sentence and where to see it."""

from dataclasses import replace

import polars as pl

from exhibits.overview.finding import LABELS, MOST, Finding, at
from exhibits.overview.month_findings import marked_figures, off_target, signals
from exhibits.permitted import where_permitted
from exhibits.suppressed import total
from exhibits.warnings.unrouted import parts_in_words
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage, due
from queries.answers.open_cases import open_cases
from queries.answers.significance import FEWEST
from queries.answers.warnings import without_destination
from queries.cache import cached
from queries.cubes.warning_states import WITHOUT_DESTINATION
from queries.region import Region
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@cached(16)
def exceptions(snapshot: Snapshot, scope: Scope) -> tuple[Finding, ...]:
    """
    Special-cause concern, off target, oldest and most overdue 未转办, largest firm gap.

    Of these what the access holds; townships have too few cases to be judged by months.
    """
    if scope.region.level == "township" and not snapshot.access.township:
        scope = replace(scope, region=scope.region.county)
    marked = [] if snapshot.access.township else marked_figures(snapshot, scope)
    return (
        *signals(snapshot, scope, marked),
        *off_target(snapshot, scope, marked),
        *where_permitted(_oldest, snapshot, scope),
        *where_permitted(_most_overdue, snapshot, scope),
        *where_permitted(_gaps, snapshot, scope),
    )


def _oldest(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The longest overdue wait without a destination, with the case where cases are listed."""
    waiting = without_destination(snapshot, scope.region.level, scope.region)
    late = waiting.filter(pl.col("overdue") > 0, pl.col("oldest").is_not_null())
    if late.is_empty():
        return []
    days = late["oldest"][0]
    which, there = _case(snapshot, scope)
    first = which or f"最久未转办的预警已等待{days}个工作日"
    text = f"{first}；{_parts(late.row(0, named=True))}。"
    return [Finding("unrouted", LABELS["unrouted"], text, "warnings", there)]


def _parts(row: dict) -> str:
    """未转办12条（待核查5条、待转办4条、待民政办理3条）中逾期8条"""
    count, late = (words.count(row[name], "条") for name in ("warnings", "overdue"))
    return f"未转办{count}（{parts_in_words(row)}）中逾期{late}"


def _case(snapshot: Snapshot, scope: Scope) -> tuple[str, Scope]:
    """The oldest overdue case in words and its county; nothing for a role without lists."""
    try:
        rows = open_cases(snapshot, scope.region)
    except AccessError:
        return "", scope
    nowhere = pl.col("state").is_in(WITHOUT_DESTINATION)
    late = rows.filter(nowhere, urgency="overdue").sort("days", "case", descending=[True, False])
    oldest = late.row(0, named=True)
    region = Region(oldest["region"] or "")
    kind = names.kinds().get(oldest["kind"], "")
    which = (
        f"{names.STATES[oldest['state']]}最久的预警（尾号{oldest['case'][-6:]}，"
        f"{names.region_name(snapshot, region)}，{kind}）已等待{oldest['days']}个工作日"
    )
    due = f"，应于{words.day(oldest['due_on'])}前办理" if oldest["due_on"] else ""
    return which + due, snapshot.access.narrowed(replace(scope, region=region.county))


def _most_overdue(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The county with most of the city's overdue warnings without a destination."""
    if scope.region:
        return []
    counties = without_destination(snapshot, "county")
    late = counties.filter(pl.col("overdue") > 0).sort("overdue", descending=True)
    if late.is_empty():
        return []
    top = late.row(0, named=True)
    where, there = at(snapshot, scope, top["group"])
    share = words.share(top["overdue"], total(counties["overdue"]))
    text = f"{where}{_parts(top)}，占全市逾期的{share}。"
    return [Finding("unrouted", LABELS["unrouted"], text, "warnings", there)]


def _gaps(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The largest firm gaps by programme and county (or of the scope's county)."""
    level = "township" if snapshot.access.township else "county"
    rows = coverage(snapshot, level).filter(
        pl.col("basis") == "firm",
        pl.col("gap") > 0,
        due() >= FEWEST,
        scope.region.holds(pl.col("group")),
    )
    findings = []
    for row in rows.sort("gap", descending=True).head(MOST["gap"]).to_dicts():
        where, there = at(snapshot, scope, row["group"])
        text = (
            f"{where}{names.programme(row['programme_code'])}应救未救"
            f"{words.count(row['gap'], row['unit'])}，覆盖率{words.value(row['rate'], '%')}。"
        )
        findings.append(Finding("gap", LABELS["gap"], text, "coverage", there))
    return findings
