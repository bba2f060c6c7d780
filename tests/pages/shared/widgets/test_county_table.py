"""The county table in Chromium: a click on a column’s name sorts it, a phone shows it as a list."""

import pytest

from browser import opened, settle


def column(page, name: str) -> list[float]:
    """The counties' figures below a column's name, from the first row to the last."""
    head = page.locator(".matrix thead tr").first.locator("th, td").all_inner_texts()
    (at,) = [i for i, text in enumerate(head) if text.strip("▾▴ \n") == name]
    cells = page.locator(f".matrix tbody tr td:nth-child({at + 1})").all_inner_texts()
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
    assert page.locator(".matrix tr").nth(1).inner_text().startswith("全市")
    page.close()


@pytest.mark.slow
def test_a_phone_shows_one_column_as_a_list(context, board):
    page, _ = opened(context, board)
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(VISIBLE) == {"低收入人口总数": 9}
    page.get_by_role("button", name="未转办预警数", exact=True).click()
    assert page.evaluate(VISIBLE) == {"未转办预警数": 9}
    page.close()


#: Cells of counties that are seen, by their column.
VISIBLE = """() => {
    const table = document.querySelector('.matrix'), seen = {};
    const names = [...table.rows[0].cells].map((cell) => cell.innerText.split('\\n')[0]);
    for (const row of table.tBodies[0].rows)
        for (const cell of row.querySelectorAll('td'))
            if (cell.offsetParent) {
                const name = names[cell.cellIndex].replace(/[▾▴]/, '').trim();
                seen[name] = (seen[name] || 0) + 1;
            }
    return seen;
}"""
