"""Counts of indicators per region level, under one another with the same columns."""

from collections.abc import Iterable, Mapping

import narwhals as nw
import polars as pl

from queries.cubes.engine import Engine
from queries.cubes.rollup import COUNTS, coded, coded_levels
from queries.region import LEVELS


def _long(frames: Iterable[pl.DataFrame], dimensions: list[str]) -> pl.DataFrame:
    """
    Frames under one another with the same columns, texts as categories.

    A missing dimension is null, a missing count 0.
    """
    schema = dict.fromkeys(dimensions, pl.String) | dict.fromkeys(COUNTS, pl.Int64)
    if "day" in schema:
        schema["day"] = pl.Int64
    empty = pl.DataFrame(schema=schema)
    whole = pl.concat([empty, *frames], how="diagonal_relaxed")
    return coded(whole.with_columns(pl.col(COUNTS).fill_null(0)))


def levelled(
    engine: Engine,
    additive: Iterable[nw.LazyFrame],
    by_level: Iterable[dict[str, nw.LazyFrame]],
    dimensions: list[str],
    extra: Mapping[str, pl.DataFrame] | None = None,
) -> dict[str, pl.DataFrame]:
    """
    Additive counts rolled up and, beside them, what each level has to count by itself.

    Each cell of `additive` is there once, whichever frame has it. Texts are categories.
    """
    levels = coded_levels(_long(engine.collect_all(additive), dimensions), COUNTS)
    placed = [(level, frame) for frames in by_level for level, frame in frames.items()]
    counted = engine.collect_all(frame for _, frame in placed)
    apart = {level: [extra[level]] if extra else [] for level in LEVELS}
    for (level, _), frame in zip(placed, counted, strict=True):
        apart[level].append(frame)
    return {level: pl.concat([levels[level], _long(apart[level], dimensions)]) for level in LEVELS}
