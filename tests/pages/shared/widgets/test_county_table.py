"""The county table in Chromium: a click on a column's name sorts it, a phone scrolls it alone."""

import pytest

from browser import opened, served, settle


@pytest.fixture(scope="module")
def board(stored):
    with served(stored("demonstration")) as url:
        yield url


def column(page, name: str) -> list[float]:
    """The counties' figures below a column's name, from the first row to the last."""
    head = page.locator(".county-table thead tr").first.locator("th").all_inner_texts()
    (at,) = [i for i, text in enumerate(head) if text.strip("▾▴ \n") == name]
    cells = page.locator(f".county-table tbody tr td:nth-child({at + 1})").all_inner_texts()
    return [float(text.replace(",", "")) for text in cells]


@pytest.mark.slow
def test_a_click_sorts_largest_first_then_smallest(context, board):
    page, _ = opened(context, board)
    name = "未转办逾期预警数"
    figures = column(page, name)
    assert figures != sorted(figures, reverse=True)
    page.get_by_role("button", name=name).click()
    assert column(page, name) == sorted(figures, reverse=True)
    page.get_by_role("button", name=name).click()
    assert column(page, name) == sorted(figures)
    # The city stays on top.
    assert page.locator(".county-table tr").nth(1).inner_text().startswith("全市")
    page.close()


@pytest.mark.slow
def test_a_phone_scrolls_the_table_in_its_own_box(context, board):
    page, _ = opened(context, board)
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box, table = page.evaluate(
        """() => {
            const table = document.querySelector('.county-table');
            return [table.parentElement.clientWidth, table.scrollWidth];
        }"""
    )
    assert table > box
    page.close()
