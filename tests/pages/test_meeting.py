"""联席会议 and 放映 in Chromium: prepare, pin, save, load, freeze, present by keys."""

import json
import re
import shutil
from urllib.parse import parse_qs, urlparse

import pytest
from pptx import Presentation

from browser import click_lixian, english, failed, opened, served, settle, violations

SCREENS = [(1920, 1080), (3840, 2160)]


@pytest.fixture(scope="module")
def board(stored, tmp_path_factory):
    """A copy of the store: meetings are kept in it."""
    store = shutil.copytree(stored("demonstration"), tmp_path_factory.mktemp("board") / "store")
    with served(store) as url:
        yield url


def agenda(page) -> list[str]:
    return [re.sub(r"^\d+\. ", "", text) for text in page.locator(".agenda b").all_inner_texts()]


def toast(page, said: str) -> None:
    page.wait_for_selector(f"[data-testid=stToast]:has-text('{said}')", timeout=20_000)


@pytest.mark.slow
def test_a_meeting_brings_its_days(context, board):
    page, _ = opened(context, f"{board}/meeting?meeting=J007")
    text = page.inner_text("body")
    assert "2026年7月31日" in text
    assert "2026年3月31日" in text
    assert page.get_by_role("combobox", name="截至").count() == 0
    assert "上次会议议定事项落实情况" in text
    page.close()


def test_the_agenda_is_moved_struck_and_added_to(context, board):
    page, _ = opened(context, f"{board}/meeting?part=agenda")
    before = agenda(page)
    page.get_by_role("button", name="下移").first.click()
    settle(page)
    after = agenda(page)
    assert after[:2] == before[1::-1]
    page.get_by_role("button", name="删除").first.click()
    settle(page)
    assert "已删除" in page.locator(".agenda").first.inner_text()
    assert page.locator(".agenda b").nth(1).inner_text().startswith("1. ")
    page.get_by_role("button", name="修改").nth(1).click()
    page.get_by_label("建议时限").fill("12月底前")
    page.get_by_role("button", name="保存修改").click()
    page.wait_for_selector(".agenda:has-text('建议时限：12月底前')")
    page.get_by_label("补充议题").fill("研究采暖季保障")
    page.get_by_role("button", name="加入议程").click()
    page.wait_for_selector(".agenda:has-text('研究采暖季保障')")
    assert "会议办公室提出" in page.locator(".agenda").last.inner_text()
    page.close()


@pytest.mark.slow
def test_what_is_pinned_is_kept_with_the_meeting_and_in_the_files(context, board, tmp_path):
    page, _ = opened(context, f"{board}/coverage?part=missing&region=621226")
    page.get_by_role("button", name="导出").first.click()
    page.get_by_role("button", name="加入会议材料").click()
    toast(page, "已加入会议材料")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="联席会议").click()
    page.wait_for_selector("h1:has-text('联席会议')")
    settle(page)
    page.get_by_role("radio", name="会议材料").click()
    page.wait_for_selector("text=1. 覆盖缺口")
    page.get_by_role("button", name="保存到本次会议").click()
    toast(page, "已保存")
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name="幻灯片（PPTX）").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == "陇南市社会救助部门联席会议材料（礼县）_2026-10-31.pptx"
    # What is pinned stands in the annex, which is on where something is.
    assert len(Presentation(str(file)).slides) > 20
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载选择文件").click()
    told = json.loads(waiting.value.path().read_text())
    assert told["exhibits"][0]["region"] == "621226"
    page.close()

    # Another visitor finds what was kept with the meeting.
    again, _ = opened(context, f"{board}/meeting?part=material&region=621226")
    assert "1. 覆盖缺口" in again.inner_text("body")
    again.get_by_role("button", name="移除").click()
    settle(again)
    assert "尚未加入任何图表" in again.inner_text("body")
    chooser = again.locator("input[type=file]")
    chooser.set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": b'{"kind": 1}'}
    )
    again.wait_for_selector("text=不是会议材料选择文件")
    chooser.set_input_files(
        {
            "name": "good.json",
            "mimeType": "application/json",
            "buffer": json.dumps(told).encode(),
        }
    )
    again.wait_for_selector("text=1. 覆盖缺口")
    # What was said of the file before goes with the end of the run.
    again.wait_for_selector("text=不是会议材料选择文件", state="detached")
    settle(again)
    assert failed(again) == []
    assert english(again.inner_text("[data-testid=stMain]")) <= {"json", "good"}
    again.close()


@pytest.mark.slow
def test_frozen_material_opens(context, board):
    page, _ = opened(context, f"{board}/meeting?part=kept")
    page.get_by_role("button", name="存档当前材料").click()
    toast(page, "已存档，第1份")
    page.wait_for_selector("text=演示数据（合成）；2")
    settle(page)
    assert failed(page) == []
    assert "上次会议议定事项落实情况" in page.inner_text("body")
    assert "数据已修订" not in page.inner_text(".stMainBlockContainer")
    page.get_by_role("button", name="放映此存档").click()
    page.wait_for_selector(".screen.cover")
    settle(page)  # keys are heard once the bar is drawn
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/present?*at=2*")
    assert parse_qs(urlparse(page.url).query)["kept"] == ["1"]
    page.close()


