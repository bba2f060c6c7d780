"""Roll-ups: every cube is stored per region level, so that a page reads only the level it shows."""

import polars as pl

from queries.cubes.measures import LEVELS

#: What every indicator counts.
COUNTS = ["numerator", "denominator"]


def roll_up(cells: pl.DataFrame, measures: list[str]) -> dict[str, pl.DataFrame]:
    """
    Cells by township (`region`, 9 digits) summed to each level: city, county, township.

    The city's region is the empty string; a row without a region counts in the city and
    stands under null at the other levels.
    """
    levels = {}
    # From the finest up: each level has fewer cells than the one below it.
    for level in reversed(LEVELS):
        cells = levels[level] = _at(cells, level, measures)
    return {level: levels[level] for level in LEVELS}


def _at(cells: pl.DataFrame, level: str, measures: list[str]) -> pl.DataFrame:
    region = pl.lit("") if level == "city" else pl.col("region").str.slice(0, LEVELS[level])
    dimensions = [name for name in cells.columns if name not in measures]
    summed = cells.lazy().with_columns(region=region).group_by(dimensions)
    return summed.agg(pl.col(measures).sum()).collect(engine="streaming")
