"""The days that a bulletin compares with: the last meeting's, and the same a year before."""

from collections.abc import Callable
from dataclasses import dataclass

from briefing.meeting.selection import Selection
from exhibits.wording import words
from queries.answers.periods import last_cutoff
from queries.scope import before, comparable, comparisons
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Base:
    """A day to compare with: what it is called, its snapshot (None without one)."""

    name: str
    snapshot: Snapshot | None

    @property
    def dated(self) -> str:
        """较上次会议（2026年7月31日）"""
        day = self.snapshot.as_of if self.snapshot else None
        return f"{self.name}（{words.day(day)}）" if day else self.name


def bases(snapshot: Snapshot, chosen: Selection) -> tuple[Base, Base]:
    """较上次会议, or 较对比日 where another day is chosen; 同比."""
    then = before(snapshot, chosen.scope)
    other = then is not None and then.as_of != last_cutoff(snapshot)
    a_year_before = comparisons(snapshot.folder, snapshot).get("year")
    known = a_year_before is not None and comparable(snapshot, a_year_before)
    return (
        Base("较对比日" if other else "较上次会议", then),
        Base("同比", snapshot.at(a_year_before) if a_year_before and known else None),
    )


def changes(
    compared: tuple[Base, ...],
    now: float | None,
    then: Callable[[Snapshot], float | None],
    unit: str,
    dated: bool = False,
) -> str:
    """较上次会议下降0.52%，同比增长1.20%; `then`: the figure on an earlier day."""
    return "，".join(
        (base.dated if dated else base.name)
        + words.change(now, then(base.snapshot) if base.snapshot else None, unit)
        for base in compared
    )
