"""The townships of a county on its map: circles by size, and their names where there is room."""

from typing import Any

import polars as pl

from exhibits import palette
from geo import boundaries, labels

#: Pixels of a letter of a name; of the largest circle across.
LETTER, SYMBOL = 11, 34

#: Pixels of the map on a phone and on a wide screen: names must have room on both.
NARROW, BROAD = (320, 420), (1300, 540)


def across(sizes: pl.Series) -> list[float]:
    """The width of each circle: its area is as large as its size."""
    largest = sizes.max() or 1
    return [SYMBOL * float(n / largest) ** 0.5 if n > 0 else 0 for n in sizes]


def sized(data: pl.DataFrame) -> pl.DataFrame:
    """The townships that have a circle and a point, the largest first."""
    points = list(boundaries.township_points())
    rows = data.filter(pl.col("code").is_in(points), kind="township").drop_nulls("size")
    return rows.sort("size", descending=True, maintain_order=True)


def places(data: pl.DataFrame, letter: float) -> list[labels.Point]:
    """The townships as points, the largest first; `letter`: pixels of one."""
    rows, point_by_code = sized(data), boundaries.township_points()
    name_by_code = boundaries.township_names()
    return [
        labels.Point(code, name_by_code[code], *point_by_code[code], wide / 2 / letter)
        for code, wide in zip(rows["code"], across(rows["size"]), strict=True)
    ]


def fits(county: boundaries.Shape, focus: str) -> bool:
    """Whether the name of a neighbour of a county is seen as a whole on the county's map."""
    west, south, east, north = boundaries.window(focus)
    room = len(county.name) * LETTER / boundaries.scale(NARROW, focus)
    x, y = county.label
    inside = west + room < x < east - room and south + room < y < north - room
    return county.code != focus and inside


def named(data: pl.DataFrame, focus: str) -> list[dict[str, Any]]:
    """The names as annotations beside their circles, the largest first."""
    window = boundaries.window(focus)
    points = places(data, LETTER)
    scales = [boundaries.scale(size, focus) / LETTER for size in (NARROW, BROAD)]
    side_by_code = labels.sides(points, boundaries.neighbouring(focus), window, scales)
    return [
        _name(point, *labels.SIDES[side_by_code[point.code]])
        for point in points
        if point.code in side_by_code
    ]


def _name(point: labels.Point, right: int, up: int) -> dict[str, Any]:
    out = (point.radius + labels.GAP) * LETTER
    return {
        "x": point.x,
        "y": point.y,
        "text": point.name,
        "xanchor": ("right", "center", "left")[right + 1],
        "yanchor": ("top", "middle", "bottom")[up + 1],
        "xshift": right * out,
        "yshift": up * out,
        "borderpad": 0,
        "bgcolor": "rgba(255, 255, 255, 0.6)",
        "showarrow": False,
        "captureevents": False,
        "font": {"size": LETTER, "color": palette.INK},
    }
