"""An engine that runs the cubes: it opens staged Parquet and gives narwhals frames."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from data.registry.fingerprint import RowSums, row_sums
from data.registry.frames import collected_all


class EngineError(Exception):
    """The engine cannot be reached, or was lost; the message is one line."""


@dataclass(frozen=True)
class Engine:
    """
    How an engine opens a Parquet file and keeps an intermediate result, in a file or in memory.

    `work`: the folder that its workers see; None where this process computes by itself.
    `failing`: turns what goes wrong between this process and the engine into an `EngineError`;
    who makes a plan is within it too, for Spark is asked then what columns a frame has.
    `catalogue`, `row_sums`: with them a cluster reads a registry of its own (`registry.workers`).
    """

    name: str
    scan: Callable[[Path], Any]
    keep: Callable[[Any, Path], Any]
    sink: Callable[[Mapping[str, Any], Path], None]
    work: Path | None = None
    failing: Callable[[], AbstractContextManager[None]] = nullcontext
    catalogue: Callable[[str], Mapping[str, Any]] = lambda schema: {}
    row_sums: RowSums = row_sums

    def given(self, frames: Mapping[str, Any], folder: Path) -> dict[str, nw.LazyFrame]:
        """Frames of this process as the engine's own; workers get them as files of a folder."""
        is_here = all(isinstance(frame, pl.LazyFrame) for frame in frames.values())
        if self.work is None or not is_here:
            return {name: nw.from_native(frame) for name, frame in frames.items()}
        stage(frames, folder)
        return self.open(folder)

    def read(self, folder: Path, name: str) -> nw.LazyFrame:
        """A staged frame of a folder."""
        return nw.from_native(self.scan(folder / f"{name}.parquet"))

    def write(self, frames: Mapping[str, nw.LazyFrame], folder: Path) -> None:
        """Writes frames as Parquet, one file each or, by workers, a folder of files."""
        self.sink({name: nw.to_native(frame) for name, frame in frames.items()}, folder)

    def open(self, folder: Path) -> dict[str, nw.LazyFrame]:
        """Every staged frame of a folder, by name."""
        files = sorted(folder.glob("*.parquet"))
        return {file.stem: nw.from_native(self.scan(file)) for file in files}

    def persist(self, frame: nw.LazyFrame, file: Path) -> nw.LazyFrame:
        """The frame computed once, for several cubes to read; of an earlier day it is replaced."""
        return nw.from_native(self.keep(nw.to_native(frame), file))

    def collect(self, frame: nw.LazyFrame) -> pl.DataFrame:
        """The frame as a Polars frame; integers as Int64, whatever width the engine used."""
        return self.collect_all([frame])[0]

    def collect_all(self, frames: Iterable[nw.LazyFrame]) -> list[pl.DataFrame]:
        """Frames as Polars frames, see `collect`; Polars computes them side by side."""
        return [_whole(table) for table in collected_all(frames)]


def _whole(table: pl.DataFrame) -> pl.DataFrame:
    """Counts and sums that an engine made of doubles or decimals, as Int64 as the others are."""
    numbers = [
        name for name, dtype in table.schema.items() if dtype.is_float() or dtype.is_decimal()
    ]
    return table.with_columns(pl.col(numbers).cast(pl.Int64))


def _polars() -> Engine:
    def keep(frame: pl.LazyFrame, _file: Path) -> pl.LazyFrame:
        return frame.collect(engine="streaming").lazy()

    return Engine("polars", pl.scan_parquet, keep, stage)


def stage(frames: Mapping[str, pl.LazyFrame], folder: Path) -> None:
    """Writes frames as Parquet, streaming, one file each."""
    folder.mkdir(parents=True, exist_ok=True)
    pl.collect_all(
        [
            frame.sink_parquet(
                folder / f"{name}.parquet", compression="uncompressed", statistics=False, lazy=True
            )
            for name, frame in frames.items()
        ]
    )


POLARS = _polars()
