"""The period that flows are counted over, in words: its name, its days."""

from collections.abc import Mapping
from datetime import date

from exhibits.wording import words
from queries.answers.periods import Period, offered
from queries.cache import cached
from queries.catalogue import SPANS, Indicator
from queries.scope import Scope
from queries.store.snapshot import Snapshot

NAMES = {
    "since_meeting": "上次会议以来",
    "month": "当月",
    "year": "本年",
    "twelve_months": "近12个月",
}

#: Names of the spans that flows with a period of their own grow through.
OWN = {"quarter": "本季度", "year": "本年"}

#: Of figures on month-ends, whatever period the scope has.
MONTHLY = "逐月（每月1日至月末）"


def name_of(about: Indicator, period: str = "month") -> str:
    """预警数（上次会议以来）: a flow's name with its period; a stock's as it is."""
    if about.kind == "stock":
        return about.name
    return f"{about.name}（{OWN[SPANS[about.id]] if about.id in SPANS else NAMES[period]}）"


@cached(64)
def offered_on(snapshot: Snapshot) -> Mapping[str, Period]:
    """`offered`, cached; the mapping is shared."""
    return offered(snapshot)


def of_scope(snapshot: Snapshot, scope: Scope) -> Period:
    """The scope's period on the snapshot's day; ValueError where the day has none of the name."""
    period = offered_on(snapshot).get(scope.period)
    if period is None:
        raise ValueError(f"{words.day(snapshot.as_of)}之前没有已召开的会议，不能按上次会议以来统计")
    return period


def counted_since(snapshot: Snapshot, scope: Scope) -> date:
    """First day of the scope's period."""
    return of_scope(snapshot, scope).since


def year_start(day: date) -> date:
    """1 January of a day's year."""
    return day.replace(month=1, day=1)


def period(snapshot: Snapshot, since: date) -> str:
    """2026年1月1日至2026年10月31日"""
    return f"{words.day(since)}至{words.day(snapshot.as_of)}"


def of_flow(snapshot: Snapshot, scope: Scope, about: Indicator) -> str:
    """The days of a flow; empty for a stock, and for a flow with a span of its own."""
    timed = about.kind == "flow" and about.id not in SPANS
    return period(snapshot, counted_since(snapshot, scope)) if timed else ""


def named(snapshot: Snapshot, scope: Scope) -> str:
    """上次会议以来（2026年8月1日至2026年10月31日）"""
    since = counted_since(snapshot, scope)
    return f"{NAMES[scope.period]}（{period(snapshot, since)}）"


def counted(snapshot: Snapshot, scope: Scope) -> str:
    """统计期为上次会议以来（2026年8月1日至2026年10月31日）"""
    return f"统计期为{named(snapshot, scope)}"
