"""Charts in Chromium: drawn when they come near, changed in place, left alone when nothing changed."""

import pytest

from browser import choose, opened, settle, turned

STATES = "[...document.querySelectorAll('.board-chart')].map((chart) => chart.dataset.state)"

#: The drawing that the first chart has now, and whether it still has that one.
KEEP = "window.kept = document.querySelector('.board-chart .svg-container')"
KEPT = "window.kept === document.querySelector('.board-chart .svg-container')"

#: How often the first chart is drawn from now on.
COUNT = """() => {
    window.drawn = 0;
    document.querySelector('.board-chart').on('plotly_afterplot', () => { window.drawn += 1; });
}"""


@pytest.fixture
def county(context, board):
    page, _ = opened(context, f"{board}/county")
    yield page
    page.close()


def test_a_chart_is_drawn_when_it_comes_near(county):
    assert county.evaluate(STATES) == ["drawn", "waiting", "waiting"]
    county.locator(".board-chart").last.scroll_into_view_if_needed()
    county.wait_for_selector(".board-chart[data-state=drawn] >> nth=2")
    assert county.locator(".board-chart .main-svg").count()


def test_paper_shows_every_chart(county):
    county.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert county.evaluate(STATES) == ["drawn", "drawn", "drawn"]


def test_another_choice_changes_the_drawing_in_place_and_its_text(county):
    before = county.locator(".board-chart").first.get_attribute("aria-label")
    county.evaluate(KEEP)
    choose(county, "县区", "文县")
    assert county.evaluate(KEPT)
    after = county.locator(".board-chart").first.get_attribute("aria-label")
    assert after != before
    assert "文县" in after
    # What is far below is not shown as it was before.
    assert county.evaluate(STATES)[1:] == ["waiting", "waiting"]


def test_an_unchanged_chart_is_not_drawn_again(context, board):
    page, _ = opened(context, f"{board}/map")
    page.evaluate(COUNT)
    page.get_by_role("button", name="导出").click()
    page.wait_for_selector("text=PNG图片")
    settle(page)
    assert page.evaluate("window.drawn") == 0
    page.close()


def test_another_page_draws_its_own_charts(county):
    turned(county, "部门响应")
    assert set(county.evaluate(STATES)) <= {"drawn", "waiting"}
    assert "drawn" in county.evaluate(STATES)
