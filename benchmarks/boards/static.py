"""The static ideal: Observable Framework builds a page, and any server of files serves it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from benchmarks.boards.serving import answering
from benchmarks.streamlit_server import free_port

SOURCE = Path(__file__).parent / "static"


@contextmanager
def served(folder: Path, home: Path, rows: pl.DataFrame) -> Iterator[str]:
    """The URL of the page, built in `home` with the packages that are installed in `folder`."""
    shutil.copytree(SOURCE, home, dirs_exist_ok=True)
    (home / "node_modules").symlink_to(folder.resolve() / "node_modules")
    (home / "src/cube.json").write_text(rows.write_json(), encoding="utf-8")
    environment = os.environ | {"OBSERVABLE_TELEMETRY_DISABLE": "1"}
    with (home / "log").open("w") as log:
        build = [home / "node_modules/.bin/observable", "build"]
        subprocess.run(build, check=True, cwd=home, env=environment, stdout=log, stderr=log)
        port = free_port()
        command = [sys.executable, "-m", "http.server", str(port), "--bind=127.0.0.1"]
        with answering([*command, f"--directory={home}/dist"], port, environment, log) as url:
            yield url
