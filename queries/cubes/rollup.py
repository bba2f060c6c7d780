"""Roll-ups: every cube is stored per region level, so that a page reads only the level it shows."""

import polars as pl

from queries.region import LEVELS, at_level

FINEST, *COARSER = reversed(LEVELS)

#: What every indicator counts.
COUNTS = ["numerator", "denominator"]


def coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with texts as categories: grouped and sorted in half the time, in less memory."""
    return frame.with_columns(pl.col(pl.String).cast(pl.Categorical))


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with categories as texts again."""
    return frame.with_columns(pl.col(pl.Categorical).cast(pl.String))


def roll_up(cells: pl.DataFrame, measures: list[str]) -> dict[str, pl.DataFrame]:
    """
    Cells by township (`region`, 9 digits) summed to each level: city, county, township.

    The city's region is the empty string; a row without a region counts in the city and
    stands under null at the other levels.
    """
    finest = _at(coded(cells), FINEST, measures)
    return {level: as_text(frame) for level, frame in coded_levels(finest, measures).items()}


def coded_levels(cells: pl.DataFrame, measures: list[str]) -> dict[str, pl.DataFrame]:
    """The same of cells that are there once each, with texts as categories, which they stay."""
    levels = {FINEST: cells}
    # From the finest up: each level has fewer cells than the one below it.
    for level in COARSER:
        cells = levels[level] = _at(cells, level, measures)
    return {level: levels[level] for level in LEVELS}


def _at(cells: pl.DataFrame, level: str, measures: list[str]) -> pl.DataFrame:
    code = at_level(pl.col("region").cast(pl.String), level)
    region = (pl.lit("") if level == "city" else code).cast(pl.Categorical)
    dimensions = [name for name in cells.columns if name not in measures]
    summed = cells.lazy().with_columns(region=region).group_by(dimensions)
    return summed.agg(pl.col(measures).sum()).collect(engine="streaming")
