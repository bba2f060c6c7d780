"""Superset over the PostgreSQL server: set up once, served cached or not, and used."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright, Response

from benchmarks.boards.driver import Bars, Dashboard
from benchmarks.boards.serving import answering
from benchmarks.boards.superset_definition import LOGIN, define
from benchmarks.streamlit_server import free_port

CONFIG = Path(__file__).with_name("superset_config.py")
APPLY = "[data-test=filter-bar__apply-button]"


def is_installed(folder: Path) -> bool:
    """Whether its venv is in the folder of the peers."""
    return (folder / "superset/bin/gunicorn").exists()


@contextmanager
def served(folder: Path, home: Path, cached: bool) -> Iterator[str]:
    """The URL of the Superset in `folder`, its state in `home`, which is made."""
    home.mkdir()
    shutil.copy(_set_up(folder) / "superset.db", home)
    with (home / "log").open("w") as log:
        port, environment = free_port(), _environment(home, cached)
        gunicorn = folder / "superset/bin/gunicorn"
        # The workers that Superset's own guide starts.
        command = [gunicorn, "--workers=2", "--worker-class=gthread", "--threads=20"]
        command += ["--timeout=120", f"--bind=127.0.0.1:{port}", environment["FLASK_APP"]]
        with answering(command, port, environment, log) as url:
            yield url


def _environment(home: Path, cached: bool) -> dict[str, str]:
    environment = os.environ | {
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(CONFIG),
        "SUPERSET_CACHED": str(int(cached)),
        # It would ask for a picture elsewhere, to be counted.
        "SCARF_ANALYTICS": "false",
        "FLASK_APP": "superset.app:create_app()",
    }
    environment.pop("PYTHONPATH", None)
    return environment


def _set_up(folder: Path) -> Path:
    """The folder of an empty Superset with one account: made once, minutes, and kept."""
    home = folder / "superset-home"
    if (home / "done").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    person = ["--firstname", "b", "--lastname", "b", "--email", "b@localhost"]
    person += [f"--{name}={value}" for name, value in LOGIN.items()]
    with (home / "log").open("w") as log:
        for step in (["db", "upgrade"], ["init"], ["fab", "create-admin", *person]):
            command = [folder / "superset/bin/superset", *step]
            environment = _environment(home, cached=False)
            subprocess.run(command, check=True, env=environment, stdout=log, stderr=log)
    (home / "done").touch()
    return home


def dashboards(
    playwright: Playwright,
    url: str,
    database: str,
    sql: Mapping[str, str],
    counties: list[str],
) -> dict[str, Dashboard]:
    """By name of the query, a dashboard of it that is made in the Superset of a URL."""
    return {
        name: Dashboard(
            url=address,
            choose=lambda page, county: _choose(page, counties[county]),
            starts=APPLY,
            area=".grid-container",
            drawn="canvas",
            bars=_bars,
            login=partial(_login, url),
        )
        for name, address in define(playwright, url, database, sql).items()
    }


def _login(url: str, context: BrowserContext) -> None:
    answer = context.request.post(f"{url}/login/", form=LOGIN)
    assert answer.ok, answer.text()


def _choose(page: Page, county: str) -> None:
    page.locator("[data-test=filter-bar] .ant-select").first.click()
    # A list shows eight of its options; typed, the one is there.
    page.keyboard.type(county)
    page.locator(f".ant-select-item-option[title='{county}']").click()
    page.locator(APPLY).click()


def _bars(page: Page, answers: list[Response]) -> Bars:
    """From the answers to its charts; the filter's has no number."""
    asked = [answer for answer in answers if "/api/v1/chart/data" in answer.url]
    rows_by_chart = [answer.json()["result"][0]["data"] for answer in asked]
    sums = [[_sum(row) for row in rows] for rows in rows_by_chart]
    return [[bar for bar in bars if bar] for bars in sums if any(bars)]


def _sum(row: dict[str, str | float | None]) -> int:
    return sum(int(value) for value in row.values() if isinstance(value, int | float))
