"""A dashboard in Chromium: from a change of filter to the last change of its DOM, and first visits.

One clock for all: it starts at the click (or the change of a native select), and stops at the last
change of the DOM once nothing is asked for, nothing says that it loads and 400 ms were silent.
Canvas has no DOM; what a chart on canvas does after it was mounted, animation included, is not
counted, to the advantage of those that use it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

from playwright.sync_api import Browser, BrowserContext, Page

#: As high as the highest of the dashboards, so that all four charts are in sight.
WINDOW = {"width": 1440, "height": 2400}

WATCH = """
    window.started = window.last = window.pending = 0;
    const start = (event) => {
        const starts = window.armed && event.target.closest?.(window.armed);
        if (starts) window.started = performance.now();
    };
    document.addEventListener('pointerup', start, true);
    document.addEventListener('input', start, true);
    new MutationObserver(() => { window.last = performance.now(); }).observe(
        document, {subtree: true, childList: true, attributes: true, characterData: true});
    const plain = window.fetch;
    window.fetch = (...asked) => {
        window.pending += 1;
        return plain(...asked).finally(() => { window.pending -= 1; });
    };
"""

QUIET = """([drawn, charts]) => {
    const running = document.querySelector(
        '[data-test-script-state=running], [data-test=loading-indicator]');
    const here = document.querySelectorAll(drawn).length >= charts;
    const begun = window.last > window.started && (window.started > 0 || !window.armed);
    return begun && here && !running && !window.pending && performance.now() - window.last > 400;
}"""


@dataclass(frozen=True)
class Dashboard:
    """Where it is, how a county is chosen, the click that starts the clock, how a chart looks."""

    url: str
    choose: Callable[[Page, int], None]
    starts: str
    drawn: str
    login: Callable[[BrowserContext], None] = lambda _: None


def measured(browser: Browser, board: Dashboard, counties: int, changes: int) -> dict[str, float]:
    """p50 and p95 of the changes, after one round over the counties; first visits, median of 3."""
    visits = [_first(browser, board) for _ in range(3 if changes > 3 else 1)]
    context = _context(browser, board)
    page = _opened(context, board)
    page.evaluate("(starts) => { window.armed = starts; }", board.starts)
    taken = [_change(page, board, turn % counties) for turn in range(counties + changes)][counties:]
    context.close()
    twentieths = quantiles(taken, n=20, method="inclusive")
    return {
        "filter p50 ms": round(twentieths[9]),
        "filter p95 ms": round(twentieths[18]),
        "first visit ms": round(median(visit for visit, _ in visits)),
        "first visit kB": round(median(size for _, size in visits) / 1000),
    }


def _context(browser: Browser, board: Dashboard) -> BrowserContext:
    context = browser.new_context(viewport=WINDOW)
    context.add_init_script(WATCH)
    board.login(context)
    return context


def _opened(context: BrowserContext, board: Dashboard) -> Page:
    page = context.new_page()
    page.goto(board.url, timeout=120_000)
    page.wait_for_function(QUIET, arg=[board.drawn, 4], timeout=120_000)
    return page


def _first(browser: Browser, board: Dashboard) -> tuple[float, float]:
    """Milliseconds until the last chart, and bytes as they were sent, with nothing kept."""
    context = _context(browser, board)
    page, size = context.new_page(), 0.0

    def count(event: dict) -> None:
        nonlocal size
        size += event["encodedDataLength"]

    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", count)
    page.goto(board.url, timeout=120_000)
    page.wait_for_function(QUIET, arg=[board.drawn, 4], timeout=120_000)
    taken = page.evaluate("window.last")
    context.close()
    return taken, size


def _change(page: Page, board: Dashboard, county: int) -> float:
    page.evaluate("window.started = 0")
    board.choose(page, county)
    # A county may have fewer charts than all of them.
    page.wait_for_function(QUIET, arg=[board.drawn, 1], timeout=120_000)
    return page.evaluate("window.last - window.started")
