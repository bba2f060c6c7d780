"""Cells of a cube at the level that a question needs, narrowed to a region."""

from datetime import date

import polars as pl

from queries.answers import breakdowns
from queries.cubes.stage import day_number
from queries.region import LEVELS, Region
from queries.store.snapshot import Cubes


def cells(
    snapshot: Cubes,
    cube: str,
    by: str = "city",
    region: str = "",
    since: date | None = None,
) -> pl.DataFrame:
    """
    A cube at the level of the cut, or of the region when the cut is no region.

    `since`: of a cube by day, the rows from that day on.
    """
    inside = Region(region) if by in LEVELS else snapshot.access.region(region)
    level = by if by in LEVELS and LEVELS[by] >= LEVELS[inside.level] else inside.level
    frame = snapshot.cube(f"{cube}.{level}", None if since is None else day_number(since))
    return frame.filter(inside.holds(pl.col("region"))) if inside else frame


def own_group(snapshot: Cubes, region: str) -> str:
    """The group under which answers by region level show a region of the scope."""
    return region or breakdowns.city_code(snapshot)
