"""What the open edition shows, cell by cell, and what can be worked out from it.

`docs/definitions.md`, “Small numbers”.
"""

import math
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from scipy.optimize import linprog

from drawing import snapshot_of
from generated import GENERATED, frames_of
from plain import open_edition as plain
from plain.set_aside import set_aside
from queries.access import AccessError, access
from queries.access.open_edition import released
from queries.answers import (
    coverage,
    figures,
    indicators,
    open_cases,
    response,
    topic_details,
    warnings,
)
from queries.catalogue import catalogue
from queries.cubes.coverage import MARKS
from queries.store.snapshot import open_snapshot
from registries import Case, cases
from stores import D

PARTNER = access("partner")


def test_a_small_count_is_hidden_and_others_go_to_the_nearest_5():
    rows = pl.DataFrame({"n": [0, 1, 7, 8, 12, 13, None], "median": [None, 3, 4, 5, 6, 7, 8]})
    assert released(rows, ["n"], {"median": "n"}).rows() == [
        # n, median, suppressed
        (0, None, False),
        (None, None, True),
        (None, None, True),
        (10, 5, False),
        (10, 6, False),
        (15, 7, False),
        (None, 8, False),
    ]


@pytest.fixture(scope="module")
def opened(stored):
    """The demonstration as a role sees it."""
    return lambda role: open_snapshot(stored("demonstration"), D, access=role)


def test_the_city_is_left_as_it_is(opened):
    exact, shown = opened(access("office")), opened(PARTNER)
    for by in ("city", "department", "programme", "category"):
        assert indicators.indicators(shown, by).equals(indicators.indicators(exact, by))
    assert coverage.coverage(shown).drop("suppressed").equals(coverage.coverage(exact))


def test_nothing_is_shown_below_counties_and_no_case(opened):
    for ask in (indicators.indicators, coverage.coverage, warnings.warnings):
        with pytest.raises(AccessError):
            ask(opened(PARTNER), "township")
    with pytest.raises(AccessError, match="逐件清单"):
        open_cases.open_cases(opened(PARTNER))


@GENERATED
@given(cases())
def test_every_released_figure_by_county(case: Case):
    with tempfile.TemporaryDirectory() as folder:
        exact = snapshot_of(frames_of(case.registry), Path(folder), case.as_of)
        assert set_aside(case.registry)
        shown = replace(exact, access=PARTNER)
        rows = indicators.indicators(exact, "county", case.since).to_dicts()
        ours = indicators.indicators(shown, "county", case.since).to_dicts()
        for row, other in zip(rows, ours, strict=True):
            value, status = plain.indicator(row)
            assert (row["id"], other["status"]) == (row["id"], status)
            assert other["value"] == value or math.isclose(other["value"], value), row
        for ask, counts, resting in (
            (
                lambda s: warnings.warnings(s, "county"),
                ("warnings", "overdue"),
                {"oldest_workdays": "warnings"},
            ),
            (lambda s: coverage.coverage(s, "county").drop("rate", "paid_share"), MARKS, {}),
        ):
            expected = [plain.row(row, counts, resting) for row in ask(exact).to_dicts()]
            assert ask(shown).to_dicts() == expected


def test_medians_and_curves_of_groups_under_8_are_hidden_and_others_exact(opened):
    since = D.replace(month=1, day=1)
    exact = {
        r["group"]: r
        for r in response.response(opened(access("office")), "county", since).to_dicts()
    }
    shown = {r["group"]: r for r in response.response(opened(PARTNER), "county", since).to_dicts()}
    curves = set(response.curve(opened(PARTNER), "county", since)["group"])
    assert any(0 < row["referrals"] < 8 for row in exact.values()) or len(exact) == 9
    for group, row in exact.items():
        many = row["referrals"] > 7
        assert shown[group]["median"] == (row["median"] if many else None)
        assert (group in curves) == many


def test_visits_and_submissions_stay_as_they_are(opened):
    since = D.replace(month=1, day=1)
    for topic in ("submission", "visit_role", "visit_group"):
        exact, shown = (
            topic_details.details(opened(r), topic, since, "region")
            for r in (access("office"), PARTNER)
        )
        assert shown.equals(exact), topic
    persons = topic_details.details(opened(PARTNER), "target_group", since, "region")
    assert persons["suppressed"].any()


