"""Every page in Chromium: it opens, its figures are the command line's, what is clicked happens."""

import io
import re
from urllib.parse import parse_qs, urlparse

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document
from pptx import Presentation

from browser import PAGES, choose, click_lixian, english, failed, opened, parts, served, settle
from exhibits.wording import words
from queries.answers.indicators import indicators
from queries.answers.warnings import unrouted
from queries.store.snapshot import open_snapshot
from stores import D

USUAL = {"width": 1440, "height": 900}

WIDTHS = [(1366, 768), (1440, 900), (1920, 1080), (820, 1180)]


@pytest.fixture(scope="module")
def store(stored):
    return stored("demonstration")


@pytest.fixture(scope="module")
def board(store):
    with served(store) as url:
        yield url


@pytest.fixture(scope="module", params=PAGES)
def visited(request, context, board):
    """Each page as it opens, and every address it asked for."""
    page, asked = opened(context, board + request.param)
    yield page, asked
    page.close()


def test_no_serious_violation_of_accessibility(visited):
    page, _ = visited
    found = {
        (violation["id"], node["html"][:120])
        for violation in Axe().run(page).response["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    }
    assert found == set()


def test_nothing_is_wider_than_the_screen(visited):
    page, _ = visited
    for width, height in WIDTHS:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
        over = page.evaluate(
            "document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
        )
        assert over <= 0, width
    page.set_viewport_size(USUAL)


def test_every_part_opens_in_chinese_and_asks_nobody_else(visited, board):
    page, asked = visited
    for part in parts(page):
        assert failed(page) == [], part
        assert page.query_selector_all(
            ".board-finding, .finding-list, .card, .task, .agenda, .board-heading"
        ), part
        assert english(page.inner_text("[data-testid=stMain]")) == set(), part
    hosts = {a.split("/")[2] for a in asked if a.startswith(("http", "ws"))}
    assert hosts == {board.removeprefix("http://")}


def test_figures_on_the_page_are_those_of_the_command_line(context, board, store):
    page, _ = opened(context, board)
    text = page.inner_text("body")
    city = {row["id"]: row for row in indicators(open_snapshot(store, D), "city").to_dicts()}
    assert "演示数据（合成）" in text
    assert f"{city['I0101']['value']:.0f}人" in text
    assert f"{city['I0891']['value']:.2f}%" in text
    assert f"{city['I0707']['value']:.0f}条" in text
    page.close()


def test_figures_of_tasks_analyses_and_definitions_are_those_of_the_command_line(
    context, board, store
):
    snapshot = open_snapshot(store, D)
    page, _ = opened(context, f"{board}/tasks?task=9-2")
    text = page.inner_text(".task")
    rows = indicators(snapshot, "task_row").filter(group="9-2").to_dicts()
    assert len(rows) > 3
    for row in rows:
        assert words.value(row["value"], row["unit"], row["status"]) in text, row["id"]
    page.goto(f"{board}/explore?id=I0723&by=department&kind=table")
    page.wait_for_selector("text=部门按时响应率，按部门")
    text = page.inner_text(".board-table")
    for row in indicators(snapshot, "department").filter(id="I0723", status="ok").to_dicts():
        assert f"{row['value']:.2f}" in text, row["group"]
    page.goto(f"{board}/methods")
    page.wait_for_selector("text=/显示66条/")
    city = indicators(snapshot, "city").filter(id="I0890").to_dicts()[0]
    assert words.value(city["value"], "人") in page.inner_text(".board-table")
    page.close()


def test_a_task_leads_to_the_page_behind_an_indicator_in_the_same_scope(context, board):
    page, _ = opened(context, f"{board}/tasks?task=10&region=621223")
    page.get_by_role("link", name="先行救助及时率").click()
    page.wait_for_selector("h1:has-text('县区地图')")
    settle(page)
    asked = parse_qs(urlparse(page.url).query)
    assert (asked["region"], asked["indicator"]) == (["621223"], ["I1001"])
    assert "先行救助及时率" in page.inner_text(".board-finding >> nth=0")
    page.close()


def test_a_filter_changes_figures_url_and_the_next_page(context, board, store):
    snapshot = open_snapshot(store, D)
    county = indicators(snapshot, "county").filter(id="I0101", group="621226")["value"].item()
    waiting = unrouted(snapshot, "county", "621226")
    page, _ = opened(context, board)
    choose(page, "县区", "礼县")
    assert f"{county:.0f}人" in page.inner_text("body")
    assert parse_qs(urlparse(page.url).query)["region"] == ["621226"]
    page.get_by_role("link", name="预警处置").click()
    page.wait_for_selector("h1:has-text('预警处置')")
    settle(page)
    text = page.inner_text("body")
    assert parse_qs(urlparse(page.url).query)["region"] == ["621226"]
    assert f"礼县未转办预警{waiting['warnings'].sum()}条" in text
    page.close()


def test_a_link_pasted_elsewhere_shows_the_same(context, board):
    address = f"{board}/coverage?region=621202&category=dibao&part=cascade"
    page, _ = opened(context, address)
    again, _ = opened(context, page.url)
    finding = page.inner_text(".board-finding >> nth=0")
    assert "武都区" in finding
    assert again.inner_text(".board-finding >> nth=0") == finding
    assert "武都区·低保对象" in again.inner_text("body")
    page.close(), again.close()


def test_a_wrong_link_falls_back_with_a_notice(context, board):
    page, _ = opened(context, f"{board}/?as_of=2031-01-01&region=nowhere")
    text = page.inner_text("body")
    assert "已改用默认值" in text
    assert "2026年10月31日" in text
    page.close()


def test_controls_that_mean_nothing_are_off_and_say_why(context, board):
    page, _ = opened(context, f"{board}/warnings?category=dibao")
    assert page.get_by_role("combobox", name="类别").is_disabled()
    page.get_by_test_id("stTooltipIcon").nth(2).hover()
    page.wait_for_selector("text=类别只筛选在册人员")
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
        assert download.suggested_filename.startswith("县区地图_救助覆盖率分布图_全市_2026-10-31.")
        files[download.suggested_filename.split(".")[-1]] = download.path().read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active["A6"].value == "地区"
    assert len(Presentation(io.BytesIO(files["pptx"])).slides) == 1
    assert Document(io.BytesIO(files["docx"])).tables
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    assert "武都区" in files["csv"].decode("utf-8-sig")
    assert files["png"].startswith(b"\x89PNG")
    assert "天地图" in files["svg"].decode()
    page.close()


def test_a_list_is_filtered_and_its_download_too(context, board):
    page, _ = opened(context, f"{board}/warnings?part=cases")
    before = page.inner_text(".board-finding >> nth=0")
    page.get_by_label("状态").click()
    page.get_by_role("option", name="未转办").click()
    settle(page)
    assert page.locator("text=/显示\\d+条，共\\d+条/").count() == 1
    shown, total = re.search(r"显示(\d+)条，共(\d+)条", page.inner_text("body")).groups()
    assert int(shown) < int(total)
    assert before == page.inner_text(".board-finding >> nth=0")
    page.close()


def test_a_task_opens_with_its_exhibits_and_reports(context, board):
    page, _ = opened(context, f"{board}/tasks?task=8")
    assert failed(page) == []
    text = page.inner_text("[data-testid=stMain]")
    assert "跨过低保线" in text
    assert "部门填报进展" in text
    assert english(text) == set()
    page.close()


def test_an_analysis_is_kept_as_a_link(context, board):
    page, _ = opened(context, f"{board}/explore?id=I0707&by=month&kind=lines")
    assert failed(page) == []
    assert "未转办预警数，按月份" in page.inner_text("body")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.close()


def test_a_definition_is_found_by_its_words(context, board):
    page, _ = opened(context, f"{board}/methods")
    page.get_by_label("查找").fill("响应用时")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=/显示\\d+条，共66条/")
    settle(page)
    assert "I0721" in page.inner_text(".board-table")
    assert "I0101" not in page.inner_text(".board-table")
    page.close()
