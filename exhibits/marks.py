"""Marks of the figures of a scope: beside its compared day, by its month-ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.reference import policy_tables
from exhibits.wording import marks as wording
from queries.answers.cube_rows import own_group
from queries.answers.marks import Mark, against_target, marks
from queries.catalogue import Indicator
from queries.scope import Scope, before, month_ends
from queries.statistics.spc import Variation
from queries.statistics.target import Assurance
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class MarkedFigure:
    """A figure in words, beside its change, its target and what its month-ends say."""

    indicator: Indicator
    figure: str
    change: str
    target: str
    mark: Mark
    assurance: Assurance
    definition: str

    @property
    def variation(self) -> Variation:
        """improvement, concern, neutral, common; "" where nothing is claimed."""
        return self.mark.variation

    @property
    def variation_text(self) -> str:
        """▼ 变差信号"""
        return wording.variation(self.indicator, self.mark)

    @property
    def assurance_text(self) -> str:
        """✘ 未达标; a dash without a target."""
        return wording.target(self.assurance, self.mark)


def marks_by(
    snapshot: Snapshot, scope: Scope, ids: Sequence[str], by: str, region: str = ""
) -> dict[tuple[str, str], Mark]:
    """Marks by id and group."""
    earlier = before(snapshot, scope)
    return marks(snapshot, earlier, month_ends(snapshot), ids, by, region)


def own_marks(snapshot: Snapshot, scope: Scope, ids: Sequence[str]) -> dict[str, Mark]:
    """Marks of the scope's region by id; townships' months are too few cases to judge."""
    if scope.region.level == "township":
        return {}
    group = own_group(snapshot, scope.region)
    mark_by_group = marks_by(snapshot, scope, ids, scope.region.level)
    return {i: mark for (i, of), mark in mark_by_group.items() if of == group}


def met(about: Indicator, value: float | None, mark: Mark, as_of: date) -> Assurance:
    """The figure against the indicator's target on its day."""
    target = policy_tables.targets(as_of).get(about.id)
    return against_target(about, value, target[0] if target else None, mark)
