"""One tour of the demonstration in Chromium: what no test without a browser can prove."""

import io
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from browser import (
    PAGES,
    choose,
    click_lixian,
    english,
    failed,
    opened,
    parts,
    settle,
    turned,
    violations,
)
from every_day import every_day
from queries.answers.warnings import without_destination
from queries.store.snapshot import open_snapshot
from stores import D

#: Pages of every day; the others run in CI.
OFTEN = ["/", "/todo", "/coverage", "/warnings", "/meeting"]

USUAL = {"width": 1440, "height": 900}

WIDTHS = [(1366, 768), (1440, 900), (1920, 1080), (820, 1180), (390, 844)]

#: Two frames: what the new width asks for is laid out.
LAID_OUT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module", params=every_day(["/", "/todo", *list(PAGES)[1:]], OFTEN))
def visited(request, context, board):
    """Each page as it opens, every address it asked for, what the console said."""
    said: list[str] = []

    def listen(message) -> None:
        said.append(message.text)

    context.on("console", listen)
    page, asked = opened(context, board + request.param)
    yield page, asked, said
    page.close()
    context.remove_listener("console", listen)


def test_no_serious_violation_of_accessibility(visited):
    page, _, _ = visited
    assert violations(page) == set()


def test_nothing_is_wider_than_the_screen(visited):
    page, _, _ = visited
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(LAID_OUT)
        settle(page)
        over = page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
        )
        assert over <= 0, width
    page.set_viewport_size(USUAL)


def test_it_is_whole_keeps_the_policy_and_asks_nobody_else(visited, board):
    page, asked, said = visited
    assert failed(page) == []
    assert english(page.inner_text("[data-testid=stMain]")) == set()
    hosts = {a.split("/")[2] for a in asked if a.startswith(("http", "ws"))}
    assert hosts == {board.removeprefix("http://")}
    assert [text for text in said if "Content Security Policy" in text] == []
    # No font that the theme does not use, no letters for pictures, and no address that is not there.
    assert [address for address in asked if address.endswith(".woff2")] == []
    assert [text for text in said if "404" in text] == []


#: Where the first content starts at most, by the width of the screen; 自助分析 asks first.
FIRST = {1440: 200, 390: 290}

HIGHEST = """() => Math.min(...[...document.querySelectorAll(
    '.board-head, .leading, .cards, .numbers, .board-table, .agenda, .case-cards li')]
    .map((element) => element.getBoundingClientRect()).filter((box) => box.height)
    .map((box) => box.y))"""


def test_content_starts_high_on_the_screen(visited):
    page, _, _ = visited
    for width, lowest in FIRST.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(LAID_OUT)
        settle(page)
        assert page.evaluate(HIGHEST) <= lowest or page.inner_text("h1") == "自助分析", width
    page.set_viewport_size(USUAL)


@pytest.mark.slow
def test_every_part_opens_in_the_browser_too(context, board):
    """Without a browser, for every role and registry: test_every_page.py."""
    page, asked = opened(context, board)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name in PAGES.values():
        turned(page, name)
        for part in parts(page):
            assert failed(page) == [], (name, part)
            assert english(page.inner_text("[data-testid=stMain]")) == set(), (name, part)
    assert {a.split("/")[2] for a in asked if a.startswith(("http", "ws"))} == {
        board.removeprefix("http://")
    }
    assert [text for text in said if "Content Security Policy" in text] == []
    page.close()


@pytest.mark.slow
def test_a_task_leads_to_the_page_behind_an_indicator_in_the_same_scope(context, board):
    page, _ = opened(context, f"{board}/tasks?task=10&region=621223")
    page.get_by_role("link", name="先行救助及时率").click()
    page.wait_for_selector("h1:has-text('县区地图')")
    settle(page)
    asked = parse_qs(urlparse(page.url).query)
    assert (asked["region"], asked["indicator"]) == (["621223"], ["I1001"])
    assert "先行救助及时率" in page.inner_text(".board-finding >> nth=0")
    page.close()


