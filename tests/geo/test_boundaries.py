"""Shapes of the place: of any city's own files, and of one that has none."""

import json

import pytest

from edited_reference import in_place
from geo import boundaries

FILE = '[boundaries]\ncounties = "c.geojson"\ncredit = "底图：天地图"\n'


def square(code: str, west: float) -> dict:
    """A county of a tenth of a degree at 34° N."""
    ring = [(west, 34), (west + 0.1, 34), (west + 0.1, 34.1), (west, 34.1), (west, 34)]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"{code}县"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def written(folder, *features) -> None:
    content = {"type": "FeatureCollection", "features": list(features)}
    (folder / "c.geojson").write_text(json.dumps(content), encoding="utf-8")


def test_longnan_has_nine_counties_and_nearly_all_its_townships():
    assert len(boundaries.counties()) == 9
    assert len(boundaries.township_points()) == 198
    west, south, east, north = boundaries.window()
    assert (round(east - west), round(north - south)) == (261, 239)


def test_another_city_s_counties_in_kilometres_around_its_middle(tmp_path):
    written(tmp_path, square("620503", 105.1), square("620502", 105.0))
    with in_place(tmp_path, "620500", "天水市", FILE):
        first, second = boundaries.counties()
        assert [first.code, second.code] == ["620502", "620503"]
        # A tenth of a degree at 34° N is 9.2 km across and 11.1 km high.
        assert boundaries.window() == pytest.approx((-21.2, -17.5, 21.2, 17.5), abs=0.1)
        assert first.label == pytest.approx((-4.6, 0), abs=0.1)
        assert [code for code, _ in boundaries.sketch()] == ["620502", "620503"]
        assert boundaries.neighbours() == ((), ())
        assert boundaries.township_points() == {}


def test_a_place_without_boundaries_has_no_shapes(tmp_path):
    with in_place(tmp_path, "620500", "天水市"):
        assert boundaries.counties() == ()
        boundaries.check()
