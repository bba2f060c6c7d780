"""Names on a map: beside their points, none over another, none beyond the window."""

import pytest

from exhibits.draw import townships
from geo import boundaries
from geo.labels import Point, sides

WINDOW = (0.0, 0.0, 20.0, 20.0)


def chosen(*points, fixed=(), scales=(1.0,)):
    return sides(points, fixed, WINDOW, scales)


def test_a_name_stands_at_the_right_of_its_point_and_at_the_edge_at_the_left():
    assert chosen(Point("1", "石桥镇", 5, 5), Point("2", "盐官镇", 18, 15)) == {
        "1": "right",
        "2": "left",
    }


def test_a_name_gives_way_to_the_name_and_the_symbol_that_are_there():
    first, above = Point("1", "石桥镇", 5, 5), Point("2", "盐官镇", 6, 5.5, 0.3)
    assert chosen(first, above) == {"1": "left", "2": "right"}
    assert chosen(first, fixed=[Point("", "礼县", 7, 5)]) == {"1": "left"}


def test_a_name_without_room_is_left_out():
    many = [Point(str(i), "石桥镇", 10, 10) for i in range(5)]
    assert "4" not in chosen(*many)


def test_room_is_needed_on_the_narrow_and_on_the_wide_screen():
    near = Point("1", "石桥镇", 5, 5), Point("2", "盐官镇", 9, 5, 0.3)
    assert chosen(*near)["1"] == "right"
    assert chosen(*near, scales=(0.8, 1.0))["1"] == "left"


@pytest.mark.parametrize("county", [county.code for county in boundaries.counties()])
def test_most_townships_of_every_county_have_their_name(county):
    codes = [code for code in boundaries.township_points() if code.startswith(county)]
    places = [
        Point(c, boundaries.township_names()[c], *boundaries.township_points()[c], 0.5)
        for c in codes
    ]
    scale = boundaries.scale(townships.NARROW, county) / townships.LETTER
    found = sides(places, boundaries.neighbouring(county), boundaries.window(county), [scale])
    assert len(found) > 0.5 * len(places)
