"""From a change of filter to the last chart painted, in Chromium, beside a bare page's floor.

The clock starts in the browser at the click on an option and stops at the last change of the page's
DOM (Plotly's drawing included), once the script has run and nothing has changed for 400 ms.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]

PAGES = ("/", "/coverage", "/warnings", "/departments", "/map", "/county")

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

WATCH = """() => {
    window.started = window.last = 0;
    document.addEventListener('pointerup', (event) => {
        if (event.target.closest('[role=option]')) window.started = performance.now();
    }, true);
    new MutationObserver(() => { window.last = performance.now(); }).observe(
        document.querySelector('[data-testid=stMain]'),
        {subtree: true, childList: true, attributes: true, characterData: true});
}"""

QUIET = """() => {
    const idle = document.querySelector('[data-test-script-state=notRunning]');
    const now = performance.now();
    return window.started > 0 && window.last > window.started && idle && now - window.last > 400;
}"""

FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => {
    const plain = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
    return JSON.parse(JSON.stringify({data: plot.data, layout: plot.layout}, plain));
})"""


@contextmanager
def served(command: list[str], store: Path) -> Iterator[str]:
    """A Streamlit server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    run = [sys.executable, "-m", "streamlit", "run", command[0], *options, "--", *command[1:]]
    place = {"SNAPSHOT_DIR": str(store.resolve()), "AUDIT_DIR": f"{store.resolve()}-audit"}
    environment = os.environ | place
    with subprocess.Popen(run, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _await(url: str) -> None:
    for _ in range(240):
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(url)


def _opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    return page


def _changes(page: Page, number: int) -> tuple[list[float], list[list]]:
    """
    Milliseconds of each change of the county, and the figures drawn for each.

    The first round over the options warms up and collects the figures.
    """
    box = page.get_by_role("combobox", name="县区")
    box.click()
    options = page.get_by_role("option").count()
    page.keyboard.press("Escape")
    taken, figures = [], [[] for _ in range(options)]
    for turn in range(options + number):
        chosen = (turn + 1) % options
        page.evaluate("window.started = 0")
        box.click()
        page.get_by_role("option").nth(chosen).click()
        page.wait_for_function(QUIET, timeout=60_000)
        taken.append(page.evaluate("window.last - window.started"))
        figures[chosen] = figures[chosen] or page.evaluate(FIGURES)
    return taken[options:], figures


def _described(taken: list[float]) -> tuple[float, float]:
    twentieths = quantiles(taken, n=20, method="inclusive")
    return twentieths[9], twentieths[18]


def measure(store: Path, changes: int, pages: tuple[str, ...] = PAGES) -> None:
    """Prints a line a page: charts, p50 and p95 of the page and of its floor, their ratio."""
    browser_path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    print("page charts p50_ms p95_ms floor_p50_ms floor_p95_ms ratio_p50")
    with sync_playwright() as playwright, served(["dashboard.py"], store) as url:
        browser = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        for name in pages:
            page = _opened(context, url + name)
            taken, figures = _changes(page, changes)
            middle, high = _described(taken)
            page.close()
            low, tail = _floor(context, figures, changes, store)
            print(
                f"{name} {len(figures[0])} {middle:.0f} {high:.0f} {low:.0f} {tail:.0f} "
                f"{middle / low:.2f}",
                flush=True,
            )
        browser.close()


def _floor(
    context: BrowserContext, figures: list, changes: int, store: Path
) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        file.write_text(json.dumps(figures), encoding="utf-8")
        with served(["benchmarks/floor.py", str(file)], store) as url:
            page = _opened(context, url)
            described = _described(_changes(page, changes)[0])
            page.close()
            return described
