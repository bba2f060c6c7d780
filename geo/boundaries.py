"""Shapes to draw: projected to an Albers conic in km, so that areas on the map are areas."""

from dataclasses import dataclass
from functools import cache

import geopandas
from shapely.geometry import MultiPolygon, Polygon, box

from data.reference.place import place
from geo import files
from geo.labels import Point

#: How far the picture reaches beyond the city.
MARGIN = 12.0

#: Kilometres below which `sketch` leaves out a bend.
SKETCH = 2.0

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


@cache
def _albers() -> str:
    """
    An equal-area conic centred on the city, in km.

    Its two parallels lie a sixth of the city's height from its edges (Snyder, Map Projections,
    USGS Professional Paper 1395, p. 99).
    """
    west, south, east, north = files.outlines().total_bounds
    inset = (north - south) / 6
    return (
        f"+proj=aea +lat_1={south + inset:.4f} +lat_2={north - inset:.4f} "
        f"+lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +units=km"
    )


@cache
def _counties() -> geopandas.GeoDataFrame:
    """The counties in km, in code order, with the point where each label stands."""
    frame = files.outlines()
    if frame.empty:
        return frame
    frame = frame.to_crs(_albers())
    if files.numbers(frame, "label_lon", "label_lat"):
        at = geopandas.points_from_xy(frame["label_lon"], frame["label_lat"], crs=files.DEGREES)
        return frame.assign(label=at.to_crs(_albers()))
    return frame.assign(label=frame.representative_point())


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
def sketch() -> tuple[tuple[str, Path2D], ...]:
    """Code and outline of each county for maps of a finger's width: borders still fit together."""
    frame = _counties()
    if frame.empty:
        return ()
    return tuple(zip(frame["code"], map(_path, frame.simplify_coverage(SKETCH)), strict=True))


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
    """Neighbouring places, clipped to somewhat more than the city's window; nothing without."""
    frame = files.around()
    if frame.empty or not counties():
        return (), ()
    west, south, east, north = window()
    clipped = frame.to_crs(_albers()).clip(box(west - 60, south - 60, east + 60, north + 60))
    paths = [_path(s) for s in clipped.geometry if isinstance(s, Polygon | MultiPolygon)]
    joined = [[v for path in paths for v in (*path[axis], None)] for axis in (0, 1)]
    return tuple(joined[0][:-1]), tuple(joined[1][:-1])


@cache
def township_points() -> dict[str, tuple[float, float]]:
    """Where each township's symbol stands, by 9-digit code; nothing of one without a point."""
    if not counties():
        return {}
    frame = files.townships().to_crs(_albers())
    return {
        code: (round(point.x, 2), round(point.y, 2))
        for code, point in zip(frame["code"], frame.geometry, strict=True)
    }


@cache
def township_names() -> dict[str, str]:
    """The names of the townships that have a point, by code; empty where the file names none."""
    frame = files.townships()
    return dict(zip(frame["code"], frame["name"].fillna(""), strict=True))
