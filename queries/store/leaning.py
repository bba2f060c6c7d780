"""Large cubes of a day as what differs from those of an earlier day: most of a history stays.

A cube that leans on another has in its Parquet file the rows that the other lacks, and in a file
`.gone` beside it, Parquet too, the numbers of the other's rows that it lacks.
"""

from functools import reduce
from operator import add
from pathlib import Path

import polars as pl

#: Rows from which on a cube leans: a small one would save little, and opening two more files takes
#: as long as reading it.
LEAST = 100_000

GONE = ".gone"
ROW = "row"


def difference(cube: pl.DataFrame, base: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """Rows that the base lacks, and numbers of its rows that go; None where it does not serve."""
    if min(cube.height, base.height) < LEAST or cube.schema != base.schema:
        return None
    ours, theirs = _hashes(cube, 1), _hashes(base, 1)
    new = cube.filter(~ours.is_in(theirs.implode()))
    gone = (~theirs.is_in(ours.implode())).arg_true()
    if base.height + new.height - len(gone) != cube.height or new.height > cube.height // 8:
        return None
    # With other hashes: that two rows share one is as good as excluded, and so is a row twice.
    kept = base.filter(~pl.Series(range(base.height)).is_in(gone.implode()))
    if sum(map(_sum, (kept, new))) != _sum(cube):
        return None
    return new, gone.alias(ROW).to_frame()


def scanned(path: Path, name: str, base: Path | None) -> pl.LazyFrame:
    """A cube of a version, with what it leans on where it does."""
    own, file = pl.scan_parquet(path / f"{name}.parquet"), path / f"{name}{GONE}"
    if base is None or not file.exists():
        return own
    theirs = pl.scan_parquet(base / f"{name}.parquet", row_index_name=ROW)
    gone = pl.read_parquet(file)[ROW]
    return pl.concat([theirs.filter(~pl.col(ROW).is_in(gone.implode())).drop(ROW), own])


def _hashes(cube: pl.DataFrame, seed: int) -> pl.Series:
    by_column = (pl.col(name).hash(seed + place) for place, name in enumerate(cube.columns))
    return cube.select(reduce(add, by_column).hash(seed)).to_series()


def _sum(cube: pl.DataFrame) -> int:
    hashes = _hashes(cube, 1_000)
    return int((hashes // 2**32).sum()) + int((hashes % 2**32).sum()) * 2**64
