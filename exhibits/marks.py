"""Marks of the figures of a scope: beside its compared day, by its month-ends."""

from collections.abc import Sequence

from data.reference import policy_tables
from queries.answers.cube_rows import own_group
from queries.answers.marks import Mark, against_target, marks
from queries.catalogue import Indicator
from queries.scope import Scope, before, month_ends
from queries.statistics.target import Assurance
from queries.store.snapshot import Snapshot


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
    found = marks_by(snapshot, scope, ids, scope.region.level)
    return {i: mark for (i, of), mark in found.items() if of == group}


def met(about: Indicator, value: float | None, mark: Mark) -> Assurance:
    """The figure against the indicator's target."""
    target = policy_tables.targets().get(about.id)
    return against_target(about, value, target[0] if target else None, mark)
