"""预警处置 of ours, of Superset (registry and cubes, cached and not), and as a static page."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks import screens
from benchmarks.boards import postgres, static, superset
from benchmarks.boards.driver import Bars, Dashboard, Measured, measured
from queries.answers.breakdowns import regions
from queries.store.snapshot import open_snapshot
from queries.store.versions import stored_days

FOLDER = Path(os.environ.get("BOARDS_DIR", "var/boards"))

OURS = "ours"

#: Of every chart, the sums of its bars.
BARS = """() => [...document.querySelectorAll('.js-plotly-plot')].map((plot) => {
    const sums = {};
    for (const trace of plot.calcdata)
        for (const bar of trace) if (bar.s) sums[bar.p] = (sums[bar.p] ?? 0) + bar.s;
    return Object.values(sums);
})"""


def measure(store: Path, registry: Path, changes: int) -> dict[str, dict[str, float]]:
    """By dashboard: milliseconds of a change, p50 and p95; milliseconds and kB of a first visit."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    day = stored_days(store)[-1]
    snapshot = open_snapshot(store, day)
    cube = postgres.cube(snapshot)
    # Peers list counties that have a warning, by their codes; ours lists every one.
    counties = sorted(cube["county"].unique())
    listed = [code for code, _ in regions(snapshot, "county")]
    places = [1 + listed.index(county) for county in counties]
    with sync_playwright() as playwright, ExitStack() as serving:
        scratch = Path(serving.enter_context(tempfile.TemporaryDirectory(prefix="boards-")))
        boards = {OURS: _ours(serving.enter_context(screens.board(store)), places)}
        if superset.is_installed(FOLDER):
            sql = {"registry": postgres.registry_sql(day), "cube": postgres.CUBE}
            database = serving.enter_context(postgres.postgres(registry, cube))
            boards |= _superset(serving, playwright, scratch, database, sql, counties)
        if static.is_installed(FOLDER):
            page = static.served(FOLDER / "framework", scratch / "static", cube)
            boards["static, Observable Framework"] = static.dashboard(serving.enter_context(page))
        _say_missing()
        browser = playwright.chromium.launch(executable_path=path, args=screens.FLAGS)
        found = measured(browser, boards, min(changes, len(counties)), changes)
        browser.close()
    _compare(found)
    return {name: of.numbers() for name, of in found.items()}


def _ours(url: str, places: list[int]) -> Dashboard:
    return Dashboard(
        url=f"{url}/warnings",
        choose=lambda page, county: _choose(page, places[county]),
        starts="[role=option]",
        area="[data-testid=stMain]",
        drawn=".js-plotly-plot:has(.main-svg)",
        bars=lambda page, _: page.evaluate(BARS),
    )


def _choose(page: Page, place: int) -> None:
    box = page.get_by_role("combobox", name="县区")
    if not box.count():
        page.get_by_role("button", name="更改范围").click()
    box.click()
    page.get_by_role("option").nth(place).click()


def _superset(
    serving: ExitStack,
    playwright: Playwright,
    scratch: Path,
    database: str,
    sql: Mapping[str, str],
    counties: list[str],
) -> Iterator[tuple[str, Dashboard]]:
    """Name and dashboard of each query, cached and not."""
    for cached in (True, False):
        home = scratch / f"superset-{cached}"
        url = serving.enter_context(superset.served(FOLDER.resolve(), home, cached))
        defined = superset.dashboards(playwright, url, database, sql, counties)
        for name, dashboard in defined.items():
            yield f"Superset, {name}, {'cached' if cached else 'not cached'}", dashboard


def _say_missing() -> None:
    for name, peer in (("Superset", superset), ("Observable Framework", static)):
        if not peer.is_installed(FOLDER):
            print(f"{name} is not installed: benchmarks/boards/install.sh", file=sys.stderr)
    print("Metabase, DataEase: neither PyPI nor npm has them, not measured", file=sys.stderr)


def _compare(found: Mapping[str, Measured]) -> None:
    """Says how many charts show our bars; AssertionError where the same cube shows others."""
    ours = found[OURS].bars
    for name, peer in found.items():
        alike = sum(bars in ours for bars in peer.bars)
        print(f"{name}: {alike} of {len(ours)} charts show our bars", file=sys.stderr)
        if "registry" not in name and peer.bars != ours:
            raise AssertionError(f"{name} shows {_others(peer.bars, ours)}")


def _others(bars: Bars, ours: Bars) -> str:
    pairs = zip(bars, ours, strict=False)
    return "; ".join(f"{theirs} instead of {own}" for theirs, own in pairs if theirs != own)
