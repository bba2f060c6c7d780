"""Shapes to draw: projected to an Albers conic in km, so that areas on the map are areas."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas
import pandas
from shapely.geometry import MultiPolygon, Polygon, box

from geo.labels import Point

FOLDER = Path(__file__).parent

#: Equal-area conic centred on the city; units are kilometres.
ALBERS = "+proj=aea +lat_1=32.8 +lat_2=34.3 +lat_0=33.5 +lon_0=105.3 +units=km"

#: How far the picture reaches beyond the city, and how close together the points of `grid` lie.
MARGIN, STEP = 12.0, 4.0

CREDIT = "底图：国家地理信息公共服务平台“天地图”；乡镇点位：GeoNames（CC BY）"

#: A ring as drawn: x and y in km; rings of one shape are joined by None.
Path2D = tuple[tuple[float | None, ...], tuple[float | None, ...]]


@dataclass(frozen=True)
class Shape:
    """A named area: its outline and the point where its label stands."""

    code: str
    name: str
    outline: Path2D
    label: tuple[float, float]


@cache
def _counties() -> geopandas.GeoDataFrame:
    return geopandas.read_file(FOLDER / "longnan_counties.geojson").to_crs(ALBERS)


def _path(shape: Polygon | MultiPolygon) -> Path2D:
    polygons = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    xs: list[float | None] = []
    ys: list[float | None] = []
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            points = ring.coords
            xs += [*(round(x, 2) for x, _ in points), None]
            ys += [*(round(y, 2) for _, y in points), None]
    return tuple(xs[:-1]), tuple(ys[:-1])


@cache
def counties() -> tuple[Shape, ...]:
    """The nine counties in code order."""
    frame = _counties()
    at = geopandas.points_from_xy(frame["label_lon"], frame["label_lat"], crs=4326).to_crs(ALBERS)
    rows = zip(frame["code"], frame["name"], frame.geometry, at, strict=True)
    return tuple(
        Shape(code, name, _path(shape), (point.x, point.y))
        for code, name, shape, point in sorted(rows, key=lambda row: row[0])
    )


@cache
def city() -> Path2D:
    """The outline of the whole city."""
    return _path(_counties().union_all())


@cache
def window(code: str = "") -> tuple[float, float, float, float]:
    """The extent of a map of the city or a county in km: west, south, east, north."""
    frame = _counties()
    selected = frame[frame["code"] == code] if is_drawn(code) else frame
    west, south, east, north = selected.total_bounds
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def is_drawn(code: str) -> bool:
    """Whether a county has an outline."""
    return code in {county.code for county in counties()}


def scale(size: tuple[float, float], code: str = "") -> float:
    """Pixels a km of a map of so many pixels."""
    west, south, east, north = window(code)
    return min(size[0] / (east - west), size[1] / (north - south))


def neighbouring(code: str) -> list[Point]:
    """The names of the other counties, at their labels."""
    return [Point(c.code, c.name, *c.label) for c in counties() if c.code != code]


@cache
def neighbours() -> Path2D:
    """Neighbouring prefectures, clipped to somewhat more than the city's window."""
    west, south, east, north = window()
    frame = geopandas.read_file(FOLDER / "context_prefectures.geojson").to_crs(ALBERS)
    clipped = frame.clip(box(west - 60, south - 60, east + 60, north + 60))
    paths = [_path(s) for s in clipped.geometry if isinstance(s, Polygon | MultiPolygon)]
    joined = [[v for path in paths for v in (*path[axis], None)] for axis in (0, 1)]
    return tuple(joined[0][:-1]), tuple(joined[1][:-1])


@cache
def grid() -> tuple[tuple[str, float, float], ...]:
    """Points 4 km apart with the county they lie in: where a click or hover lands."""
    west, south, east, north = _counties().total_bounds
    xs = [west + STEP * i for i in range(int((east - west) / STEP) + 1)]
    ys = [south + STEP * i for i in range(int((north - south) / STEP) + 1)]
    points = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy(
            [x for x in xs for _ in ys], [y for _ in xs for y in ys], crs=ALBERS
        )
    )
    inside = points.sjoin(_counties()[["code", "geometry"]], predicate="within")
    return tuple(
        (code, round(point.x, 1), round(point.y, 1))
        for code, point in zip(inside["code"], inside.geometry, strict=True)
    )


@cache
def _townships() -> pandas.DataFrame:
    columns = ["code", "name", "lon", "lat"]
    path = FOLDER / "longnan_township_points.csv"
    return pandas.read_csv(path, dtype={"code": str}, usecols=columns).dropna()


@cache
def township_points() -> dict[str, tuple[float, float]]:
    """Where each township's symbol stands, by 9-digit code; one township has no point."""
    rows = _townships()
    points = geopandas.points_from_xy(rows["lon"], rows["lat"], crs=4326).to_crs(ALBERS)
    return {
        code: (round(point.x, 2), round(point.y, 2))
        for code, point in zip(rows["code"], points, strict=True)
    }


@cache
def township_names() -> dict[str, str]:
    """The names of the townships that have a point, by code."""
    rows = _townships()
    return dict(zip(rows["code"], rows["name"], strict=True))
