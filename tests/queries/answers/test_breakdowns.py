"""Groups of an answer, in official order, within the access."""

from dataclasses import replace

import polars as pl
import pytest

from data.reference.departments import members
from edited_reference import in_place
from queries.access import AccessError, access
from queries.answers import breakdowns

COUNTY = access("county", "621221")


def test_regions_stand_in_official_order(day):
    assert breakdowns.regions(day, "county") == (("621202", "武都区"), ("621221", "成县"))
    assert breakdowns.region_codes(day, "township") == ["621202001", "621202002", "621221001"]
    assert breakdowns.region_codes(day, "city") == ["621200"]


def test_a_county_has_its_own_and_the_city(day):
    own = replace(day, access=COUNTY)
    assert breakdowns.own_codes(own, "county") == ["621221"]
    assert breakdowns.own_codes(own, "township") == ["621221001"]
    assert breakdowns.own_codes(own, "city") == ["621200"]


def test_a_region_that_the_registry_lacks_is_refused_by_name(day):
    breakdowns.require_own_region(replace(day, access=COUNTY))
    with pytest.raises(AccessError, match="登记库的地区表中没有621226"):
        breakdowns.require_own_region(replace(day, access=access("county", "621226")))


def test_a_day_of_another_place_is_refused_with_both(day, tmp_path):
    breakdowns.require_own_place(day)
    with in_place(tmp_path, "620500", "天水市"), pytest.raises(AccessError) as refused:
        breakdowns.require_own_region(day)
    assert str(refused.value).startswith(
        "该日数据属于陇南市（621200），设置的地区是天水市（620500），请核对"
    )
    # A province's board opens what its cities sent.
    with in_place(tmp_path, "620000", "甘肃省"):
        breakdowns.require_own_place(day)


def test_members_come_first_then_whoever_else_the_data_name(day):
    found = breakdowns.departments(day, pl.Series(["some_office", "housing", None]))
    assert found == [*members(day.as_of), "some_office"]
    assert found[:2] == ["civil_affairs", "education"]
    housing = replace(day, access=access("department", department="housing"))
    assert breakdowns.departments(housing, pl.Series(["health"])) == ["housing"]
