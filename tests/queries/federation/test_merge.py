"""A province merged from its cities' parcels is the province of one registry that holds them all."""

import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given
from polars.testing import assert_frame_equal

from cities import cells, joint, merged, registries
from generated import GENERATED, assert_equal
from queries.answers import coverage, indicators, response, warnings
from queries.federation.merge import NOT_ADDED
from queries.federation.parcel import MEASURES
from queries.region import LEVELS
from registries import Case, cases

ADDED = ~pl.col("id").is_in(NOT_ADDED)


@GENERATED
@given(cases())
def test_a_merged_province_is_that_of_one_registry(case: Case):
    with tempfile.TemporaryDirectory() as name:
        folder, cities = Path(name), registries(case)
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
