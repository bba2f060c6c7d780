"""预警处置 of ours, of Superset (registry and cubes, cached and not), and as a static page."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from benchmarks import screens
from benchmarks.boards import postgres, static, superset
from benchmarks.boards.driver import Dashboard, measured
from queries.store.snapshot import Snapshot, open_snapshot
from queries.store.versions import stored_days

FOLDER = Path(os.environ.get("BOARDS_DIR", "var/boards"))
COUNTIES = 9

Found = dict[str, dict[str, float]]


def measure(store: Path, registry: Path, changes: int) -> Found:
    """By dashboard: milliseconds of a change, p50 and p95; milliseconds and kB of a first visit."""
    path = os.environ.get("BROWSER_PATH") or shutil.which("chromium")
    snapshot = open_snapshot(store, stored_days(store)[-1])
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="boards-") as scratch:
        browser = playwright.chromium.launch(executable_path=path, args=screens.FLAGS)
        with screens.served(store) as url:
            board = Dashboard(
                f"{url}/warnings", _ours, "[role=option]", ".js-plotly-plot .main-svg"
            )
            found: Found = {"ours": measured(browser, board, COUNTIES, changes)}
        for name, peer in _peers(playwright, browser, snapshot, registry, Path(scratch), changes):
            found[name] = peer
        browser.close()
        return found


def _peers(
    playwright: Playwright,
    browser: Browser,
    snapshot: Snapshot,
    registry: Path,
    scratch: Path,
    changes: int,
) -> Iterator[tuple[str, dict[str, float]]]:
    """Each peer that is installed; the others are named on stderr."""
    if (FOLDER / "superset/bin/gunicorn").exists():
        with postgres.postgres(registry, snapshot) as database:
            for cached in (True, False):
                home = scratch / f"superset-{cached}"
                home.mkdir()
                with ExitStack() as serving:
                    url = serving.enter_context(
                        superset.served(FOLDER.resolve() / "superset", home, cached)
                    )
                    queries = {"registry": postgres.REGISTRY, "cubes": postgres.CUBES}
                    defined = superset.define(playwright, url, database, queries)
                    for name, address in defined.items():
                        board = Dashboard(
                            address, _superset, APPLY, "canvas", lambda c, u=url: _login(c, u)
                        )
                        title = f"Superset, {name}, {'cached' if cached else 'not cached'}"
                        yield title, measured(browser, board, COUNTIES, changes)
    else:
        print("Superset is not installed: benchmarks/boards/install.sh", file=sys.stderr)
    if (FOLDER / "framework/node_modules/.bin/observable").exists():
        with static.served(
            FOLDER / "framework", scratch / "static", postgres.cube(snapshot)
        ) as url:
            board = Dashboard(url, _static, "select", ".card svg")
            yield "static, Observable Framework", measured(browser, board, COUNTIES, changes)
    else:
        print(
            "Observable Framework is not installed: benchmarks/boards/install.sh", file=sys.stderr
        )
    print("Metabase, DataEase: neither PyPI nor npm has them, not measured", file=sys.stderr)


def _ours(page: Page, county: int) -> None:
    box = page.get_by_role("combobox", name="县区")
    if not box.count():
        page.get_by_role("button", name="更改范围").click()
    box.click()
    page.get_by_role("option").nth(county + 1).click()


APPLY = "[data-test=filter-bar__apply-button]"


def _superset(page: Page, county: int) -> None:
    page.locator("[data-test=filter-bar] .ant-select").first.click()
    page.locator(".ant-select-item-option").nth(county).click()
    page.locator(APPLY).click()


def _login(context: BrowserContext, url: str) -> None:
    answer = context.request.post(f"{url}/login/", form=superset.LOGIN)
    assert answer.ok, answer.text()


def _static(page: Page, county: int) -> None:
    page.locator("select").select_option(index=county + 1)