def test_a_filter_changes_the_url_and_the_next_page(context, board, stored):
    waiting = without_destination(open_snapshot(stored("demonstration"), D), "county", "621226")
    page, _ = opened(context, board)
    choose(page, "县区", "礼县")
    assert parse_qs(urlparse(page.url).query)["region"] == ["621226"]
    turned(page, "预警处置")
    assert parse_qs(urlparse(page.url).query)["region"] == ["621226"]
    assert f"礼县未转办预警{waiting['warnings'].sum()}条" in page.inner_text("body")
    # 上次会议以来 is what the first page starts with, and nobody's choice.
    assert "period" not in parse_qs(urlparse(page.url).query)
    choose(page, "时段", "本年（1月1日起）")
    turned(page, "总览")
    assert parse_qs(urlparse(page.url).query)["period"] == ["year"]
    page.close()


def test_a_click_on_the_map_drills_to_the_townships(context, board):
    page, _ = opened(context, f"{board}/map")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    click_lixian(page)
    page.wait_for_selector("text=礼县各乡镇", timeout=20_000)
    assert parse_qs(urlparse(page.url).query)["region"] == ["621226"]
    page.close()


def test_every_download_opens(context, board):
    page, _ = opened(context, f"{board}/map?indicator=I0891")
    page.get_by_role("button", name="导出").click()
    page.wait_for_selector("text=PNG图片")
    files = {}
    for label in ("Excel数据", "CSV数据", "Word文档", "一页幻灯片", "PNG图片", "SVG图片"):
        with page.expect_download(timeout=60_000) as waiting:
            page.get_by_role("button", name=label).click()
        download = waiting.value
        assert download.suggested_filename.startswith("县区地图_救助覆盖率分布_全市_2026-10-31.")
        files[download.suggested_filename.split(".")[-1]] = download.path().read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active["A6"].value == "地区"
    assert len(Presentation(io.BytesIO(files["pptx"])).slides) == 1
    assert Document(io.BytesIO(files["docx"])).tables
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    assert "武都区" in files["csv"].decode("utf-8-sig")
    assert files["png"].startswith(b"\x89PNG")
    assert "天地图" in files["svg"].decode()
    page.close()


def test_the_list_of_a_county_is_filtered_and_taken_along(context, board):
    page, _ = opened(context, f"{board}/?role=county")
    page.get_by_role("combobox", name="时限").click()
    page.get_by_role("option", name="■ 逾期").click()
    page.keyboard.press("Escape")
    page.wait_for_selector("text=/显示\\d+条，共\\d+条/")
    page.get_by_role("button", name="导出").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Excel数据").click()
    assert download.value.suggested_filename.startswith("待办_待办预警清单_礼县")
    page.close()


def test_a_township_takes_its_list_and_no_other_file(context, board):
    page, _ = opened(context, f"{board}/coverage?role=township")
    page.get_by_role("button", name="导出").first.click()
    page.wait_for_selector("text=本角色只能导出本单位待办清单")
    assert page.get_by_role("button", name="Excel数据").count() == 0
    page.close()


@pytest.mark.slow
def test_a_file_may_be_taken_in_the_open_edition(context, board):
    page, _ = opened(context, f"{board}/coverage?region=621226")
    page.get_by_role("button", name="导出").first.click()
    page.get_by_text("公开口径（取整）").click()
    # The buttons are made anew; a file of the ones before is gone.
    page.wait_for_timeout(1000)
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV数据").click()
    assert download.value.suggested_filename.endswith("_公开口径.csv")
    page.close()


@pytest.mark.slow
def test_the_mark_is_along_the_lower_edge_of_every_page_and_lets_clicks_through(context, board):
    for address in ("/", "/present?at=3"):
        page, _ = opened(context, board + address)
        layer = page.locator(".board-watermark")
        assert layer.get_attribute("aria-hidden") == "true"
        style = layer.evaluate(
            "e => { const s = getComputedStyle(e), b = e.getBoundingClientRect();"
            " return [s.position, s.pointerEvents, s.backgroundImage.slice(0, 30),"
            " b.width >= innerWidth - 20 && b.bottom === innerHeight && b.height < 40]; }"
        )
        assert style == ["fixed", "none", 'url("data:image/svg+xml;base64', True]
        page.close()


def test_a_lists_own_download_is_hidden(context, board):
    page, _ = opened(context, f"{board}/warnings?part=cases")
    page.locator("[data-testid=stDataFrame]").hover()
    page.wait_for_selector("[data-testid=stElementToolbarButton] [aria-label^=查找]")
    assert not page.locator("[aria-label^=下载CSV]").is_visible()
    page.close()
