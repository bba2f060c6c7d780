"""The rows of the task list as the policy has them, with what the data say of each."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from data.reference import policy_tables
from exhibits.overview.headlines import ASSURANCE, VARIATION
from exhibits.overview.page_of import page_of
from exhibits.wording import words
from exhibits.wording.definitions import definition
from queries.answers.cube_rows import own_group
from queries.answers.indicators import indicators
from queries.answers.trend import series
from queries.cache import cached
from queries.catalogue import catalogue
from queries.scope import Scope, before, month_ends
from queries.statistics.spc import Variation, assurance, variation
from queries.store.snapshot import Snapshot

PAGE = "任务清单"


@dataclass(frozen=True)
class Line:
    """An indicator under a task row, in words."""

    id: str
    name: str
    figure: str
    change: str
    target: str
    variation: str
    assurance: str
    definition: str
    page: str

    @property
    def variation_text(self) -> str:
        """▼ 变差信号"""
        return VARIATION[self.variation]

    @property
    def assurance_text(self) -> str:
        """✘ 稳定不达标; a dash where there is no target or no judgement."""
        return ASSURANCE[self.assurance] or "—"


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
    """Task rows of a department: 牵头 or 配合, by row."""
    role_by_row = {}
    for row in policy_tables.table("tasks").iter_rows(named=True):
        for role, column in (("配合", "cooperating_codes"), ("牵头", "lead_codes")):
            if department in (row[column] or "").split("|"):
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
    months = _months(snapshot, scope)
    lines_by_row: dict[str, list[Line]] = {}
    for (indicator, row), figure in now.items():
        old = then.get((indicator, row), {}).get("value")
        lines_by_row.setdefault(row, []).append(
            _line(indicator, figure, old, months.get(indicator))
        )
    return {row: tuple(lines) for row, lines in lines_by_row.items()}


def _by_row(snapshot: Snapshot, scope: Scope) -> dict[tuple[str, str], dict]:
    rows = indicators(snapshot, "task_row", region=scope.region).to_dicts()
    return {(r["id"], r["group"]): r for r in rows}


def _months(snapshot: Snapshot, scope: Scope) -> dict[str, pl.DataFrame]:
    opened = month_ends(snapshot)
    if not opened or scope.region.level == "township":
        return {}
    rows = series(opened, tuple(catalogue()), scope.region.level).drop_nulls("value")
    own = rows.filter(group=own_group(snapshot, scope.region))
    return {key[0]: frame for key, frame in own.group_by("id", maintain_order=True)}


def _judged(months: pl.DataFrame | None) -> tuple[Variation, float | None, float | None]:
    """Variation and control limits of the month-ends; empty and None without a judgement."""
    judged: Variation = "" if months is None else variation(months)
    if months is None or not judged:
        return "", None, None
    return judged, months["lower"][0], months["upper"][0]


def _line(indicator: str, row: dict, old: float | None, months: pl.DataFrame | None) -> Line:
    about, target = catalogue()[indicator], policy_tables.targets().get(indicator)
    judged, lower, upper = _judged(months)
    return Line(
        id=indicator,
        name=about.name,
        figure=words.value(row["value"], about.unit, row["status"]),
        change=words.change(row["value"], old, about.unit),
        target=f"{target[0]:g}{about.unit}（{target[1]}）" if target else "—",
        variation=judged,
        assurance=assurance(lower, upper, target[0] if target else None, about.better),
        definition=definition(indicator),
        page=page_of(indicator),
    )
