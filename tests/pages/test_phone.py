"""What a county finds on a phone, by touch, from the link that it was sent."""

import pytest
from playwright.sync_api import expect

from browser import settle
from exhibits.todo.cases import cases
from queries.region import Region
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(context):
    touched = context.browser.new_context(viewport=PHONE, has_touch=True)
    yield touched.new_page()
    touched.close()


def sent(page, address: str) -> None:
    """Opens a link."""
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    settle(page)


def oldest(store) -> str:
    """The due day of 礼县's oldest overdue case."""
    table = cases(open_snapshot(store, D), Scope(D, region=Region("621226"))).table
    return min(table.filter(table["时限"] == "■ 逾期")["应办结日"]).isoformat()


@pytest.mark.slow
@pytest.mark.parametrize("link", ["/?role=county", "/warnings?role=county&part=trend"])
def test_a_county_head_finds_her_oldest_overdue_case_in_two_taps(page, board, stored, link):
    sent(page, board + link)
    first = page.locator(".case-cards li").first
    if not first.count():
        page.get_by_role("button", name="目录").tap()
        menu = page.locator("[data-testid=stPopoverBody]")
        menu.get_by_role("link", name="待办", exact=True).tap()
        page.wait_for_selector("h1:has-text('待办')")
        settle(page)
    expect(first).to_contain_text("■ 逾期")
    expect(first).to_contain_text(f"应办结日 {oldest(stored('demonstration'))}")
    box = first.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]


#: The names of points, and the labels of bars and dots.
TEXTS = """() => [...document.querySelectorAll('.textpoint text, .ytick text')]
    .map((text) => text.textContent)"""


@pytest.mark.slow
@pytest.mark.parametrize("part", ["compare", "cascade"])
def test_a_phone_has_the_names_and_labels_of_a_desk(page, board, part):
    page.set_viewport_size({"width": 1440, "height": 900})
    sent(page, f"{board}/coverage?part={part}")
    page.wait_for_selector(".board-chart[data-state=drawn]")
    names = {text for text in page.evaluate(TEXTS) if not text[0].isdigit()}
    page.set_viewport_size(PHONE)
    settle(page)
    assert names
    assert names <= set(page.evaluate(TEXTS))
