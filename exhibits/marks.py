"""Marks of the figures of a scope: beside its compared day, by its month-ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.reference import policy_tables
from exhibits.wording import marks as wording
from queries.answers.cube_rows import own_group
from queries.answers.marks import Mark, against_target, marks
from queries.catalogue import SPANS, Indicator
from queries.scope import Scope, before, month_ends
from queries.statistics.progress import expected_progress
from queries.statistics.spc import Variation
from queries.statistics.target import Assurance
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class MarkedFigure:
    """A figure in words, beside its change, its target and what its month-ends say."""

    indicator: Indicator
    name: str  # with the period of a flow
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
        """▼ 异常变差"""
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
    return marks(snapshot, earlier, month_ends(snapshot), ids, by, region, scope.period)


def own_marks(snapshot: Snapshot, scope: Scope, ids: Sequence[str]) -> dict[str, Mark]:
    """Marks of the scope's region by id; townships' months are too few cases to judge."""
    if scope.region.level == "township":
        return {}
    group = own_group(snapshot, scope.region)
    mark_by_group = marks_by(snapshot, scope, ids, scope.region.level)
    return {i: mark for (i, of), mark in mark_by_group.items() if of == group}


def target_on(about: Indicator, day: date) -> tuple[float, str] | None:
    """Target and basis; of what grows through a span the share of it that has passed, 序时进度."""
    target = policy_tables.targets(day).get(about.id)
    if target is None or about.id not in SPANS:
        return target
    share = expected_progress(day, SPANS[about.id]) / 100
    return round(target[0] * share, 2), f"序时进度，{target[1]}"


def met(about: Indicator, value: float | None, mark: Mark, day: date) -> Assurance:
    """The figure against the indicator's target on its day."""
    target = target_on(about, day)
    return against_target(about, value, target[0] if target else None, mark)
