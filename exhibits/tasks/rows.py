"""The rows of the task list as the policy has them, with what the data say of each."""

from dataclasses import dataclass, replace
from typing import Any

from data.reference import policy_tables
from data.reference.departments import own_codes
from exhibits.marks import MarkedFigure, marks_by, met, own_marks, target_on
from exhibits.overview.page_of import page_of
from exhibits.wording import changes, periods, words
from exhibits.wording.definitions import definition
from queries.answers.marks import NO_MARK, Mark
from queries.answers.periods import in_period
from queries.cache import cached
from queries.catalogue import BY_PROGRAMME_ROW, catalogue
from queries.scope import Scope, before
from queries.store.snapshot import Snapshot

PAGE = "任务清单"


@dataclass(frozen=True)
class Line(MarkedFigure):
    """An indicator under a task row, and the page that shows it."""

    page: str

    @property
    def id(self) -> str:
        """The indicator's id."""
        return self.indicator.id


@dataclass(frozen=True)
class Task:
    """One row of the task list exactly as written, and its indicators."""

    row: str
    title: str
    sub_title: str
    measures: str
    leads: str
    cooperating: str
    lead_codes: tuple[str, ...]
    cooperating_codes: tuple[str, ...]
    lines: tuple[Line, ...]


def roles(department: str) -> dict[str, str]:
    """Task rows of a department: 责任 or 配合, by row."""
    role_by_row = {}
    for row in policy_tables.table("tasks").iter_rows(named=True):
        for role, column in (("配合", "cooperating_codes"), ("责任", "lead_codes")):
            if own_codes(department) & {*(row[column] or "").split("|")}:
                role_by_row[row["row_id"]] = role
    return role_by_row


@cached(8)
def tasks(snapshot: Snapshot, scope: Scope) -> tuple[Task, ...]:
    """All eighteen rows; those of the scope's department alone when it has one."""
    mine = roles(scope.department) if scope.department else None
    lines = _lines(snapshot, scope)
    return tuple(
        _task(row, lines.get(row["row_id"], ()))
        for row in policy_tables.table("tasks").iter_rows(named=True)
        if mine is None or row["row_id"] in mine
    )


def led(snapshot: Snapshot, scope: Scope) -> list[Task]:
    """The rows that the scope's department answers for."""
    # Of all departments the tasks are the same, and in the cache.
    every = tasks(snapshot, replace(scope, department=""))
    return [task for task in every if scope.department in task.lead_codes]


def _task(row: dict[str, Any], lines: tuple[Line, ...]) -> Task:
    return Task(
        row=row["row_id"],
        title=row["title"],
        sub_title=row["sub_title"] or "",
        measures=row["measure_verbatim"] or row["measure_summary"],
        leads=row["lead_departments"] or "—",
        cooperating=row["cooperating_departments"] or "无",
        lead_codes=tuple((row["lead_codes"] or "").split("|")),
        cooperating_codes=tuple((row["cooperating_codes"] or "").split("|")),
        lines=lines,
    )


def _lines(snapshot: Snapshot, scope: Scope) -> dict[str, tuple[Line, ...]]:
    """Indicators by task row: figure, change, target, variation and assurance."""
    now = _by_row(snapshot, scope)
    earlier = before(snapshot, scope)
    then = _by_row(earlier, scope) if earlier else {}
    marks = _marks(snapshot, scope)
    lines_by_row: dict[str, list[Line]] = {}
    for (indicator, row), figure in now.items():
        old = then.get((indicator, row), {}).get("value")
        lines_by_row.setdefault(row, []).append(
            _line(snapshot, scope, figure, old, marks.get((indicator, row), NO_MARK))
        )
    return {row: tuple(lines) for row, lines in lines_by_row.items()}


def _by_row(snapshot: Snapshot, scope: Scope) -> dict[tuple[str, str], dict]:
    rows = in_period(snapshot, scope.period, "task_row", scope.region).to_dicts()
    return {(r["id"], r["group"]): r for r in rows}


def _marks(snapshot: Snapshot, scope: Scope) -> dict[tuple[str, str], Mark]:
    """Marks by indicator and task row: of the region's series where the row shows its figure."""
    if scope.region.level == "township":
        return {}
    whole = own_marks(snapshot, scope, [i for i in catalogue() if i not in BY_PROGRAMME_ROW])
    own = {(i, catalogue()[i].task_rows[0]): mark for i, mark in whole.items()}
    return own | marks_by(snapshot, scope, BY_PROGRAMME_ROW, "task_row", scope.region)


def _line(snapshot: Snapshot, scope: Scope, row: dict, old: float | None, mark: Mark) -> Line:
    about = catalogue()[row["id"]]
    target = target_on(about, snapshot.as_of)
    return Line(
        indicator=about,
        name=periods.name_of(about, scope.period),
        figure=words.value(row["value"], about.unit, row["status"]),
        change=changes.change(
            snapshot, scope, about, (row["value"], old), "task_row", row["group"], scope.region
        ),
        target=f"{target[0]:g}{about.unit}（{target[1]}）" if target else "—",
        mark=mark,
        assurance=met(about, row["value"], mark, snapshot.as_of),
        definition=definition(about.id, f"{periods.counted(snapshot, scope)}。"),
        page=page_of(about.id),
    )
