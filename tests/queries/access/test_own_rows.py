"""The rows of a cube that a role may know of; where these are none at all, a refusal."""

import polars as pl
import pytest

from queries.access import WHOLE, AccessError, access
from queries.access.own_rows import narrowed

OWN = "621202"

COUNTY = access("county", OWN)
IN_TOWNSHIP = access("township", township=f"{OWN}001")
HOUSING = access("department", department="housing")
PARTNER = access("partner")

CUBE = pl.DataFrame({"region": ["621202001", "621226001", None], "n": [3, 4, 5]})


def test_a_cube_holds_no_other_county():
    cube = pl.DataFrame({"region": ["621202001", "621226001", None], "n": [3, 4, 5]})
    assert narrowed(COUNTY, "warnings.township", cube).rows() == [("621202001", 3)]


def test_the_office_has_every_row():
    assert narrowed(WHOLE, "warnings.township", CUBE) is CUBE


def test_a_township_has_no_cube_of_what_is_above_it_and_the_partner_none_below_a_county():
    with pytest.raises(AccessError, match="查看范围"):
        narrowed(IN_TOWNSHIP, "warnings.county", CUBE)
    with pytest.raises(AccessError, match="查看范围"):
        narrowed(PARTNER, "warnings.township", CUBE)


def test_a_department_has_its_programmes_and_its_referrals():
    coverage = pl.DataFrame({"programme": ["P0931", "P0801"], "n": [1, 2]})
    assert narrowed(HOUSING, "coverage.county", coverage).rows() == [("P0931", 1)]
    response = pl.DataFrame({"department": ["housing", "health"], "n": [1, 2]})
    assert narrowed(HOUSING, "response.county", response).rows() == [("housing", 1)]


def test_a_list_of_cases_is_refused_to_who_has_none():
    with pytest.raises(AccessError, match="不提供逐件清单"):
        narrowed(access("leader"), "open_warnings", CUBE)
    with pytest.raises(AccessError, match="不提供逐件清单"):
        narrowed(HOUSING, "open_warnings", CUBE)


def test_stored_rates_of_others_are_for_who_is_narrowed_and_never_in_the_open_edition():
    assert narrowed(COUNTY, "rates.county", CUBE) is CUBE
    with pytest.raises(AccessError):
        narrowed(PARTNER, "rates.county", CUBE)
