"""总览 opens in Chromium on a demonstration, an empty and a bare registry, and says what is so."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, sync_playwright

from data.contract import OPTIONAL, REQUIRED
from data.demo.build import build as demonstration
from data.demo.load import load as write
from data.demo.world import World
from data.loading import load, load_frames
from drawing import registry
from queries.answers.indicators import indicators
from queries.cubes.engine import engine
from queries.refresh import refresh_loaded
from queries.snapshot import open_snapshot

ROOT = Path(__file__).parents[1]
D = date(2026, 10, 31)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(store: Path):
    """The board on a free port, reading a store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = os.environ | {"SNAPSHOT_DIR": str(store)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _await(url: str) -> None:
    for _ in range(120):
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield browser
        browser.close()


def opened(browser, url: str) -> tuple[Page, list[str]]:
    """The page when it has settled, and every address it asked for."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_timeout(500)
    return page, asked


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demonstration")
    write(demonstration(World(persons=2_000)), f"sqlite:///{folder}/registry.db")
    loaded = load(f"sqlite:///{folder}/registry.db", folder / "read")
    refresh_loaded(loaded, folder / "store", D, 4, engine("polars"))
    return folder / "store"


@pytest.fixture(scope="module")
def board(store):
    with served(store) as url:
        yield url


def test_figures_on_the_page_are_those_of_the_command_line(browser, board, store):
    page, asked = opened(browser, board)
    text = page.inner_text("body")
    city = {row["id"]: row for row in indicators(open_snapshot(store, D), "city").to_dicts()}
    assert "演示数据（合成）" in text
    assert f"{city['I0101']['value']:.0f}人" in text
    assert f"{city['I0891']['value']:.2f}%" in text
    assert f"{city['I0707']['value']:.0f}条" in text
    assert len(page.query_selector_all(".board-table tbody tr")) == 10
    hosts = {address.split("/")[2] for address in asked if address.startswith("http")}
    assert hosts == {board.removeprefix("http://")}


def test_the_region_of_a_link_narrows_every_figure(browser, board, store):
    county = indicators(open_snapshot(store, D), "county").filter(id="I0101", group="621226")
    page, _ = opened(browser, f"{board}/?region=621226")
    assert f"{county['value'].item():.0f}人" in page.inner_text("body")
    assert "礼县低保对象" in page.inner_text("body")


def test_a_wrong_link_falls_back_with_a_notice(browser, board):
    page, _ = opened(browser, f"{board}/?as_of=2031-01-01&region=nowhere")
    text = page.inner_text("body")
    assert "已改用默认值" in text
    assert "2026年10月31日" in text


def _stored(frames, folder: Path) -> Path:
    loaded = load_frames(frames, folder / "read")
    refresh_loaded(loaded, folder / "store", D, 0, engine("polars"))
    return folder / "store"


def test_an_empty_registry_opens(browser, tmp_path):
    with served(_stored(registry(), tmp_path)) as url:
        text = opened(browser, url)[0].inner_text("body")
    assert "无可比数据" in text
    assert "数据源未接入" in text


def test_required_tables_alone_open(browser, tmp_path):
    folder = tmp_path / "registry"
    folder.mkdir()
    write(demonstration(World(persons=2_000)), f"sqlite:///{folder}/registry.db")
    frames = load(f"sqlite:///{folder}/registry.db", folder / "read").frames
    with served(_stored({name: frames[name] for name in REQUIRED}, tmp_path)) as url:
        text = opened(browser, url)[0].inner_text("body")
    assert f"{len(OPTIONAL)}张数据表未接入" in text
    assert "临时救助\n\n数据源未接入" in text


def test_without_a_snapshot_the_page_says_what_to_do(browser, tmp_path):
    with served(tmp_path / "nothing") as url:
        assert "尚无数据快照" in opened(browser, url)[0].inner_text("body")
