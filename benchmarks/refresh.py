"""One day of a registry, read to stored, step by step; a checkout is measured by its own.

Settling what is hidden from roles, as commits before the open edition did, is not part of it.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from inspect import signature
from pathlib import Path

from data.quality.loading import load, with_report
from queries.cubes.build import build, stage_registry
from queries.cubes.engines import engine
from queries.cubes.plain_tables import lists
from queries.refresh.manifest import last_records, manifest
from queries.refresh.run import figures
from queries.store import publication
from queries.store.snapshot import Draft

D = date(2026, 10, 31)
OURS = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _processor() -> float:
    """Seconds of processor that this process and those it waited for have used."""
    used = [resource.getrusage(who) for who in OURS]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


class Clock(dict):
    """Seconds on the wall and of processor, by step."""

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, processor = time.perf_counter(), _processor()
        yield
        self[f"{name}_s"] = round(time.perf_counter() - wall, 2)
        self[f"{name}_cpu_s"] = round(_processor() - processor, 2)


def measure(url: str) -> dict[str, float]:
    """Each step of a refresh of one day, all of it, and the largest memory of both processes."""
    clock, runner = Clock(), engine("polars")
    with tempfile.TemporaryDirectory() as scratch, clock.step("refresh"):
        folder = Path(scratch)
        with clock.step("read"):
            loaded = load(url, folder / "registry")
        with clock.step("report"):
            loaded = with_report(loaded, D)
        with clock.step("stage"):
            connected = stage_registry(loaded.frames, folder / "staged", D, D)
        with clock.step("cubes"):
            cubes = build(runner, folder / "staged", connected, D) | lists(loaded.frames, D)
        with clock.step("store"), publication.locked(folder / "store"):
            described = manifest(loaded, D, runner.name) | {"last_records": last_records(cubes)}
            # Commits before the open edition name the figures that they make.
            named = ("figures",) if len(signature(figures).parameters) > 1 else ()
            cubes |= figures(Draft(D, cubes, described), *named)
            publication.write(folder / "store", D, cubes, described)
    main, reader = (round(resource.getrusage(who).ru_maxrss / 1024) for who in OURS)
    rows = sum(loaded.rows_read.values())
    return {"rows": rows, **clock, "peak_mb": main, "reader_peak_mb": reader}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
