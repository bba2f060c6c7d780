"""What stands where on a page in Chromium: texts over one another, texts cut, how long it is."""

from math import inf

from playwright.sync_api import Page

#: Every visible text with its box, of HTML a line each, as far as what scrolls shows it.
_TEXTS = """
const shows = (element) => {
    const style = getComputedStyle(element);
    return style.visibility === 'visible' && style.opacity !== '0';
};
// What a clipping ancestor leaves of a box.
const clipped = (box, element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.opacity === '0') return null;
        if (style.overflowX === 'visible' || at instanceof SVGElement) continue;
        const edge = at.getBoundingClientRect();
        box = {left: Math.max(box.left, edge.left), right: Math.min(box.right, edge.right),
               top: Math.max(box.top, edge.top), bottom: Math.min(box.bottom, edge.bottom)};
    }
    return box.right - box.left > 1 && box.bottom - box.top > 1 ? box : null;
};
const turned = (text) => /rotate\\((?!0[,)])/.test(text.getAttribute('transform') || '');
const texts = () => {
    const found = [];
    const add = (box, text, holder) => {
        const left = clipped(box, holder);
        if (left) found.push({...left, text: text.trim().slice(0, 30), holder});
    };
    for (const text of document.querySelectorAll('svg text')) {
        if (!text.textContent.trim() || !shows(text) || turned(text)) continue;
        const {left, right, top, bottom} = text.getBoundingClientRect();
        add({left, right, top, bottom}, text.textContent, text);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const node = walk.currentNode, holder = node.parentElement;
        if (!node.textContent.trim() || !shows(holder)) continue;
        if (holder.closest('svg, style, script, noscript, canvas')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const {left, right, top, bottom} of range.getClientRects())
            add({left, right, top, bottom}, node.textContent, holder);
    }
    return found;
};
"""

#: Two texts whose letters meet; a box is a fifth higher than its letters, above and below.
_OVERLAPS = (
    "() => {"
    + _TEXTS
    + """
    const all = texts().sort((a, b) => a.top - b.top), found = [];
    for (let i = 0; i < all.length; i++) for (let j = i + 1; j < all.length; j++) {
        const one = all[i], other = all[j];
        if (other.top > one.bottom) break;
        if (one.holder === other.holder) continue;
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - other.top;
        const least = Math.min(one.bottom - one.top, other.bottom - other.top);
        if (wide > 2 && high > 0.4 * least) found.push(`${one.text} × ${other.text}`);
    }
    return found;
}"""
)

#: Texts of which the end is not to be seen: in a box that hides it, beyond a chart or the window.
_CUT = (
    "() => {"
    + _TEXTS
    + """
    const found = new Set();
    for (const {holder, text} of texts()) {
        if (holder instanceof SVGElement) {
            const edge = holder.closest('.js-plotly-plot, svg').getBoundingClientRect();
            const box = holder.getBoundingClientRect();
            if (box.left < edge.left - 2 || box.right > edge.right + 2 || box.top < edge.top - 2
                || box.bottom > edge.bottom + 2) found.add(text);
            continue;
        }
        const style = getComputedStyle(holder);
        const hides = style.overflowX !== 'visible' && !/auto|scroll/.test(style.overflowX);
        if (hides && holder.scrollWidth > holder.clientWidth + 1) found.add(text);
    }
    return [...found];
}"""
)

#: Where the first content starts: a finding, a card, a list, a task or a chart.
_FIRST = """() => Math.min(...[...document.querySelectorAll(
    '.board-heading, .leading, .cards, .numbers, .board-table, .agenda, .task, .case-cards li')]
    .map((element) => element.getBoundingClientRect()).filter((box) => box.height)
    .map((box) => box.y))"""

_SIZE = """() => { const main = document.querySelector('[data-testid=stMain]');
    const block = document.querySelector('[data-testid=stMainBlockContainer]');
    return [main.scrollWidth - innerWidth, block.getBoundingClientRect().height]; }"""


def overlaps(page: Page) -> list[str]:
    """Pairs of texts that lie over one another."""
    return page.evaluate(_OVERLAPS)


def cut(page: Page) -> list[str]:
    """Texts whose beginning or end cannot be seen."""
    return page.evaluate(_CUT)


def first(page: Page) -> float:
    """Pixels from the window's top to the first content; 0 where a page has none but controls."""
    at = page.evaluate(_FIRST)
    return at if at < inf else 0


def beyond_and_height(page: Page) -> tuple[float, float]:
    """Pixels that a page is wider than its window, and its height."""
    beyond, height = page.evaluate(_SIZE)
    return beyond, height
