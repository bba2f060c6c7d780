"""Fifty people at once, and thousands one after another: time of a click, memory, leaks.

No browsers: what is measured is the server, from a click's message to the end of its script.
"""

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from websockets.exceptions import WebSocketException

from benchmarks import goals
from benchmarks.server import Server, board
from benchmarks.streamlit_server import ROOT
from benchmarks.visitor import PATIENCE, PageError, Visitor, link, opened

#: People at once, and the seconds that each thinks between clicks, on average.
SESSIONS, THINKS = 50, 5.0

#: What a click's p95 may be of an older checkout's.
GOAL = 0.5

#: Short sessions at once; sessions between two readings.
AT_ONCE, EVERY = 4, 250

#: What ends a session as an error; anything else is a fault of this measurement and ends it.
ERRORS = (PageError, WebSocketException, OSError, TimeoutError)


@dataclass
class Tally:
    """What happened: milliseconds of each click, and the errors by their text."""

    clicks: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def failed(self, error: Exception) -> None:
        """Notes an error; the first 200 characters tell one from another."""
        self.errors[f"{type(error).__name__}: {error}"[:200]] += 1


async def _session(port: int, chance: random.Random, tally: Tally) -> None:
    """A link and nine clicks; what goes wrong ends the session and is noted."""
    try:
        async with opened(port) as socket:
            visitor = Visitor(socket)
            page, query = link(chance)
            for i in range(10):
                step = visitor.click(chance) if i else visitor.follow(page, query)
                tally.clicks.append(await asyncio.wait_for(step, PATIENCE))
                await asyncio.sleep(chance.expovariate(1 / THINKS))
    except ERRORS as error:
        tally.failed(error)


async def _person(port: int, seed: int, until: float, tally: Tally) -> None:
    """Comes within the first seconds; opens a new link every ten clicks, until the time is over."""
    chance = random.Random(seed)
    await asyncio.sleep(chance.uniform(0, THINKS))
    while time.monotonic() < until:
        async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - time.monotonic()):
            await _session(port, chance, tally)


async def _people(server: Server, seconds: float, tally: Tally) -> list[float]:
    """Everybody at once; the resident MB each second."""
    until, memory = time.monotonic() + seconds, []
    people = [asyncio.create_task(_person(server.port, i, until, tally)) for i in range(SESSIONS)]
    while time.monotonic() < until:
        memory.append(server.memory())
        await asyncio.sleep(1)
    for ended in await asyncio.gather(*people, return_exceptions=True):
        # Cut off in mid-click by the end of the measurement.
        if ended is not None and not isinstance(ended, TimeoutError):
            raise ended
    return memory


def load(store: Path, seconds: float, root: Path = ROOT) -> dict[str, Any]:
    """Fifty sessions for a time: clicks, errors, milliseconds, memory, share of one core."""
    tally = Tally()
    with board(store, root) as server:
        started, before = time.monotonic(), server.processor()
        memory = asyncio.run(_people(server, seconds, tally))
        busy = (server.processor() - before) / (time.monotonic() - started)
        logged = server.tracebacks()
    hundredths = quantiles(tally.clicks, n=100, method="inclusive")
    return {
        "sessions": SESSIONS,
        "seconds": seconds,
        "clicks": len(tally.clicks),
        "errors": dict(tally.errors),
        "tracebacks": logged,
        **{f"p{n}_ms": round(hundredths[n - 1]) for n in (50, 95, 99)},
        "rss_by_minute_mb": [round(mb) for mb in memory[60::60]],
        "rss_end_mb": round(mean(memory[-5:])),
        "rss_peak_mb": round(max(memory)),
        "cpu_cores": round(busy, 2),
    }


def compare(store: Path, seconds: float, before: Path) -> None:
    """Prints p95 of a click beside that of the checkout `before` in the same run, and the rest."""
    measured = {root: load(store, seconds, root) for root in (before.resolve(), ROOT)}
    earlier, now = measured.values()
    print(goals.HEAD)
    print(goals.row("p95_ms", now["p95_ms"], earlier["p95_ms"], GOAL))
    print(goals.row("cpu_cores", now["cpu_cores"], earlier["cpu_cores"], GOAL))
    failed = sum(now["errors"].values()) + sum(now["tracebacks"].values())
    print(f"| errors | 0 | {failed} | | | {'missed' if failed else 'met'} |")
    print(json.dumps({str(root): found for root, found in measured.items()}, ensure_ascii=False))


async def _short(port: int, chance: random.Random, tally: Tally) -> None:
    """Three to five pages as they stand: kept answers do not grow, so that a leak shows."""
    try:
        async with opened(port) as socket:
            visitor = Visitor(socket)
            tally.clicks.append(await asyncio.wait_for(visitor.follow("", ""), PATIENCE))
            for _ in range(chance.randint(2, 4)):
                tally.clicks.append(await asyncio.wait_for(visitor.turn(chance), PATIENCE))
    except ERRORS as error:
        tally.failed(error)


def _reading(server: Server, number: int) -> list[int]:
    return [number, round(server.memory()), server.files(), server.threads()]


async def _visits(server: Server, until: float, tally: Tally) -> list[list[int]]:
    """Short sessions without a thought between, four at a time; readings every 250."""
    readings, numbers = [], count()

    async def visits() -> None:
        while time.monotonic() < until:
            number = next(numbers)
            if number % EVERY == 0:
                readings.append(_reading(server, number))
            await _short(server.port, random.Random(number), tally)

    await asyncio.gather(*(visits() for _ in range(AT_ONCE)))
    # What is still being closed is no leak.
    await asyncio.sleep(5)
    return [*readings, _reading(server, next(numbers))]


def flat(readings: list[list[int]]) -> bool | None:
    """
    Whether nothing grows; None for too few readings to say.

    From half-way on memory grows by no more than a twentieth, files and threads by no more than 8.
    """
    if len(readings) < 5:
        return None
    (_, memory, files, threads), end = readings[len(readings) // 2], readings[-1]
    return end[1] <= memory * 1.05 and end[2] <= files + 8 and end[3] <= threads + 8


def soak(store: Path, seconds: float) -> dict[str, Any]:
    """Short sessions for a time: memory, open files and threads every 250 of them."""
    tally = Tally()
    with board(store) as server:
        readings = asyncio.run(_visits(server, time.monotonic() + seconds, tally))
        logged = server.tracebacks()
    return {
        "seconds": seconds,
        "clicks": len(tally.clicks),
        "errors": dict(tally.errors),
        "tracebacks": logged,
        "sessions_rss_files_threads": readings,
        "flat": flat(readings),
    }
