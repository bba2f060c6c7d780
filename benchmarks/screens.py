"""From a change of filter to the last chart painted, in Chromium, beside a bare page's floor.

The clock starts in the browser at the click on an option and stops at the last change of the page's
DOM (Plotly's drawing included), once the script has run and nothing has changed for 400 ms.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.streamlit_server import command, free_port, running

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
def served(store: Path, *options: str, script: str = "dashboard.py") -> Iterator[str]:
    """The URL of a script served over a store."""
    folder, port = store.resolve(), free_port()
    environment = os.environ | {"SNAPSHOT_DIR": str(folder), "AUDIT_DIR": f"{folder}-audit"}
    with running(command(port, *options, script=script), port, environment):
        yield f"http://127.0.0.1:{port}"


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
    taken: list[float] = []
    figures: list[list] = [[] for _ in range(options)]
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
    with sync_playwright() as playwright, served(store) as url:
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
        with served(store, "--", str(file), script="benchmarks/floor.py") as url:
            page = _opened(context, url)
            described = _described(_changes(page, changes)[0])
            page.close()
            return described
