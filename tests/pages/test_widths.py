"""Every page and part from a phone to a 4K wall, in Chromium with touch: nothing over another."""

import pytest

import boxes
from browser import PAGES, opened, parts, settle, turned, violations

pytestmark = pytest.mark.slow

#: Width and height of a phone, a tablet, a desk, a meeting room, a wall.
SIZES = ((390, 844), (820, 1180), (1440, 900), (1920, 1080), (3840, 2160))

#: The lowest y at which content begins; screens that a page takes on a phone.
CONTENT_BY, SCREENS = {390: 280, 1440: 200}, 6

#: Milliseconds between two looks, and looks until a chart must stand in its new width.
PAUSE, LOOKS = 250, 12


@pytest.fixture(scope="module")
def page(context, board):
    touched = context.browser.new_context(has_touch=True, viewport={"width": 1440, "height": 900})
    page, _ = opened(touched, board)
    yield page
    touched.close()


def seen(page) -> list[str]:
    """What is wrong on the page at its present width."""
    width, height = page.viewport_size.values()
    beyond, long = boxes.beyond_and_height(page)
    start = boxes.first(page)
    said = [f"over one another: {pair}" for pair in boxes.overlaps(page)]
    said += [f"cut: {text}" for text in boxes.cut(page)]
    said += [f"{beyond} px wider than the window"] if beyond > 0 else []
    said += [f"content begins at {start}"] if start > CONTENT_BY.get(width, start) else []
    is_long = width < 600 and long > SCREENS * height
    return said + ([f"{long / height:.1f} screens"] if is_long else [])


def faults(page) -> list[str]:
    """What is still wrong when the charts have had time to take their width."""
    for _ in range(LOOKS):
        if not (said := seen(page)):
            break
        page.wait_for_timeout(PAUSE)
    return said


def test_the_measure_sees_what_it_is_to_see(page):
    """Else a page of faults would pass."""
    page.evaluate("""() => {
        const add = (style, text) => {
            const box = document.createElement('div');
            box.className = 'planted';
            box.style = `position: fixed; left: 20px; top: 700px; font-size: 20px; ${style}`;
            box.textContent = text;
            document.body.append(box);
        };
        add('', '甲乙丙丁');
        add('left: 40px', '戊己庚辛');
        add('top: 750px; width: 30px; overflow: hidden; white-space: nowrap', '一二三四五');
    }""")
    assert "甲乙丙丁 × 戊己庚辛" in boxes.overlaps(page)
    assert "一二三四五" in boxes.cut(page)
    page.evaluate("() => document.querySelectorAll('.planted').forEach((box) => box.remove())")


@pytest.mark.parametrize("name", [*PAGES.values(), "待办"])
def test_nothing_is_over_another_cut_or_far_down_at_any_width(page, name):
    turned(page, name)
    found = {}
    for part in parts(page):
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            if said := faults(page):
                found[part, width] = said
        page.set_viewport_size({"width": 1440, "height": 900})
        settle(page)
        if broken := violations(page):
            found[part, "axe"] = sorted(broken)
    assert found == {}


@pytest.mark.parametrize("row", ["1-2", "2", "7", "8", "10", "12"])
def test_a_task_is_six_screens_at_most_on_a_phone(context, board, row):
    width, height = SIZES[0]
    phone = {"width": width, "height": height}
    touched = context.browser.new_context(has_touch=True, viewport=phone)
    page, _ = opened(touched, f"{board}/tasks?task={row}")
    found = {part: said for part in parts(page) if (said := faults(page))}
    touched.close()
    assert found == {}
