"""What the meeting should look at, in order of weight: each one sentence and where to see it."""

from dataclasses import replace

import polars as pl

from data.reference.policy_tables import limits
from exhibits.overview.finding import LABELS, MOST, Finding, at
from exhibits.overview.month_findings import marked_figures, off_target, signals
from exhibits.permitted import where_permitted
from exhibits.suppressed import total
from exhibits.wording import names, words
from queries.access import AccessError
from queries.answers.coverage import coverage, due
from queries.answers.open_cases import open_cases
from queries.answers.significance import FEWEST
from queries.answers.warnings import unrouted
from queries.cache import cached
from queries.region import Region
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@cached(16)
def exceptions(snapshot: Snapshot, scope: Scope) -> tuple[Finding, ...]:
    """
    Special-cause concern, off target, oldest unrouted, largest firm gap.

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
    """The longest unrouted wait that is overdue, with the case where cases are listed."""
    waiting = unrouted(snapshot, scope.region.level, scope.region)
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
    region = Region(oldest["region"] or "")
    kind = names.kinds().get(oldest["kind"], "")
    which = f"（尾号{oldest['case'][-6:]}，{names.region_name(snapshot, region)}，{kind}）"
    return which, snapshot.access.narrowed(replace(scope, region=region.county))


def _most_overdue(snapshot: Snapshot, scope: Scope) -> list[Finding]:
    """The county with most of the city's overdue unrouted warnings."""
    if scope.region:
        return []
    counties = unrouted(snapshot, "county")
    late = counties.filter(pl.col("overdue") > 0).sort("overdue", descending=True)
    if late.is_empty():
        return []
    top = late.row(0, named=True)
    where, there = at(snapshot, scope, top["group"])
    share = words.share(top["overdue"], total(counties["overdue"]))
    text = f"{where}超时未转办预警{words.count(top['overdue'], '条')}，占全市超时的{share}。"
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
