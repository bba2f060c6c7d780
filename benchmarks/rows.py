"""Rows of the table from what each part prints, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.streamlit_server import ROOT
from benchmarks.table import Row

#: Read to stored, in seconds of the wall and of the processor, when the first issue was done.
FIRST_ISSUE = {"refresh_s": 10.3, "refresh_cpu_s": 17.4}


def printed(part: str, *options: str, root: Path = ROOT) -> str:
    """What a part prints; of another checkout, by the code of that."""
    command = [sys.executable, "-m", "benchmarks", "--part", part, *options]
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=root, env=environment, text=True
    ).stdout


def screens(store: Path, changes: int, pages: str) -> Iterator[Row]:
    """Filter → painted, by page, beside the bare page: p50 and p95."""
    options = (f"--snapshot={store}", f"--changes={changes}", f"--pages={pages}")
    heading, *found = printed("screens", *options).splitlines()
    for line in found:
        of = dict(zip(heading.split(), line.split(), strict=True))
        for part, goal in (("p50", 0.8), ("p95", 1.0)):
            value, peer = float(of[f"{part}_ms"]), float(of[f"floor_{part}_ms"])
            yield Row(f"{of['page']} filter → painted, {part} ms", goal, value, peer)


def day(url: str) -> Iterator[Row]:
    """One day of the demonstration, read to stored, beside what the first issue measured."""
    now = json.loads(printed("refresh", f"--url={url}"))["now"]
    for name, peer in FIRST_ISSUE.items():
        clock = "processor" if "cpu" in name else "wall"
        yield Row(f"one day, read to stored, {clock} s", 1.25, now[name], peer)


def group_bys(url: str) -> Iterator[Row]:
    """The cubes' main group-bys beside DuckDB SQL."""
    for name, found in json.loads(printed("peers", f"--url={url}")).items():
        yield Row(f"{name} beside DuckDB, ms", 1.0, found["polars_ms"], found["duckdb_ms"])


def fifty(store: Path, before: Path, seconds: float) -> Iterator[Row]:
    """Fifty people at once, beside an older checkout: p95 of a click."""
    options = (f"--snapshot={store}", f"--seconds={seconds}")
    now, then = (json.loads(printed("load", *options, root=root)) for root in (ROOT, before))
    yield Row("fifty people, p95 of a click, ms", 0.5, now["p95_ms"], then["p95_ms"])
    # Of clicks that ended in an error; the one stands for "none".
    yield Row("fifty people, errors + 1", 1.0, 1 + sum(now["errors"].values()), 1)


def pack(store: Path, before: Path) -> Iterator[Row]:
    """The pack from the command line, beside an older checkout."""
    now, then = (
        json.loads(printed("pack", f"--snapshot={store}", root=root)) for root in (ROOT, before)
    )
    yield Row("pack of the city, command line, s", 1 / 3, now["city_s"], then["city_s"])


def boards(store: Path, url: str, changes: int) -> Iterator[Row]:
    """Filter → painted and first visit beside other dashboards; a peer that is missing is said."""
    options = (f"--snapshot={store}", f"--url={url}", f"--changes={changes}")
    found: dict[str, dict[str, float]] = json.loads(printed("boards", *options))
    ours = found.pop("ours")
    for peer, numbers in found.items():
        for name, value in numbers.items():
            is_raced = not peer.startswith("static") and name != "warnings shown"
            goal = 1.0 if is_raced else None
            yield Row(f"预警处置 beside {peer}: {name}", goal, ours[name], value)


def every(
    store: Path, url: str, changes: int, pages: str, before: Path | None
) -> dict[str, Callable[[], Iterator[Row]]]:
    """What `make bench` measures, by name; what needs an older checkout only where there is one."""
    parts: dict[str, Callable[[], Iterator[Row]]] = {
        "day": lambda: day(url),
        "group-bys": lambda: group_bys(url),
        "screens": lambda: screens(store, changes, pages),
        "boards": lambda: boards(store, url, changes),
    }
    if before:
        parts["fifty"] = lambda: fifty(store, before, 120)
        parts["pack"] = lambda: pack(store, before)
    return parts