def screen(page, at: int) -> None:
    page.wait_for_url(f"**/present?*at={at}*")
    page.wait_for_selector(".screen")
    settle(page)


@pytest.mark.slow
@pytest.mark.parametrize(
    "size", [SCREENS[0], *(pytest.param(s, marks=pytest.mark.slow) for s in SCREENS[1:])]
)
def test_full_screen_mode_is_driven_by_keys(context, board, size):
    page, _ = opened(context, f"{board}/meeting")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.get_by_role("button", name="全屏放映").click()
    page.wait_for_selector(".screen.cover")
    settle(page)
    assert "陇南市社会救助部门联席会议材料" in page.inner_text(".screen h1")
    for at, key in enumerate(("ArrowRight", "PageDown", " ", "ArrowDown"), start=2):
        page.keyboard.press(key)
        screen(page, at)
        assert failed(page) == []
        assert "内部资料 注意保存" in page.inner_text(".corner")
        # The fingerprint of the registry is hexadecimal.
        text = re.sub("（[0-9a-f]{8}）", "", page.inner_text("[data-testid=stMain]"))
        assert english(text) == set()
        # Nothing is cut off, and nothing of Streamlit is in the way.
        over = page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
        assert over <= 0
        assert not page.locator("[data-testid=stHeader]").is_visible()
    page.keyboard.press("PageUp")
    screen(page, 4)
    page.keyboard.press("End")
    page.wait_for_url(lambda url: parse_qs(urlparse(url).query)["at"] != ["4"])
    page.keyboard.press("Home")
    page.wait_for_selector(".screen.cover")
    page.keyboard.press("Escape")
    page.wait_for_selector("h1:has-text('联席会议')")
    page.close()


@pytest.mark.slow
def test_full_screen_mode_shows_the_pages_of_the_pack_in_their_order(context, board):
    page, _ = opened(context, f"{board}/present")
    assert page.inner_text(".presenter-count") == "1 / 12"
    titles = []
    for _ in range(11):
        page.keyboard.press("ArrowRight")
        screen(page, len(titles) + 2)
        titles.append(page.inner_text(".screen h1 >> nth=0"))
        assert failed(page) == []
        over = page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
        assert over <= 0
    assert titles[:2] == ["总体情况", "上次会议议定事项落实情况"]
    assert [title.partition("：")[0] for title in titles[2:7]] == [f"议题{n}" for n in range(1, 6)]
    assert titles[7:] == [
        "部门办理情况（上次会议以来）",
        "县区指标对照截至2026年10月31日",
        "任务落实情况（上次会议以来）",
        "口径说明",
    ]
    page.close()


def test_no_key_is_lost_while_a_screen_is_drawn(context, board):
    page, _ = opened(context, f"{board}/present")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/present?*at=5*")
    screen(page, 5)
    page.close()


SWIPE = """([from, to]) => {
    const touch = (x) => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
    const send = (name, x, held) => document.body.dispatchEvent(new TouchEvent(name, {
        touches: held ? [touch(x)] : [], changedTouches: [touch(x)], bubbles: true}));
    send("touchstart", from, true);
    send("touchend", to, false);
}"""


@pytest.mark.slow
def test_a_finger_turns_the_screens(context, board):
    page, _ = opened(context, f"{board}/present")
    width = page.viewport_size["width"]
    for ends, at in (
        ([300, 200], 2),
        ([300, 300 + 100], 1),
        ([width - 5, width - 5], 2),
        ([5, 5], 1),
    ):
        page.evaluate(SWIPE, ends)
        screen(page, at)
    page.close()


@pytest.mark.slow
def test_a_click_on_the_presented_map_drills_and_comes_back(context, board):
    # The annex: after twelve pages two topics, the decisions, the main indicators.
    page, _ = opened(context, f"{board}/present?annex=1&at=17")
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_selector(".js-plotly-plot .main-svg")
    settle(page)
    page.wait_for_timeout(800)
    click_lixian(page)
    page.wait_for_selector(".screen h1:has-text('礼县各乡镇')", timeout=20_000)
    page.keyboard.press("Escape")
    page.locator(".screen h1:has-text('礼县各乡镇')").wait_for(state="detached")
    assert parse_qs(urlparse(page.url).query)["at"] == ["17"]
    page.close()


@pytest.mark.slow
def test_it_moves_by_itself_at_the_chosen_pace(context, board):
    page, _ = opened(context, f"{board}/present")
    page.get_by_label("自动播放间隔").select_option("10")
    page.wait_for_url("**/present?*at=2*", timeout=30_000)
    page.close()


def test_a_wrong_place_in_the_address_is_the_first_screen(context, board):
    page, _ = opened(context, f"{board}/present?at=-1&region=nowhere&as_of=never&department=x")
    assert page.query_selector(".screen.cover")
    assert failed(page) == []
    page.close()


@pytest.mark.slow
def test_no_serious_violation_of_accessibility_on_the_screen(context, board):
    for at in (1, 2, 5):
        page, _ = opened(context, f"{board}/present?at={at}")
        assert violations(page) == set()
        page.close()
