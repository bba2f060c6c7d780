"""Back and Forward undo and redo each choice; a link restores it; the way up; the top of a page."""

from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from browser import choose, click_lixian, opened, settle, turned
from every_day import every_day

WHERE = ".st-key-crumbs"

#: The lowest y at which a page's content may begin, by the width of the screen.
CONTENT_BY = {1440: 200, 820: 280, 390: 320}


@pytest.fixture
def page(context, board):
    page, _ = opened(context, board)
    yield page
    page.close()


def query(page) -> str:
    return urlparse(page.url).query


def arrives(page, at: str) -> None:
    """Waits until the address has this query and the page is drawn."""
    page.wait_for_url(lambda url: urlparse(url).query == at, timeout=20_000)
    settle(page)


def back(page, to: str) -> None:
    """The browser's Back, until the address is the one expected."""
    page.go_back()
    arrives(page, to)


def test_back_and_forward_undo_and_redo_a_region_a_part_and_a_filter(page):
    turned(page, "预警处置")
    choose(page, "县区", "礼县")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="即将逾期").click()
    arrives(page, "region=621226&part=soon")
    page.get_by_role("radio", name="退出预警").click()
    arrives(page, "region=621226&part=soon&direction=exit")

    back(page, "region=621226&part=soon")
    expect(page.get_by_role("radio", name="全部")).to_be_checked()
    back(page, "region=621226")
    expect(page.get_by_role("radio", name="未转办")).to_be_checked()
    expect(page.locator(WHERE)).to_contain_text("礼县")
    back(page, "")
    expect(page.locator(WHERE)).to_have_text("全市")
    page.go_forward()
    arrives(page, "region=621226")
    expect(page.locator(WHERE)).to_contain_text("礼县")


@pytest.mark.slow
def test_back_undoes_a_click_on_the_map_and_the_way_up_leads_out(page):
    turned(page, "县区地图")
    click_lixian(page)
    arrives(page, "region=621226")
    page.get_by_role("button", name="全市 ›").click()
    arrives(page, "")
    expect(page.locator(WHERE)).to_have_text("全市")
    back(page, "region=621226")
    expect(page.locator(WHERE)).to_contain_text("礼县")
    back(page, "")
    expect(page.locator(WHERE)).to_have_text("全市")


def test_the_menu_carries_the_scope_and_back_returns_with_one_press(page):
    choose(page, "县区", "礼县")
    page.keyboard.press("Escape")
    turned(page, "部门响应")
    assert query(page) == "region=621226"
    expect(page.locator(WHERE)).to_contain_text("礼县")
    page.go_back()
    page.wait_for_selector("h1:has-text('总览')")
    settle(page)
    assert query(page) == "region=621226"
    page.reload()
    settle(page)
    expect(page.locator(WHERE)).to_contain_text("礼县")


@pytest.mark.parametrize("width", every_day(CONTENT_BY, [390]))
def test_content_starts_at_the_top_and_nothing_lies_over_it(context, board, width):
    page, _ = opened(context, f"{board}/warnings?region=621226")
    page.set_viewport_size({"width": width, "height": 900})
    settle(page)
    top = page.locator(".numbers").bounding_box()["y"]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.close()
    assert top <= CONTENT_BY[width]


@pytest.mark.slow
def test_back_undoes_a_compared_day_and_an_indicator(page):
    turned(page, "县区地图")
    # The list is long: what is not typed is not drawn.
    page.get_by_role("combobox", name="指标").fill("未转办预警数")
    page.get_by_role("option", name="未转办预警数（条）", exact=True).click()
    settle(page)
    arrives(page, "indicator=I0707")
    choose(page, "对比", next(o for o in compared_days(page) if o.startswith("上月末")))
    page.keyboard.press("Escape")
    arrives(page, "indicator=I0707&compared=month")

    back(page, "indicator=I0707")
    expect(page.locator(".scope-line")).to_contain_text("对比2026年7月31日")
    back(page, "")
    expect(page.locator(".board-finding").first).to_contain_text("救助覆盖率")
    page.go_forward()
    arrives(page, "indicator=I0707")
    expect(page.locator(".board-finding").first).to_contain_text("未转办预警数")


def compared_days(page) -> list[str]:
    """The days that may be compared with, as they are offered."""
    page.get_by_role("button", name="更改范围").click()
    page.get_by_role("combobox", name="对比").click()
    offered = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    return offered
