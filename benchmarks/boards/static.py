"""The static ideal: Observable Framework builds a page; a server of files sends it compressed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from benchmarks.boards.driver import Dashboard
from benchmarks.boards.serving import answering
from benchmarks.streamlit_server import ROOT, free_port

SOURCE = Path(__file__).parent / "static"

#: Of every chart, the sums of its bars, from what a bar shows when it is pointed at.
BARS = """() => [...document.querySelectorAll('.card svg:has([aria-label=bar])')].map((svg) => {
    const sums = {};
    for (const bar of svg.querySelectorAll('[aria-label=bar] rect')) {
        const row = bar.getAttribute('y');
        const shown = Number(bar.textContent.replaceAll(',', ''));
        sums[row] = (sums[row] ?? 0) + shown;
    }
    return Object.values(sums);
})"""


def is_installed(folder: Path) -> bool:
    """Whether the packages are in the folder of the peers."""
    return (folder / "framework/node_modules/.bin/observable").exists()


@contextmanager
def served(folder: Path, home: Path, rows: pl.DataFrame) -> Iterator[str]:
    """The URL of the page, built in `home` with the packages that are installed in `folder`."""
    shutil.copytree(SOURCE, home, dirs_exist_ok=True)
    (home / "node_modules").symlink_to(folder.resolve() / "node_modules")
    (home / "src/cube.json").write_text(rows.write_json(), encoding="utf-8")
    environment = os.environ | {"OBSERVABLE_TELEMETRY_DISABLE": "1", "STATIC": str(home / "dist")}
    environment["PYTHONPATH"] = str(ROOT)
    with (home / "log").open("w") as log:
        build = [home / "node_modules/.bin/observable", "build"]
        subprocess.run(build, check=True, cwd=home, env=environment, stdout=log, stderr=log)
        port = free_port()
        command = [sys.executable, "-m", "uvicorn", f"--port={port}"]
        with answering(
            [*command, "benchmarks.boards.static_server:app"], port, environment, log
        ) as url:
            yield url


def dashboard(url: str) -> Dashboard:
    """The page of a URL."""
    return Dashboard(
        url=url,
        choose=lambda page, county: page.locator("select").select_option(index=county + 1),
        starts="select",
        area="main",
        drawn=".card svg:has([aria-label=bar])",
        bars=lambda page, _: page.evaluate(BARS),
    )
