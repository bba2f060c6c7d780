"""What a first and a second visit load, and when text and charts are painted, beside a bare page.

The bare page draws the same charts, is compressed, and keeps what a browser keeps by default. Both
are visited in turn over a line of 10 Mbit/s; the clock is the browser's, from the start of the
navigation.
"""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from benchmarks import screens

#: What is asked, as ratios to the bare page.
GOALS = {"text": 0.6, "last chart": 1.1, "bytes": 0.8, "second visit": 0.5}

#: A county's line: milliseconds there and back, bytes a second.
LINE = {"latency": 20, "downloadThroughput": 1_250_000, "uploadThroughput": 1_250_000}

#: Requests that a first visit may make more than the bare page.
MORE_REQUESTS = 5

#: Notes when texts are painted first, and the last change of a chart that the screen shows.
WATCH = """
window.painted = {};
const texts = ['h1', '.leading', '.cards', '.numbers', '.board-finding'];
const look = () => {
    for (const text of texts)
        if (!(text in painted) && document.querySelector(text)) painted[text] = performance.now();
    requestAnimationFrame(look);
};
requestAnimationFrame(look);
new MutationObserver((changes) => {
    for (const { target } of changes) {
        const chart = target.closest?.('.js-plotly-plot');
        if (!chart || chart.getBoundingClientRect().top > innerHeight) continue;
        window.firstChart ??= performance.now();
        window.lastChart = performance.now();
    }
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


@dataclass
class Visit:
    """Requests, bytes with those of the web socket, and milliseconds; 0 without a chart."""

    requests: int = 0
    bytes: int = 0
    text: float = 0
    first_chart: float = 0
    last_chart: float = 0


def visit(context: BrowserContext, url: str) -> Visit:
    """Opens a page; what the context has kept from before is not asked for again."""
    page = context.new_page()
    page.add_init_script(WATCH)
    made = _counted(context, page)
    page.goto(url)
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    made.text = page.evaluate("Math.max(...Object.values(painted))")
    made.first_chart = page.evaluate("window.firstChart ?? 0")
    made.last_chart = page.evaluate("window.lastChart ?? 0")
    page.close()
    return made


def _counted(context: BrowserContext, page: Page) -> Visit:
    """Requests and bytes, which grow while the page is open."""
    made, devtools = Visit(), context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **LINE})

    def asked(event: dict) -> None:
        made.requests += event["request"]["url"].startswith("http")

    def loaded(event: dict) -> None:
        made.bytes += int(event["encodedDataLength"])

    def received(event: dict) -> None:
        # A binary message comes as base64.
        made.bytes += len(event["response"]["payloadData"]) * 3 // 4

    devtools.on("Network.requestWillBeSent", asked)
    devtools.on("Network.loadingFinished", loaded)
    devtools.on("Network.webSocketFrameReceived", received)
    return made


def twice(browser: Browser, url: str) -> tuple[Visit, Visit]:
    """A visit with nothing kept, and another one after it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    visits = visit(context, url), visit(context, url)
    context.close()
    return visits


def measure(store: Path, visits: int, pages: tuple[str, ...] = screens.PAGES) -> None:
    """Prints a line a page and quantity: ours, the bare page's, the ratio and its goal."""
    print("page quantity p50 floor_p50 ratio_p50 p95 floor_p95 ratio_p95 goal")
    with screens.board(store) as url, screens.browser() as context:
        for name in pages:
            page = screens.ready(context, url + name)
            figures = [page.evaluate(screens.FIGURES)]
            page.close()
            with screens.floor(figures) as floor_url:
                for address in (url + name, floor_url):
                    twice(context.browser, address)
                runs = [
                    (twice(context.browser, url + name), twice(context.browser, floor_url))
                    for _ in range(visits)
                ]
            for quantity, ours, theirs in _quantities(runs):
                _line(name, quantity, ours, theirs)


Run = tuple[tuple[Visit, Visit], tuple[Visit, Visit]]


def _quantities(runs: list[Run]) -> list[tuple[str, list[float], list[float]]]:
    """Name, ours, and what it is compared with: the bare page, or the first visit of ours."""
    ours, again = zip(*[own for own, _ in runs], strict=True)
    bare = [floor for (floor, _) in (floor for _, floor in runs)]
    found = [
        ("requests", [v.requests for v in ours], [v.requests for v in bare]),
        ("bytes", [v.bytes for v in ours], [v.bytes for v in bare]),
        ("text", [v.text for v in ours], [v.first_chart for v in bare]),
        ("second visit", [_end(v) for v in again], [_end(v) for v in ours]),
    ]
    if all(v.last_chart for v in ours):
        charts = [v.last_chart for v in ours], [v.last_chart for v in bare]
        found.append(("last chart", *charts))
    return found


def _end(made: Visit) -> float:
    return max(made.text, made.last_chart)


def _line(page: str, quantity: str, ours: list[float], theirs: list[float]) -> None:
    (middle, high), (low, tail) = screens.described(ours), screens.described(theirs)
    goal = GOALS.get(quantity)
    met = middle <= goal * low if goal else middle <= low + MORE_REQUESTS
    asked = f"{goal} {'met' if met else 'missed'}" if goal else f"+{MORE_REQUESTS} {met}"
    print(
        f"{page} {quantity.replace(' ', '_')} {middle:.0f} {low:.0f} {middle / low:.2f} "
        f"{high:.0f} {tail:.0f} {high / tail:.2f} {asked}",
        flush=True,
    )
