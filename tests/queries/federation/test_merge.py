"""A province merged from its cities' parcels is the province of one registry that holds them all."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import assume, given
from polars.testing import assert_frame_equal

from cities import cells, joint, merged, registries
from generated import GENERATED, assert_equal
from queries.answers import coverage, indicators, response, warnings
from queries.answers.cities import SUMS_OF_CITIES
from queries.federation.merge import NOT_ADDED
from queries.federation.parcel import MEASURES
from queries.region import LEVELS
from registries import Case, Registry, cases

#: Without the indicators that are each city's own.
ADDED = ~pl.col("id").is_in(NOT_ADDED)


def latest_year(city: Registry, case: Case) -> int | None:
    """The latest year of a city's population; where cities differ, a province has the earlier."""
    rows = city.get("region_population", [])
    return max((r["stat_year"] for r in rows if r["stat_year"] <= case.as_of.year), default=None)


@pytest.mark.slow
@GENERATED
@given(cases())
def test_a_merged_province_is_that_of_one_registry(case: Case):
    with tempfile.TemporaryDirectory() as name:
        folder, cities = Path(name), registries(case)
        assume(len({latest_year(city, case) for city in cities}) == 1)
        ours, one = merged(cities, folder, case), joint(cities, folder / "joint", case)
        for cube, measures in MEASURES.items():
            for level in LEVELS:
                left, right = (cells(day.cube(f"{cube}.{level}"), measures) for day in (ours, one))
                assert_frame_equal(left, right.filter(ADDED) if "id" in right.columns else right)
        for by in indicators.BREAKDOWNS:
            left, right = (
                indicators.indicators(day, by, case.since).filter(ADDED) for day in (ours, one)
            )
            assert_equal(left.to_dicts(), right.to_dicts(), ("id", "group"))
        for by in coverage.BREAKDOWNS:
            left, right = (coverage.coverage(day, by).to_dicts() for day in (ours, one))
            assert_equal(left, right, ("programme_code", "group"))
        for by in warnings.BREAKDOWNS:
            left, right = (warnings.warnings(day, by).to_dicts() for day in (ours, one))
            assert_equal(left, right, ("group", "direction", "state"))
        for by in response.BREAKDOWNS:
            left, right = (response.response(day, by, case.since).to_dicts() for day in (ours, one))
            assert_equal(left, right, ("group",))


@pytest.mark.slow
@GENERATED
@given(cases())
def test_people_in_two_cities_change_what_counts_people_alone(case: Case):
    with tempfile.TemporaryDirectory() as name:
        folder, cities = Path(name), registries(case, same_people=True)
        ours, one = merged(cities, folder, case), joint(cities, folder / "joint", case)
        for by in ("city", "county", "township", "department", "programme"):
            left, right = (
                indicators.indicators(day, by, case.since).filter(
                    ADDED, ~pl.col("id").is_in(SUMS_OF_CITIES)
                )
                for day in (ours, one)
            )
            assert_equal(left.to_dicts(), right.to_dicts(), ("id", "group"))
