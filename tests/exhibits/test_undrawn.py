"""A map whose counties have no outline, or no points, is a table that says so; never blank."""

import json
from datetime import date

import polars as pl
import pytest

from drawing import registry, snapshot_of
from edited_reference import in_place
from exhibits.exhibit import Chart
from exhibits.make import is_drawn, undrawn

NAMES = {"621202": "武都区", "621221": "成县"}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return snapshot_of(registry(), tmp_path_factory.mktemp("store"), date(2026, 10, 31))


def county(code: str) -> dict:
    ring = [(105, 33), (105.1, 33), (105.1, 33.1), (105, 33)]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": NAMES[code]},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def said(snapshot, folder, outlines=(), points="", focus="", kind="map"):
    """Whether a map of the city or of one county is drawn, and what its finding ends with."""
    content = {"type": "FeatureCollection", "features": list(map(county, outlines))}
    (folder / "c.geojson").write_text(json.dumps(content), encoding="utf-8")
    (folder / "t.csv").write_text(f"code,lon,lat\n{points}", encoding="utf-8")
    lines = ['counties = "c.geojson"'] if outlines else []
    lines += ['townships = "t.csv"'] if points else []
    lines = ["[boundaries]", *lines, 'credit = "底图"'] if lines else []
    chart = Chart(kind, pl.DataFrame(), focus=focus)
    with in_place(folder, "621200", "陇南市", "\n".join(lines)):
        return is_drawn(chart), undrawn(snapshot, chart)


def test_of_a_city_that_has_no_boundaries(snapshot, tmp_path):
    assert said(snapshot, tmp_path) == (False, "地图无此区划界线，数值列于表中。")
    assert said(snapshot, tmp_path, focus="621202")[0] is False
    assert said(snapshot, tmp_path, kind="bar")[0] is True


def test_counties_that_the_file_lacks_are_named(snapshot, tmp_path):
    one = "成县：地图无此区划界线，数值列于表中。"
    assert said(snapshot, tmp_path, ["621202"]) == (True, one)
    assert said(snapshot, tmp_path, ["621202"], focus="621221") == (False, one)


def test_a_county_whose_townships_have_no_points(snapshot, tmp_path):
    alone = (snapshot, tmp_path, ["621202"])
    assert said(*alone, focus="621202") == (False, "地图无乡镇点位，数值列于表中。")
    assert said(*alone, points="621202001,105.05,33.05\n", focus="621202") == (True, "")
