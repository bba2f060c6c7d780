"""The files of shapes that place.toml names, in degrees; ConfigurationError says what is wrong."""

from functools import cache
from typing import NoReturn

import geopandas
import pandas
from pandas.api.types import is_numeric_dtype
from shapely.geometry import box

from data.reference.files import ConfigurationError
from data.reference.place import place

#: Longitude and latitude.
DEGREES = 4326

WORLD = box(-180, -90, 180, 90)


@cache
def outlines() -> geopandas.GeoDataFrame:
    """
    The counties: code, name, geometry; none of a place without boundaries.

    A file may hold a whole province, its codes as numbers and the outlines of cities too.
    """
    if "counties" not in place().boundaries:
        return _none()
    frame = _shapes("counties")
    _require(frame, "counties", ("code", "name"))
    prefix = place().prefix
    code = frame["code"].astype(str).str.removesuffix(".0")
    frame = frame.assign(code=code)[code.str.fullmatch(rf"(?={prefix})[0-9]{{4}}(?!00)[0-9]{{2}}")]
    if frame.empty:
        _refuse("counties", f"没有{place().name}的县区，代码（code）须为6位、以{prefix}开头")
    if not frame.geom_type.isin(["Polygon", "MultiPolygon"]).all() or frame.is_empty.any():
        _refuse("counties", "每个县区须为面（Polygon、MultiPolygon）")
    if frame["name"].isna().any():
        _refuse("counties", "每个县区须有名称（name）")
    return frame.sort_values("code", ignore_index=True)


def around() -> geopandas.GeoDataFrame:
    """What lies around the place; nothing where no file is named."""
    return _shapes("neighbours") if "neighbours" in place().boundaries else _none()


def townships() -> geopandas.GeoDataFrame:
    """A point a township: 9-digit code, and its name if the file has it; none without a file."""
    if (path := place().boundaries.get("townships")) is None:
        return _none()
    try:
        frame = pandas.read_csv(path, dtype={"code": str})
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path}：无法读取，须为UTF-8编码的CSV文件（{error}）") from error
    _require(frame, "townships", ("code", "lon", "lat"))
    rows = frame.reindex(columns=["code", "name", "lon", "lat"]).dropna(subset=["lon", "lat"])
    if not numbers(rows, "lon", "lat"):
        _refuse("townships", "经度（lon）、纬度（lat）须为数")
    at = geopandas.points_from_xy(rows["lon"], rows["lat"])
    return _in_degrees(geopandas.GeoDataFrame(rows, geometry=at, crs=DEGREES), "townships")


def numbers(frame: pandas.DataFrame, *columns: str) -> bool:
    """Whether columns are there, numeric and filled in every row."""
    return all(
        column in frame and is_numeric_dtype(frame[column]) and frame[column].notna().all()
        for column in columns
    )


def _none() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"code": [], "name": []}, geometry=[], crs=DEGREES)


def _shapes(key: str) -> geopandas.GeoDataFrame:
    path = place().boundaries[key]
    try:
        frame = geopandas.read_file(path)
        frame = frame.set_geometry(frame.force_2d().make_valid())
        frame = (frame if frame.crs else frame.set_crs(DEGREES)).to_crs(DEGREES)
    except Exception as error:  # pyogrio and pyproj have no error in common
        raise ConfigurationError(f"{path}：无法读取，须为GeoJSON文件（{error}）") from error
    return _in_degrees(frame, key)


def _in_degrees(frame: geopandas.GeoDataFrame, key: str) -> geopandas.GeoDataFrame:
    """Refuses kilometres, and latitude before longitude: a map of them would be blank."""
    drawn = frame.geometry.notna() & ~frame.is_empty
    if drawn.any() and not WORLD.covers(box(*frame.total_bounds)):
        _refuse(key, "坐标须为经纬度（先经度，后纬度）")
    return frame


def _require(frame: pandas.DataFrame, key: str, columns: tuple[str, ...]) -> None:
    if missing := [column for column in columns if column not in frame.columns]:
        _refuse(key, f"缺少{'、'.join(missing)}")


def _refuse(key: str, why: str) -> NoReturn:
    raise ConfigurationError(f"{place().boundaries[key]}：{why}")
