"""`python -m benchmarks`: the table of `docs/benchmarks.md`; `--part` prints one measurement."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks import cubes, first_visit, load, pack, peers, rows, screens, table
from benchmarks.boards.measure import measure as measure_boards
from data import settings
from data.quality import loading
from exhibits.attention.entries import entries
from exhibits.county import comparison
from exhibits.maps import county
from exhibits.overview import headlines, three_parts
from queries.cubes.build import context_of, stage_registry
from queries.cubes.engines import engine
from queries.cubes.term_columns import term_columns, term_numbers
from queries.refresh.run import refresh
from queries.scope import Scope
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days

D = date(2026, 10, 31)
RUNS = 5
#: Runs of a whole refresh; each takes some ten seconds.
REFRESHES = 3


def seconds(run: Callable[[], object], runs: int = RUNS) -> float:
    """Median wall time."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return median(taken)


def measure_refresh(url: str, before: Path | None) -> dict[str, dict]:
    """One day by this code, by that of the checkout `before`, and DuckDB's reading, in turn."""
    script = Path("benchmarks", "refresh.py")
    roots = {"now": settings.ROOT} | ({"before": before} if before else {})
    runs: dict[str, list[dict]] = {name: [] for name in [*roots, "duckdb"]}
    for _ in range(REFRESHES):
        for name, root in roots.items():
            # -P: the modules of that checkout, not those beside the script.
            command = [sys.executable, "-P", str(root / script), url]
            runs[name].append(_told(command, {"PYTHONPATH": str(root)}))
        if url.startswith("sqlite"):
            runs["duckdb"].append(_told([sys.executable, "-m", "benchmarks.reading", url], {}))
    return {name: _medians(taken) for name, taken in runs.items() if taken}


def _told(command: list[str], more: dict[str, str]) -> dict:
    process = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, cwd=settings.ROOT, env={**os.environ, **more}
    )
    return json.loads(process.stdout)


def _medians(runs: list[dict]) -> dict:
    """Median of each number."""
    return {
        name: first if isinstance(first, str) else round(median(run[name] for run in runs), 2)
        for name, first in runs[0].items()
    }


def measure_peers(url: str) -> dict[str, dict[str, float]]:
    """The main group-bys by our cubes on Polars and by DuckDB SQL, on the same files, in turn."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        loaded = loading.load(url, folder / "registry")
        connected = stage_registry(loaded.frames, folder / "staged", D, D)
        runner = engine("polars")
        context = context_of(runner, folder / "staged", connected, D)
        columns, numbers = term_columns(connected), term_numbers(connected)
        terms = peers.aggregates(
            *[[numbers[t] for t in columns[kind]] for kind in ("earliest", "latest")]
        )

        def ours(name: str) -> int:
            return cubes.run(name, runner, context)

        def theirs(name: str) -> int:
            return peers.run(name, folder / "staged", context.day, context.workday, terms)

        found = {}
        for name in peers.QUERIES:
            if ours(name) != theirs(name):
                raise AssertionError(f"{name}: {ours(name)} rows ours, {theirs(name)} DuckDB")
            polars, duckdb = seconds(lambda n=name: ours(n)), seconds(lambda n=name: theirs(n))
            found[name] = {
                "polars_ms": round(polars * 1000, 1),
                "duckdb_ms": round(duckdb * 1000, 1),
                "ratio": round(polars / duckdb, 2),
            }
        return found


def forget() -> None:
    """Empties every cache of ours, so that the next question is answered from the files."""
    ours = [m for name, m in sys.modules.items() if name.split(".")[0] in ("queries", "exhibits")]
    for module in ours:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def page_queries(snapshot: Snapshot, scope: Scope) -> None:
    """Everything the first page asks."""
    three_parts.paragraphs(snapshot, scope)
    headlines.headlines(snapshot, scope)
    entries(snapshot, scope)
    county.county_map(snapshot, scope, "I0891", page="总览")
    comparison.county_table(snapshot, scope)


def measure_page(folder: Path) -> dict[str, float]:
    """First page's queries together, cold from the files and then from the caches."""
    snapshot = open_snapshot(folder, D)
    scope = Scope(D, stored_days(folder)[-2])

    def cold() -> None:
        forget()
        page_queries(snapshot, scope)

    cold()
    taken = seconds(cold, 15)
    warm = seconds(lambda: page_queries(snapshot, scope), 15)
    return {"cold_ms": round(taken * 1000, 1), "warm_ms": round(warm * 1000, 2)}


def one(part: str, url: str, before: Path | None) -> dict:
    """One measurement."""
    match part:
        case "refresh":
            return measure_refresh(url, before)
        case "peers":
            return measure_peers(url)
        case "page":
            with tempfile.TemporaryDirectory() as scratch:
                refresh(url, Path(scratch), D, 3)
                return measure_page(Path(scratch))
    raise ValueError(part)


def bench(args: argparse.Namespace) -> None:
    """Measures everything, or the parts named, and prints the table."""
    parts = rows.every(args.snapshot, args.url, args.changes, args.pages, args.before)
    found: list[table.Row] = []
    for name in args.only.split(",") if args.only else parts:
        print(f"measuring {name}", file=sys.stderr, flush=True)
        found += parts[name]()
    print(*table.lines(found, table.kept()), sep="\n")
    if args.keep:
        table.keep(found)


def main() -> None:
    """Prints the table, or of one part JSON or lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--url", default=settings.REGISTRY_URL)
    parts = ("refresh", "peers", "page", "screens", "visits", "boards", "pack", "load", "soak")
    parser.add_argument("--part", choices=parts)
    parser.add_argument("--only", help="rows of the table: names of rows.every, by commas")
    parser.add_argument("--keep", action="store_true", help="keeps the ratios in kept.json")
    parser.add_argument("--seconds", type=float, default=300, help="of --part load and soak")
    parser.add_argument("--snapshot", type=Path, default=settings.SNAPSHOT_DIR)
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--pages", default=",".join(screens.PAGES), help="of the screens")
    parser.add_argument("--visits", type=int, default=5, help="of --part visits")
    parser.add_argument("--height", type=int, default=900, help="of the window of --part screens")
    parser.add_argument("--before", type=Path, help="an older checkout, measured in the same run")
    args = parser.parse_args()
    match args.part:
        case None:
            bench(args)
        case "screens":
            screens.measure(args.snapshot, args.changes, tuple(args.pages.split(",")), args.height)
        case "visits":
            first_visit.measure(args.snapshot, args.visits, tuple(args.pages.split(",")))
        case "boards":
            registry = Path(args.url.removeprefix("sqlite:///"))
            print(json.dumps(measure_boards(args.snapshot, registry, args.changes)))
        case "pack":
            print(json.dumps(pack.measure(args.snapshot)))
            if args.before:
                pack.compare(args.snapshot, args.before)
        case "load" if args.before:
            load.compare(args.snapshot, args.seconds, args.before)
        case "load" | "soak":
            measured = getattr(load, args.part)(args.snapshot, args.seconds)
            print(json.dumps(measured, ensure_ascii=False))
        case part:
            print(json.dumps(one(part, args.url, args.before)))


if __name__ == "__main__":
    main()
