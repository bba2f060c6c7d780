"""A registry larger than a city's, made slice by slice: one lies in memory, whatever its size.

A slice is a city of the usual size with persons, cases and chance of its own; places, meetings, and
when departments match and hand in, are those of all of them. Its keys end in its number.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import ceil

import polars as pl

from data.demo.build import Say, build
from data.demo.world import USUAL_PERSONS, World
from data.registry.contract import key_of, polars_schema

#: The number of a slice, the name of a table, and the rows of the slice.
Part = tuple[int, str, pl.DataFrame]

#: Tables that the first slice has for all.
COMMON = (
    *("region", "region_population", "programme_policy"),
    *("joint_meeting", "meeting_item", "task_progress"),
)

#: Tables of counties and months, of which slices have the same rows, and what in them adds up.
SUMMED = {
    "match_run": ["input_count", "hit_count", "warning_count"],
    "data_submission": ["record_count", "error_count"],
    "fund_ledger": ["allocated", "disbursed", "paid_persons"],
}

#: Keys of persons, households and cases beside those that end in `_key` or `_id`.
REFERENCES = ("duplicate_of", "repeat_of")


def worlds(world: World) -> list[World]:
    """Worlds of at most the usual size that hold the persons together."""
    n = ceil(world.persons / USUAL_PERSONS)
    ends = [world.persons * number // n for number in range(n + 1)]
    sizes = [end - start for start, end in pairwise(ends)]
    return [replace(world, persons=size, slice=number) for number, size in enumerate(sizes)]


def slices(world: World, say: Say = lambda step: None) -> Iterator[Part]:
    """The tables of one slice after the other; at last those of all."""
    shared: dict[str, pl.DataFrame] = {}
    every = worlds(world)
    for each in every:
        tables = build(each)
        for name in COMMON:
            shared.setdefault(name, tables.pop(name))
        for name in SUMMED:
            shared[name] = _added(name, shared.get(name), tables.pop(name))
        while tables:
            # Given away one by one, so that none is held while the next slice is made.
            name, frame = tables.popitem()
            yield each.slice, name, _own_keys(frame, each.slice)
        say(f"slice {each.slice + 1} of {len(every)}")
    for name, frame in shared.items():
        yield 0, name, frame


def _own_keys(frame: pl.DataFrame, number: int) -> pl.DataFrame:
    keys = [
        name
        for name in frame.columns
        if name.endswith(("_key", "_id")) or name in REFERENCES
        if name != "match_run_id"
    ]
    return frame.with_columns(pl.col(keys) + f"-{number}")


def _added(name: str, sums: pl.DataFrame | None, frame: pl.DataFrame) -> pl.DataFrame:
    """A table of sums with those of another slice."""
    if sums is None:
        return frame
    if name == "fund_ledger":
        # Of a programme that nobody in a slice has there is no row.
        both = pl.concat([sums, frame]).group_by(key_of(name), maintain_order=True)
        return both.agg(pl.col(SUMMED[name]).sum()).select(*polars_schema(name))
    return sums.with_columns(pl.col(each) + frame[each] for each in SUMMED[name])
