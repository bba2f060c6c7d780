"""A region code: its level, its county, what lies in it."""

import polars as pl
import pytest

from queries.region import Region, at_level


@pytest.mark.parametrize(
    ("code", "level", "county", "township", "parent"),
    [
        ("", "city", "", "", ""),
        ("621226", "county", "621226", "", ""),
        ("621226101", "township", "621226", "621226101", "621226"),
        ("621226101002", "township", "621226", "621226101", "621226"),  # a village
    ],
)
def test_a_code_knows_where_it_stands(code, level, county, township, parent):
    region = Region(code)
    assert (region.level, region.county, region.township) == (level, county, township)
    assert region.parent == parent
    assert region == code and {code: 1}[region] == 1  # a string for addresses, files and caches


def test_what_lies_in_it():
    codes = pl.Series("code", ["621226", "621226101", "621202", None])
    inside = {
        r: codes.to_frame().filter(Region(r).holds(pl.col("code"))).height for r in ("", "621226")
    }
    assert inside == {"": 3, "621226": 2}  # no code lies nowhere
    assert Region("621226").contains("621226101") and not Region("621226101").contains("621226")
    assert codes.to_frame().select(at_level(pl.col("code"), "county")).to_series().to_list() == [
        "621226",
        "621226",
        "621202",
        None,
    ]
