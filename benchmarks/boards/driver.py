"""Dashboards in Chromium, in turn: from a change of filter to the last stroke, and first visits.

One clock for all: it starts at the click (or the change of a native select), and stops at the last
change among the charts, of their DOM or on a canvas that is shown, once nothing is asked for,
nothing says that it loads and 400 ms were silent. What moves beside the charts (the filter's own
panel, the ripple of a button) is not counted. No line is imitated: files come from this machine.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median, quantiles

from playwright.sync_api import Browser, BrowserContext, Page, Response

#: As high as the highest of the dashboards, so that all four charts are in sight.
WINDOW = {"width": 1440, "height": 2400}
CHARTS = 4
VISITS = 3
PATIENCE = 120_000

WATCH = """
    window.started = window.last = window.pending = 0;
    const changed = () => { window.last = performance.now(); };
    const start = (event) => {
        const starts = window.armed && event.target.closest?.(window.armed);
        if (starts) window.started = performance.now();
    };
    document.addEventListener('pointerup', start, true);
    document.addEventListener('input', start, true);
    const isInside = ({target}) => (target.closest ? target : target.parentElement)?.closest(area);
    new MutationObserver((changes) => { if (changes.some(isInside)) changed(); }).observe(
        document, {subtree: true, childList: true, attributes: true, characterData: true});
    const canvas = CanvasRenderingContext2D.prototype;
    for (const name of ['clearRect', 'fill', 'fillRect', 'fillText', 'stroke', 'drawImage']) {
        const plain = canvas[name];
        canvas[name] = function (...given) {
            if (this.canvas.isConnected) changed();
            return plain.apply(this, given);
        };
    }
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

#: Of each chart the sums of its bars, least first.
Bars = list[list[int]]


@dataclass(frozen=True)
class Dashboard:
    """
    Where it is, how the county of a place in the list is chosen, the click that starts the clock.

    `area` holds the charts, `drawn` is a chart that is there; `bars` are what the charts show.
    """

    url: str
    choose: Callable[[Page, int], None]
    starts: str
    area: str
    drawn: str
    bars: Callable[[Page, list[Response]], Bars]
    login: Callable[[BrowserContext], None] = lambda _: None


@dataclass
class Measured:
    """Milliseconds of changes and of first visits, bytes of visits, and what was shown at last."""

    changes: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    bytes: list[float] = field(default_factory=list)
    bars: Bars = field(default_factory=list)

    def numbers(self) -> dict[str, float]:
        """p50 and p95 of the changes, medians of the visits, and the sum of a chart's bars."""
        twentieths = quantiles(self.changes, n=20, method="inclusive")
        return {
            "filter p50 ms": round(twentieths[9]),
            "filter p95 ms": round(twentieths[18]),
            "first visit ms": round(median(self.visits)),
            "first visit kB": round(median(self.bytes) / 1000),
            "warnings shown": max(map(sum, self.bars)),
        }


def measured(
    browser: Browser, boards: Mapping[str, Dashboard], counties: int, changes: int
) -> dict[str, Measured]:
    """First visits, then changes after one round over the counties; all dashboards in turn."""
    found = {name: Measured() for name in boards}
    for _ in range(VISITS if changes > VISITS else 1):
        for name, board in boards.items():
            _visit(browser, board, found[name])
    pages = {name: _armed(browser, board) for name, board in boards.items()}
    for turn in range(-counties, changes):
        for name, page in pages.items():
            page.bring_to_front()
            taken = _change(page, boards[name], turn % counties)
            if turn >= 0:
                found[name].changes.append(taken)
    return found


def _context(browser: Browser, board: Dashboard) -> BrowserContext:
    context = browser.new_context(viewport=WINDOW)
    context.add_init_script(f"window.area = {json.dumps(board.area)};{WATCH}")
    board.login(context)
    return context


def _open(page: Page, board: Dashboard) -> None:
    page.goto(board.url, timeout=PATIENCE)
    page.wait_for_function(QUIET, arg=[board.drawn, CHARTS], timeout=PATIENCE)


def _armed(browser: Browser, board: Dashboard) -> Page:
    page = _context(browser, board).new_page()
    _open(page, board)
    page.evaluate("(starts) => { window.armed = starts; }", board.starts)
    return page


def _visit(browser: Browser, board: Dashboard, found: Measured) -> None:
    """Notes milliseconds until the last chart, and bytes as they were sent, with nothing kept."""
    context = _context(browser, board)
    page, sizes, answers = context.new_page(), [], []
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    # A binary message comes as base64.
    devtools.on(
        "Network.webSocketFrameReceived",
        lambda event: sizes.append(len(event["response"]["payloadData"]) * 3 / 4),
    )
    page.on("response", lambda answer: answers.append(answer))
    _open(page, board)
    found.visits.append(page.evaluate("window.last"))
    found.bytes.append(sum(sizes))
    found.bars = sorted(sorted(bars) for bars in board.bars(page, answers))
    context.close()


def _change(page: Page, board: Dashboard, county: int) -> float:
    page.evaluate("window.started = 0")
    board.choose(page, county)
    # A county may have fewer charts than all of them.
    page.wait_for_function(QUIET, arg=[board.drawn, 1], timeout=PATIENCE)
    return page.evaluate("window.last - window.started")
