"""Files of shapes as offices have them: read where they can be, else refused in one sentence."""

import json
from typing import Any

import pytest

from data.reference.files import ConfigurationError
from edited_reference import in_place
from geo import boundaries, files

COUNTIES = '[boundaries]\ncounties = "c.geojson"\ncredit = "底图：天地图"\n'
TOWNSHIPS = f'{COUNTIES}townships = "t.csv"\n'

Ring = list[tuple[float, ...]]

SQUARE: Ring = [(105, 34), (105.1, 34), (105.1, 34.1), (105, 34.1), (105, 34)]


def polygon(ring: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def written(folder, *features: tuple[Any, Any], name: str | None = "秦州区") -> None:
    """`c.geojson` of codes and geometries."""
    listed = [
        {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry}
        for code, geometry in features
    ]
    content = {"type": "FeatureCollection", "features": listed}
    (folder / "c.geojson").write_text(json.dumps(content), encoding="utf-8")


def codes(folder) -> list[str]:
    with in_place(folder, "620500", "天水市", COUNTIES):
        boundaries.check()
        return list(files.outlines()["code"])


def test_codes_may_be_numbers_and_the_file_a_whole_province_s(tmp_path):
    of_all = (620502, 620500, 621202, 620000, None)
    written(tmp_path, *((code, polygon(SQUARE)) for code in of_all))
    assert codes(tmp_path) == ["620502"]


def test_heights_and_crossing_rings_are_put_right(tmp_path):
    crossing = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    high = [(*point, 1200.0) for point in SQUARE]
    written(tmp_path, ("620502", polygon(crossing)), ("620503", polygon(high)))
    assert codes(tmp_path) == ["620502", "620503"]


LINE = {"type": "LineString", "coordinates": SQUARE[:2]}
SWAPPED = polygon([(y, x) for x, y in SQUARE])
METRES = polygon([(x * 1e4, y * 1e5) for x, y in SQUARE])


@pytest.mark.parametrize(
    ("features", "why"),
    [
        ([], "缺少code、name"),
        ([("621202", polygon(SQUARE))], "没有天水市的县区，代码（code）须为6位、以6205开头"),
        ([("620502", None)], "每个县区须为面"),
        ([("620502", LINE)], "每个县区须为面"),
        ([("620502", SWAPPED)], "坐标须为经纬度"),
        ([("620502", METRES)], "坐标须为经纬度"),
    ],
)
def test_what_is_no_county_is_refused(tmp_path, features, why):
    written(tmp_path, *features)
    with pytest.raises(ConfigurationError, match=f"c.geojson：{why}"):
        codes(tmp_path)


def test_a_file_that_is_none_and_counties_without_names_are_refused(tmp_path):
    written(tmp_path, ("620502", polygon(SQUARE)), name=None)
    with pytest.raises(ConfigurationError, match=r"c.geojson：每个县区须有名称"):
        codes(tmp_path)
    (tmp_path / "c.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"c.geojson：无法读取，须为GeoJSON文件"):
        codes(tmp_path)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,lon\n620502001,105", "缺少lat"),
        ("code,lon,lat\n620502001,105°,34°", "经度（lon）、纬度（lat）须为数"),
        ("code,lon,lat\n620502001,34,105", "坐标须为经纬度"),
    ],
)
def test_what_is_no_point_is_refused(tmp_path, text, why):
    written(tmp_path, ("620502", polygon(SQUARE)))
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with in_place(tmp_path, "620500", "天水市", TOWNSHIPS), pytest.raises(ConfigurationError) as no:
        boundaries.check()
    assert f"t.csv：{why}" in str(no.value)
