"""Cells of a cube at the level of the cut, within the region and the access."""

from dataclasses import replace
from datetime import date

from queries.access import access
from queries.answers.cube_rows import cells, own_group


def places(rows):
    return sorted(set(rows["region"]))


def test_a_cut_by_region_reads_its_own_level_and_any_other_that_of_the_region(day):
    assert places(cells(day, "warnings", "city")) == [""]
    assert places(cells(day, "warnings", "county")) == ["621202", "621221"]
    assert places(cells(day, "warnings", "kind")) == [""]
    assert places(cells(day, "warnings", "kind", "621202")) == ["621202"]


def test_a_coarser_cut_than_the_region_reads_the_regions_level(day):
    assert places(cells(day, "warnings", "county", "621202001")) == ["621202001"]
    assert places(cells(day, "warnings", "township", "621202")) == ["621202001", "621202002"]


def test_who_has_a_county_is_answered_for_it_whatever_is_asked(day):
    own = replace(day, access=access("county", "621221"))
    assert places(cells(own, "warnings", "kind")) == ["621221"]
    assert places(cells(own, "warnings", "kind", "621202")) == ["621221"]


def test_of_a_cube_by_day_the_rows_from_that_day_on(day):
    def raised(since):
        return cells(day, "flow", since=since).filter(id="I0701")["numerator"].sum()

    assert [raised(date(2026, 10, d)) for d in (8, 9, 20, 21)] == [7, 5, 1, 0]


def test_the_citys_own_group_is_its_code(day):
    assert own_group(day, "") == "621200"
    assert own_group(day, "621202") == "621202"