# The auditor: what one page shows, all that adds up on it, and which small cells follow exactly.


def _bounds(exact: float, is_exact: bool) -> tuple[float, float]:
    """What a reader knows of a cell that is shown so."""
    if is_exact or exact == 0:
        return exact, exact
    if exact <= 7:
        return 1, 7
    shown = plain.cell(exact)
    return max(shown - 2, 8), shown + 2


def follow_exactly(cells: list[float], exact: list[bool], sums: list[tuple[int, list[int]]]) -> int:
    """Small hidden cells whose value is the only one that agrees with all cells and sums."""
    bounds = [_bounds(c, e) for c, e in zip(cells, exact, strict=True)]
    equal = np.zeros((len(sums), len(cells)))
    for i, (whole, parts) in enumerate(sums):
        equal[i, whole], equal[i, parts] = -1, 1
    found = 0
    for i, count in enumerate(cells):
        if exact[i] or not 1 <= count <= 7:
            continue
        goal = np.zeros(len(cells))
        goal[i] = 1
        ends = [
            linprog(s * goal, A_eq=equal, b_eq=np.zeros(len(sums)), bounds=bounds).fun * s
            for s in (1, -1)
        ]
        found += math.ceil(ends[0] - 1e-6) == math.floor(ends[1] + 1e-6)
    return found


def test_the_auditor_finds_what_follows():
    # 12 of the city exact; two counties show 0, the third must be the rest of 5.
    sums = [(0, [1, 2, 3])]
    assert follow_exactly([5, 0, 0, 5], [True, False, False, False], sums) == 1
    # Two hidden counties share what is left: neither follows.
    assert follow_exactly([12, 0, 5, 7], [True, False, False, False], sums) == 0 + 0
    assert follow_exactly([8, 0, 3, 5], [True, False, False, False], sums) == 0


def small_cells(snapshot) -> dict[str, tuple[int, int]]:
    """By page, how many small cells its county table hides and how many of them follow exactly."""
    return {"覆盖缺口": _of_coverage(snapshot), "预警处置": _of_warnings(snapshot)}


def _of_coverage(snapshot) -> tuple[int, int]:
    """Programmes × counties with the city; eligible is the sum of the four others."""
    rows = pl.concat([coverage.coverage(snapshot, by) for by in ("city", "county")])
    shown = ("eligible", "covered_eligible", "excluded", "pending", "gap")
    small = follows = 0
    for programme in (
        rows.filter(pl.col("basis") != "none").drop_nulls("gap").partition_by("programme_code")
    ):
        table = programme.select(shown).rows()
        at = {(r, c): r * 5 + c for r in range(len(table)) for c in range(5)}
        sums = [(at[0, c], [at[r, c] for r in range(1, len(table))]) for c in range(5)]
        sums += [(at[r, 0], [at[r, c] for c in (1, 2, 3, 4)]) for r in range(len(table))]
        counts = [n for row in table for n in row]
        exact = [r == 0 for r in range(len(table)) for _ in range(5)]
        small += sum(1 <= n <= 7 and not e for n, e in zip(counts, exact, strict=True))
        follows += follow_exactly(counts, exact, sums)
    return small, follows


def _of_warnings(snapshot) -> tuple[int, int]:
    """Unrouted warnings × counties with the city: how many, and how many of them overdue."""
    small = follows = 0
    city = warnings.without_destination(snapshot, "city")
    rows = warnings.without_destination(snapshot, "county")
    for count in ("warnings", "overdue"):
        cells = [city[count].sum(), *rows[count]]
        exact = [True, *[False] * rows.height]
        small += sum(1 <= n <= 7 for n in cells[1:])
        follows += follow_exactly(cells, exact, [(0, list(range(1, len(cells))))])
    return small, follows


def test_how_many_small_cells_follow_is_known(opened):
    # Accepted (decision 23); a change of the rule or of a page shows here.
    found = small_cells(opened(access("office")))
    assert found == {"覆盖缺口": (286, 36), "预警处置": (3, 0)}


def test_units_that_count_work_are_those_of_the_definition():
    kept = {i for i in figures.WORK if catalogue()[i].unit in ("个", "项", "%")}
    assert kept == set(figures.WORK)
    assert {i.id for i in catalogue().values() if i.unit in ("个", "项")} <= set(figures.WORK)
