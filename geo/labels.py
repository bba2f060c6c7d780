"""Names of points on a map: each beside its point, none over another; what has no room has none."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Where a name may stand, as steps right and up of its point, the best first.
SIDES = {
    "right": (1, 0),
    "left": (-1, 0),
    "above": (0, 1),
    "below": (0, -1),
    "upper right": (1, 1),
    "lower right": (1, -1),
    "upper left": (-1, 1),
    "lower left": (-1, -1),
}

#: Between a point and its name, and the height of a line, as parts of a letter.
GAP, HIGH = 0.2, 1.25

#: Left, lower, right and upper edge.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Point:
    """A place in km with its name; `radius` of its symbol in letters."""

    code: str
    name: str
    x: float
    y: float
    radius: float = 0.0


def sides(
    points: Sequence[Point],
    fixed: Sequence[Point],
    window: Box,
    scales: Sequence[float],
) -> dict[str, str]:
    """
    The side on which the name of a point stands, by its code; the first points choose first.

    `fixed`: names that stand on their points; `window`: in km, what is seen; `scales`: letters a
    km, for each of which no name may lie on a name or symbol, or beyond the window.
    """
    taken = {s: [_box(each, (0, 0), s) for each in fixed] for s in scales}
    symbols = {s: [(each.code, _symbol(each, s)) for each in points] for s in scales}
    chosen: dict[str, str] = {}
    for point in points:
        for side, step in SIDES.items():
            boxes = {s: _box(point, step, s) for s in scales}
            others = {s: [box for code, box in symbols[s] if code != point.code] for s in scales}
            if all(_free(boxes[s], [*taken[s], *others[s]], window, s) for s in scales):
                chosen[point.code] = side
                for s in scales:
                    taken[s].append(boxes[s])
                break
    return chosen


def _box(point: Point, step: tuple[int, int], scale: float) -> Box:
    """The box of a name in letters."""
    wide, out = len(point.name), point.radius + GAP
    x = point.x * scale + step[0] * (out + wide / 2)
    y = point.y * scale + step[1] * (out + HIGH / 2)
    return x - wide / 2, y - HIGH / 2, x + wide / 2, y + HIGH / 2


def _symbol(point: Point, scale: float) -> Box:
    x, y, r = point.x * scale, point.y * scale, point.radius
    return x - r, y - r, x + r, y + r


def _free(box: Box, taken: Sequence[Box], window: Box, scale: float) -> bool:
    west, south, east, north = (edge * scale for edge in window)
    inside = box[0] >= west and box[1] >= south and box[2] <= east and box[3] <= north
    return inside and not any(_meet(box, other) for other in taken)


def _meet(one: Box, other: Box) -> bool:
    return all(one[i] < other[i + 2] and other[i] < one[i + 2] for i in (0, 1))
