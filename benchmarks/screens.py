"""From a change of filter to the last chart painted, in Chromium, beside a bare page's floor.

The clock starts in the browser at the click on an option and stops at the last change of the page's
DOM (Plotly's drawing included), once the script has run and nothing has changed for 400 ms. Page
and floor are changed in turn, so that both meet the same machine.
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

#: 覆盖缺口 opens with tables, beside which a bare page has nothing to draw: a part with charts.
PAGES = ("/", "/coverage?part=cascade", "/warnings", "/departments", "/map", "/county")

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

#: What is asked: of the floor's p50 and p95.
GOAL_P50, GOAL_P95 = 0.8, 1.0

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

#: The figures of every chart, those below the screen too: they are drawn before a page is printed.
FIGURES = """() => {
    window.dispatchEvent(new Event('beforeprint'));
    const plain = (key, value) => ArrayBuffer.isView(value) ? Array.from(value) : value;
    return [...document.querySelectorAll('.js-plotly-plot')].map(
        (plot) => JSON.parse(JSON.stringify({data: plot.data, layout: plot.layout}, plain)));
}"""


@contextmanager
def served(script: str = "dashboard.py", **variables: str) -> Iterator[str]:
    """The URL of a script served with variables of its environment."""
    port = free_port()
    with running(command(port, script=script), port, os.environ | variables):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def board(store: Path) -> Iterator[str]:
    """The URL of the board over a store."""
    folder = str(store.resolve())
    with served(SNAPSHOT_DIR=folder, AUDIT_DIR=f"{folder}-audit") as url:
        yield url


@contextmanager
def floor(figures: list[list]) -> Iterator[str]:
    """The URL of a bare page that draws the figures of each choice."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.json"
        file.write_text(json.dumps(figures), encoding="utf-8")
        with served("benchmarks/floor.py", FIGURES=str(file)) as url:
            yield url


@contextmanager
def browser(height: int = 900) -> Iterator[BrowserContext]:
    """Chromium with a window 1440 pixels wide."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened.new_context(viewport={"width": 1440, "height": height})
        opened.close()


def ready(context: BrowserContext, url: str) -> Page:
    """The page, once its script has run and its charts are drawn."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_timeout(2000)
    page.evaluate(WATCH)
    return page


def change(page: Page, chosen: int) -> float:
    """Milliseconds until a page has drawn another county."""
    box = page.get_by_role("combobox", name="县区")
    if not box.count():
        page.get_by_role("button", name="更改范围").click()
    page.evaluate("window.started = 0")
    box.click()
    page.get_by_role("option").nth(chosen).click()
    page.wait_for_function(QUIET, timeout=60_000)
    return page.evaluate("window.last - window.started")


def collected(page: Page, most: int) -> list[list]:
    """The figures that a page draws for each county, `most` of them; it is warm after that."""
    page.get_by_role("button", name="更改范围").click()
    page.get_by_role("combobox", name="县区").click()
    options = min(most, page.get_by_role("option").count())
    page.keyboard.press("Escape")
    figures: list[list] = [[] for _ in range(options)]
    for turn in range(options):
        chosen = (turn + 1) % options
        change(page, chosen)
        figures[chosen] = page.evaluate(FIGURES)
    return figures


def described(taken: list[float]) -> tuple[float, float]:
    """p50 and p95."""
    twentieths = quantiles(taken, n=20, method="inclusive")
    return twentieths[9], twentieths[18]


def measure(store: Path, changes: int, pages: tuple[str, ...] = PAGES, height: int = 900) -> None:
    """
    Prints a line a page: charts, p50 and p95 of the page and of its floor, both ratios, and whether
    the goals are met.

    `height` of the window in pixels: in one as high as the page every chart is drawn.
    """
    print("page charts p50_ms p95_ms floor_p50_ms floor_p95_ms ratio_p50 ratio_p95 goals")
    with board(store) as url, browser(height) as context:
        for name in pages:
            page = ready(context, url + name)
            figures = collected(page, changes + 1)
            with floor(figures) as floor_url:
                bare = ready(context, floor_url)
                for turn in range(len(figures)):
                    change(bare, (turn + 1) % len(figures))
                ours, theirs = [], []
                for turn in range(changes):
                    chosen = (turn + 1) % len(figures)
                    page.bring_to_front()
                    ours.append(change(page, chosen))
                    bare.bring_to_front()
                    theirs.append(change(bare, chosen))
                bare.close()
            page.close()
            (middle, high), (low, tail) = described(ours), described(theirs)
            met = middle <= GOAL_P50 * low and high <= GOAL_P95 * tail
            print(
                f"{name} {len(figures[0])} {middle:.0f} {high:.0f} {low:.0f} {tail:.0f} "
                f"{middle / low:.2f} {high / tail:.2f} {'met' if met else 'missed'}",
                flush=True,
            )
