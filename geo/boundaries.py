"""Shapes to draw: projected to an Albers conic in km, so that areas on the map are areas."""

from dataclasses import dataclass
from functools import cache
from typing import NoReturn

import geopandas
import pandas
from pandas.api.types import is_numeric_dtype
from shapely.geometry import MultiPolygon, Polygon, box

from data.reference.files import ConfigurationError
from data.reference.place import place

#: Longitude and latitude.
DEGREES = 4326

#: How far the picture reaches beyond the city, and how close together the points of `grid` lie.
MARGIN, STEP = 12.0, 4.0

#: A ring as drawn: x and y in km; rings of one shape are joined by None.
Path2D = tuple[tuple[float | None, ...], tuple[float | None, ...]]


@dataclass(frozen=True)
class Shape:
    """A named area: its outline and the point where its label stands."""

    code: str
    name: str
    outline: Path2D
    label: tuple[float, float]


def check() -> None:
    """Reads the files that place.toml names; ConfigurationError says which and what it lacks."""
    counties()
    neighbours()
    township_points()


def credit() -> str:
    """The source that every map names; nothing of a place without boundaries."""
    return place().credit


def _file(key: str) -> geopandas.GeoDataFrame:
    """A file of shapes in degrees, or none of a place that has no such file."""
    if (path := place().boundaries.get(key)) is None:
        return geopandas.GeoDataFrame({"code": [], "name": []}, geometry=[], crs=DEGREES)
    try:
        frame = geopandas.read_file(path)
        frame = frame.set_geometry(frame.force_2d().make_valid())
        return (frame if frame.crs else frame.set_crs(DEGREES)).to_crs(DEGREES)
    except Exception as error:  # pyogrio and pyproj have no error in common
        raise ConfigurationError(f"{path}：无法读取，须为GeoJSON文件（{error}）") from error


@cache
def _ours() -> geopandas.GeoDataFrame:
    """The place's counties in degrees; a file may hold a whole province's, its codes as numbers."""
    frame = _file("counties")
    if "counties" not in place().boundaries:
        return frame
    _require(frame, "counties", ("code", "name"))
    code = frame["code"].astype(str).str.removesuffix(".0")
    # A code that ends in 00 is a city's own outline.
    inside = code.str.fullmatch(rf"(?={place().prefix})[0-9]{{4}}(?!00)[0-9]{{2}}")
    frame = frame.assign(code=code)[inside]
    if frame.empty:
        _refuse(
            "counties", f"没有{place().name}的县区，其代码（code）为6位、以{place().prefix}开头"
        )
    if not frame.geom_type.isin(["Polygon", "MultiPolygon"]).all() or frame.is_empty.any():
        _refuse("counties", "每个县区须为面（Polygon、MultiPolygon）")
    if frame["name"].isna().any():
        _refuse("counties", "每个县区须有名称（name）")
    if not box(-180, -90, 180, 90).covers(box(*frame.total_bounds)):
        _refuse("counties", "坐标须为经纬度（先经度，后纬度）")
    return frame


@cache
def _albers() -> str:
    """
    An equal-area conic centred on the city, in km.

    Its two parallels lie a sixth of the city's height from its edges (Snyder, Map Projections,
    USGS Professional Paper 1395, p. 99).
    """
    west, south, east, north = _ours().total_bounds
    inset = (north - south) / 6
    return (
        f"+proj=aea +lat_1={south + inset:.4f} +lat_2={north - inset:.4f} "
        f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +units=km"
    )


@cache
def _counties() -> geopandas.GeoDataFrame:
    """The counties in km, in code order, with the point where each label stands."""
    frame = _ours()
    if frame.empty:
        return frame
    frame = frame.sort_values("code", ignore_index=True).to_crs(_albers())
    if all(is_numeric_dtype(frame.get(each)) for each in ("label_lon", "label_lat")):
        at = geopandas.points_from_xy(frame["label_lon"], frame["label_lat"], crs=DEGREES)
        return frame.assign(label=at.to_crs(_albers()))
    return frame.assign(label=frame.representative_point())


def _require(frame: pandas.DataFrame, key: str, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        _refuse(key, f"缺少{'、'.join(missing)}")


def _refuse(key: str, why: str) -> NoReturn:
    raise ConfigurationError(f"{place().boundaries[key]}：{why}")


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
    """The counties in code order; none of a place without boundaries."""
    frame = _counties()
    if frame.empty:
        return ()
    rows = zip(frame["code"], frame["name"], frame.geometry, frame["label"], strict=True)
    return tuple(
        Shape(code, name, _path(shape), (point.x, point.y)) for code, name, shape, point in rows
    )


@cache
def city() -> Path2D:
    """The outline of the whole city."""
    return _path(_counties().union_all())


@cache
def window(code: str = "") -> tuple[float, float, float, float]:
    """The extent of a map of the city or a county in km: west, south, east, north."""
    frame = _counties()
    selected = frame[frame["code"] == code] if code else frame
    west, south, east, north = selected.total_bounds
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


@cache
def neighbours() -> Path2D:
    """Neighbouring places, clipped to somewhat more than the city's window; nothing without."""
    frame = _file("neighbours")
    if frame.empty or not counties():
        return (), ()
    west, south, east, north = window()
    clipped = frame.to_crs(_albers()).clip(box(west - 60, south - 60, east + 60, north + 60))
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
            [x for x in xs for _ in ys], [y for _ in xs for y in ys], crs=_albers()
        )
    )
    inside = points.sjoin(_counties()[["code", "geometry"]], predicate="within")
    return tuple(
        (code, round(point.x, 1), round(point.y, 1))
        for code, point in zip(inside["code"], inside.geometry, strict=True)
    )


@cache
def township_points() -> dict[str, tuple[float, float]]:
    """Where each township's symbol stands, by 9-digit code; nothing of one without a point."""
    path = place().boundaries.get("townships")
    if path is None or not counties():
        return {}
    try:
        frame = pandas.read_csv(path, dtype={"code": str})
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}：无法读取，须为UTF-8编码的CSV文件（{error}）") from error
    _require(frame, "townships", ("code", "lon", "lat"))
    rows = frame[["code", "lon", "lat"]].dropna()
    if not all(is_numeric_dtype(rows[each]) for each in ("lon", "lat")):
        _refuse("townships", "经度（lon）、纬度（lat）须为数")
    points = geopandas.points_from_xy(rows["lon"], rows["lat"], crs=DEGREES).to_crs(_albers())
    return {
        code: (round(point.x, 2), round(point.y, 2))
        for code, point in zip(rows["code"], points, strict=True)
    }
