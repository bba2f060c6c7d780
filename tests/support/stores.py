"""Snapshot stores that several tests open: a demonstration, an empty and a bare registry."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

from data.demo.build import build as demonstration
from data.demo.load import load as write
from data.demo.world import World
from data.quality.loading import load, load_frames, with_report
from data.registry.contract import REQUIRED
from drawing import registry
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded

D = date(2026, 10, 31)

#: Enough month-ends for a control chart to judge.
MONTHS = 12


def written(folder: Path) -> str:
    """URL of a small demonstration registry in SQLite."""
    write(demonstration(World(persons=6_000)), f"sqlite:///{folder}/registry.db")
    return f"sqlite:///{folder}/registry.db"


def demonstration_store(folder: Path) -> Path:
    """D, 12 month-ends before it and the meetings' cut-offs among them."""
    loaded = with_report(load(written(folder), folder / "read"), D)
    refresh_loaded(loaded, folder / "store", D, MONTHS, engine("polars"))
    return folder / "store"


def full_store(folder: Path) -> Path:
    """The demonstration of full size as `make run` stores it: D and 24 month-ends, some minutes."""
    write(demonstration(World()), f"sqlite:///{folder}/registry.db")
    loaded = with_report(load(f"sqlite:///{folder}/registry.db", folder / "read"), D)
    refresh_loaded(loaded, folder / "store", D, 24, engine("polars"))
    return folder / "store"


def empty_store(folder: Path) -> Path:
    """A registry with its regions and nobody in it; optional tables are absent."""
    return _of(registry(), folder)


def bare_store(folder: Path) -> Path:
    """The demonstration with its required tables alone."""
    frames = load(written(folder), folder / "all").frames
    return _of({name: frames[name] for name in REQUIRED}, folder)


def _of(frames, folder: Path) -> Path:
    loaded = load_frames(frames, folder / "read")
    # What it lacks holds the mark of made-up figures too; without the mark the board wants a sign-in.
    with patch("queries.refresh.manifest.is_demonstration", return_value=True):
        refresh_loaded(loaded, folder / "store", D, 0, engine("polars"))
    return folder / "store"


STORES = {"demonstration": demonstration_store, "empty": empty_store, "bare": bare_store}
#: `full` takes minutes: for slow tests alone.
EVERY = STORES | {"full": full_store}
