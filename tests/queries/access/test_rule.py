"""What a role is answered for, whatever it asks for."""

import pytest

from queries.access import WHOLE, access
from queries.access.rule import indicators_led, programmes_of
from queries.scope import Scope
from stores import D

OWN, OTHER, TOWNSHIP = "621202", "621226", "621202001"

COUNTY = access("county", OWN)
IN_TOWNSHIP = access("township", township=TOWNSHIP)
HOUSING = access("department", department="housing")
PARTNER = access("partner")


@pytest.mark.parametrize(
    ("role", "asked", "answered"),
    [
        (WHOLE, TOWNSHIP, TOWNSHIP),
        (COUNTY, "", OWN),
        (COUNTY, OTHER, OWN),
        (COUNTY, f"{OTHER}001", OWN),
        (COUNTY, OWN, OWN),
        (COUNTY, TOWNSHIP, TOWNSHIP),
        (IN_TOWNSHIP, "", TOWNSHIP),
        (IN_TOWNSHIP, OWN, TOWNSHIP),
        (IN_TOWNSHIP, f"{OWN}002", TOWNSHIP),
        (access("analyst"), TOWNSHIP, TOWNSHIP),
        (PARTNER, TOWNSHIP, OWN),
        (HOUSING, OTHER, OTHER),
    ],
)
def test_a_region_outside_ones_own_is_answered_by_ones_own(role, asked, answered):
    assert role.narrowed(Scope(D, region=asked)).region == answered


def test_a_department_is_answered_for_itself():
    scope = HOUSING.narrowed(Scope(D, None, "", "education", "dibao", "rural"))
    assert scope == Scope(D, None, "", "housing", "dibao", "rural")


def test_below_the_city_a_department_sees_its_cases_and_by_county_what_it_leads():
    led, other = indicators_led("housing")[0], "I0501"
    assert other not in indicators_led("housing")
    assert not HOUSING.withholds(other, "city", own_cases=False)
    assert not HOUSING.withholds(other, "township", own_cases=True)
    assert not HOUSING.withholds(led, "county", own_cases=False)
    assert HOUSING.withholds(led, "township", own_cases=False)
    assert HOUSING.withholds(other, "county", own_cases=False)
    assert not COUNTY.withholds(other, "county", own_cases=False)


def test_a_department_operates_its_programmes():
    assert {"P0931", "P0932", "P0933"} <= set(programmes_of("housing"))
    assert programmes_of("some_office") == []


def test_the_open_edition_of_a_role_ends_at_counties_and_lists_no_case():
    opened = COUNTY.in_open_edition()
    assert (opened.open, opened.lowest, opened.lists) == (True, "county", False)
    assert opened.region(TOWNSHIP) == OWN
    assert not opened.unlimited


def test_a_list_of_cases_is_of_who_has_an_area_or_a_department():
    assert [role.lists for role in (COUNTY, HOUSING, WHOLE, PARTNER)] == [True, True, False, False]
