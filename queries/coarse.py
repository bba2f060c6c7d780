"""Survival curves where counts are rounded: no step of a small number."""

from collections.abc import Iterator

import polars as pl

from queries.snapshot import Draft, Snapshot
from queries.sums import BASE, SMALL


def as_allowed(snapshot: Snapshot | Draft, times: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """
    What survival curves are made of (columns by, time, responded, censored), as the access allows.

    Where counts are rounded, times are put together until nobody or more than 7 were answered, and
    likewise censored, by then; each at the last of its times, so that no answer is told too early.
    """
    if not snapshot.access.rounded:
        return times
    counted = times.group_by(*by, "time").agg(pl.col("responded", "censored").sum())
    ordered = counted.sort(*by, "time").partition_by(by, as_dict=True)
    rows = [
        (*group, *step)
        for group, steps in ordered.items()
        for step in _steps(steps.select("time", "responded", "censored").rows())
    ]
    return pl.DataFrame(rows, counted.schema, orient="row").select(times.columns)


def _steps(times: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Times put together: time, responded, censored, to the nearest 5."""
    steps, answered, censored = [], 0, 0
    for time, some, others in times:
        answered, censored = answered + some, censored + others
        if _enough(answered) and _enough(censored) and answered + censored:
            steps.append([time, answered, censored])
            answered = censored = 0
    # What is left and small goes with the last step; where there is none it is not told.
    for column, left in ((1, answered), (2, censored)):
        if steps:
            steps[-1][column] += left
        elif left > SMALL:
            steps.append([times[-1][0], *((left, 0) if column == 1 else (0, left))])
    if steps and (answered or censored):
        steps[-1][0] = times[-1][0]
    yield from ((time, _rounded(some), _rounded(others)) for time, some, others in steps)


def _enough(count: int) -> bool:
    return count == 0 or count > SMALL


def _rounded(count: int) -> int:
    # Only what was 0 in the last step may be small: then it is told as nobody.
    return round(count / BASE) * BASE if count > SMALL else 0
