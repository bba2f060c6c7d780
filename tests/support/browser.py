"""The board served and driven in Chromium."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from benchmarks.streamlit_server import ROOT, command, free_port, running

#: Used here or not, tests that start a board themselves import them from here.
__all__ = ["ROOT", "command", "free_port"]

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

#: Every page with the name it has on screen.
PAGES = {
    "/": "总览",
    "/coverage": "覆盖缺口",
    "/warnings": "预警处置",
    "/departments": "部门响应",
    "/map": "县区地图",
    "/county": "县区画像",
    "/tasks": "任务清单",
    "/meeting": "联席会议",
    "/quality": "数据质量",
    "/explore": "自助分析",
    "/methods": "指标口径",
}


@contextmanager
def served(store: Path, *options: str, port: int = 0, **variables: str) -> Iterator[str]:
    """The board on a port, by default a free one, reading a store; its audit log lies beside that."""
    port = port or free_port()
    environment = {"AUDIT_DIR": f"{store}-audit-{port}"} | os.environ | variables
    environment["SNAPSHOT_DIR"] = str(store)
    with running(command(port, *options), port, environment):
        yield f"http://127.0.0.1:{port}"


def opened(context: BrowserContext, url: str) -> tuple[Page, list[str]]:
    """The page when it has settled, and every address it asked for."""
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    page.wait_for_selector("h1", timeout=60_000)
    settle(page)
    return page, asked


#: Resolves when the script has run, every chart is drawn and nothing has changed for some time.
QUIET = """(quiet) => new Promise((settled) => {
    let last = performance.now();
    const watch = new MutationObserver(() => { last = performance.now(); });
    watch.observe(document, {subtree: true, childList: true, attributes: true});
    const undrawn = '[data-testid=stSkeleton], .board-chart[data-state=drawing]';
    const look = () => {
        const ran = document.querySelector('[data-test-script-state=notRunning]');
        if (ran && !document.querySelector(undrawn) && performance.now() - last > quiet) {
            watch.disconnect();
            settled();
        } else setTimeout(look, 20);
    };
    look();
})"""


def settle(page: Page) -> None:
    """Waits until the script has run, the charts are drawn and 0.1 s have passed in silence."""
    page.wait_for_selector("[data-test-script-state=notRunning]", timeout=60_000)
    page.evaluate(QUIET, 100)


def turned(page: Page, name: str) -> None:
    """Another page, by a click in the navigation: quicker than a page that loads everything."""
    if page.inner_text("h1") == name:
        return
    page.locator(".st-key-menu-wide").get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector(f"h1:has-text('{name}')", timeout=60_000)
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Chooses in a select box by its label; those of the scope stand behind a button."""
    box = page.get_by_role("combobox", name=label)
    if not box.count():
        page.get_by_role("button", name="更改范围").click()
    box.click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def click_lixian(page: Page) -> None:
    """A click in the middle of 礼县 on the page's first map."""
    at = page.evaluate(
        """() => {
            const plot = document.querySelector('.js-plotly-plot'), full = plot._fullLayout;
            const box = plot.getBoundingClientRect();
            return [box.x + full.xaxis._offset + full.xaxis.l2p(-32),
                    box.y + full.yaxis._offset + full.yaxis.l2p(80)];
        }"""
    )
    page.mouse.click(*at)


def parts(page: Page) -> Iterator[str]:
    """Each part of the page in turn, by clicking through its first row of segments."""
    group = page.locator("[data-testid=stButtonGroup]").first
    labels = group.get_by_role("radio").all_inner_texts() if group.count() else [""]
    for label in labels:
        if label:
            group.get_by_role("radio", name=label, exact=True).click()
            settle(page)
        yield label


def violations(page: Page) -> set[tuple[str, str]]:
    """Serious violations of accessibility: rule and the element's HTML."""
    return {
        (violation["id"], node["html"][:120])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    }


def failed(page: Page) -> list[str]:
    """Errors that the page shows."""
    return [box.inner_text() for box in page.query_selector_all("[data-testid=stException]")]


#: Names and terms that are not translated: file kinds, methods, the source of the points.
LATIN = {
    *("Byar", "CSV", "Excel", "GeoNames", "Kaplan", "Meier"),
    *("PDF", "PNG", "PPTX", "SVG", "Wilson", "Word", "XmR"),
}

#: What Streamlit draws as an icon by a font: a name in the text, a picture on the screen.
ICONS = {
    "expand_more",
    "arrow_drop_down",
    "keyboard_arrow_right",
    "keyboard_arrow_down",
    "upload",
    "add",
    "icon",
}


def english(text: str) -> set[str]:
    """Latin words on the screen that should be Chinese."""
    words = set(re.findall(r"[A-Za-z_]{3,}", text))
    return {w for w in words if w not in LATIN and w not in ICONS and not w.startswith("P0")}
