"""Sums over programmes, I0802 and I0890–I0895: which ones they sum, and their counts."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.departments import operators
from queries.answers import breakdowns
from queries.answers.coverage import (
    BREAKDOWNS,
    Narrowed,
    due,
    marks_of,
    status_of,
    unit_of,
    with_rates,
)
from queries.answers.cube_rows import cells
from queries.catalogue import COVERAGE
from queries.cubes.coverage import MARKS
from queries.cubes.programmes import SHARED_GAP
from queries.cubes.register_cubes import GAP_COUNTS
from queries.cubes.rules import basis_of
from queries.store.snapshot import Cubes

#: The programme whose gap is I0802.
ALONE = "P0803"

#: What each sum over programmes adds up.
SUMMED = {
    "I0890": "gap",
    "I0891": "covered_eligible",
    "I0892": "gap",
    "I0893": "covered_eligible",
    "I0894": "gap",
}

#: Indicators of programmes that are counted in one unit alone.
COUNTED_IN = {"I0890": "人", "I0894": "户"}

#: Breakdowns that group programmes.
OF_PROGRAMMES = ("department", "task_row", "programme")


def programmes(indicator: str, as_of: date) -> list[str]:
    """Programmes that an indicator sums by the rules of a day, in season or not."""
    bases, unit = COVERAGE[indicator], COUNTED_IN.get(indicator)
    return [p for p, b in basis_of(as_of).items() if b in bases and unit in (None, unit_of(p))]


def departments(indicator: str, as_of: date) -> list[str]:
    """Departments that operate a programme of the indicator, in official order."""
    operating = {operators(as_of)[p] for p in programmes(indicator, as_of)}
    return [d for d in policy_tables.departments()["dept_code"] if d in operating]


def task_rows(indicator: str, as_of: date) -> list[str]:
    """Task rows with a programme of the indicator."""
    rows = {policy_tables.programme(p)["task_row"] for p in programmes(indicator, as_of)}
    return [row for row in breakdowns.task_rows() if row in rows]


@cache
def grouped_by(by: str, as_of: date) -> dict[str, str]:
    """The department, task row or itself that each programme is counted under on a day."""
    if by == "department":
        return operators(as_of)
    column = "task_row" if by == "task_row" else "programme_code"
    return dict(policy_tables.programmes().select("programme_code", under=column).rows())


def members(indicator: str, by: str, group: str, as_of: date) -> list[str]:
    """Programmes that the figure of a group sums on a day."""
    under = grouped_by(by, as_of)
    return [
        p
        for p in programmes(indicator, as_of)
        if (by not in OF_PROGRAMMES or under[p] == group) and (p != SHARED_GAP or by == "programme")
    ]


def figure_status(snapshot: Cubes, indicator: str, by: str, group: str) -> str:
    """ok when the figure of a group has a programme to sum; else no_data or off_season."""
    if indicator == "I0895" and "I0891" not in policy_tables.targets(snapshot.as_of):
        return "no_data"
    found = {status_of(snapshot, p) for p in members(indicator, by, group, snapshot.as_of)}
    return next((status for status in ("ok", "off_season") if status in found), "no_data")


def left_out(snapshot: Cubes, indicator: str, status: str = "no_data") -> list[str]:
    """Programmes that an indicator leaves out, by their status, to be named on screen."""
    return [p for p in programmes(indicator, snapshot.as_of) if status_of(snapshot, p) == status]


#: Fewer than these, and a rate below the target says nothing.
FEWEST = 30


def below_target(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Of `coverage`, the firm programmes whose rate, as it is shown, is under I0891's target."""
    target = policy_tables.targets(as_of).get("I0891")
    if target is None:
        return rows.clear()
    return rows.filter(basis="firm").filter(due() >= FEWEST, pl.col("rate").round(2) < target[0])


def _below_target(marks: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """I0895 of marks by programme and group."""
    basis = pl.col("programme_code").replace_strict(basis_of(as_of))
    cell = marks.group_by("group", "programme_code").agg(pl.col(MARKS).sum())
    return (
        below_target(with_rates(cell.with_columns(basis=basis)), as_of)
        .filter(pl.col("programme_code") != SHARED_GAP)
        .group_by("group")
        .agg(numerator=pl.len().cast(pl.Int64), denominator=pl.lit(0, pl.Int64))
        .select(pl.lit("I0895").alias("id"), "group", "numerator", "denominator")
    )


def _sum(marks: pl.DataFrame, indicator: str, numerator: str) -> pl.DataFrame:
    whole = due().sum()
    denominator = pl.lit(0, pl.Int64) if numerator == "gap" else whole
    return (
        marks.group_by("group")
        .agg(pl.col(numerator).sum().alias("numerator"), denominator.alias("denominator"))
        .select(pl.lit(indicator).alias("id"), "group", "numerator", "denominator")
    )


def _regrouped(snapshot: Cubes, by: str, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """Marks with the group of the cut: a region or category, or what the programme belongs to."""
    marks = marks_of(snapshot, by if by in BREAKDOWNS else "city", narrowed, region)
    return under_own(marks, by, snapshot.as_of)


def under_own(rows: pl.DataFrame, by: str, as_of: date) -> pl.DataFrame:
    """Rows by programme_code under the group that the programme belongs to, where it is one."""
    if by in BREAKDOWNS:
        return rows
    under = grouped_by(by, as_of)
    return rows.with_columns(group=pl.col("programme_code").replace_strict(under))


def summed(
    snapshot: Cubes, by: str, narrowed: Narrowed, region: str = "", without: Sequence[str] = ()
) -> pl.DataFrame:
    """
    I0802, I0891–I0893, I0895; I0890, I0894 where they are no count of persons or households.

    `without`: programmes that no sum but these two holds.
    """
    marks = _regrouped(snapshot, by, narrowed, region).filter(
        ~pl.col("programme_code").is_in(list(without))
    )
    parts = [
        _sum(marks.filter(programme_code=ALONE), "I0802", "gap"),
        _below_target(marks, snapshot.as_of),
    ]
    for indicator, measure in SUMMED.items():
        if indicator in GAP_COUNTS and by != "programme":
            continue
        shared = pl.col("programme_code") != SHARED_GAP if by != "programme" else pl.lit(True)
        chosen = marks.filter(
            pl.col("programme_code").is_in(programmes(indicator, snapshot.as_of)), shared
        )
        parts.append(_sum(chosen, indicator, measure))
    if by in ("department", "task_row"):
        parts.append(_with_a_gap(snapshot, by, region))
    return pl.concat(parts)


def _with_a_gap(snapshot: Cubes, by: str, region: str) -> pl.DataFrame:
    """I0890, I0894 by department or task row: whoever has a firm gap there, counted once."""
    other = {"department": "department", "task_row": "programme"}[by]
    rows = cells(snapshot, "stock", by, region).filter(
        pl.col("id").is_in(list(GAP_COUNTS)), pl.col(other).is_not_null()
    )
    return rows.group_by("id", pl.col(other).alias("group")).agg(
        numerator=pl.col("numerator").sum(), denominator=pl.lit(0, pl.Int64)
    )
