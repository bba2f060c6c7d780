"""The period that figures of warnings and responses are counted over, in words."""

from datetime import date

from exhibits.wording import words
from queries.store.snapshot import Snapshot


def counted_since(snapshot: Snapshot) -> date:
    """Start of the period on the pages of warnings and responses."""
    return year_start(snapshot.as_of)


def year_start(day: date) -> date:
    """1 January of a day's year."""
    return day.replace(month=1, day=1)


def period(snapshot: Snapshot, since: date) -> str:
    """2026年1月1日至2026年10月31日"""
    return f"{words.day(since)}至{words.day(snapshot.as_of)}"


def counted(snapshot: Snapshot) -> str:
    """统计期2026年1月1日至2026年10月31日"""
    return f"统计期{period(snapshot, counted_since(snapshot))}"
