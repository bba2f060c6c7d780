"""What a page looks wrong by, measured by the boxes of its texts: overlaps, and what is cut off."""

from playwright.sync_api import Page

#: Visible texts of the page, HTML and SVG, each with its box; canvases have none.
TEXTS = """
const texts = () => {
    const found = [], main = document.querySelector('[data-testid=stMain]');
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const seen = (element) => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && !element.closest('.board-watermark, [data-testid=stDataFrame], style, .visually-hidden');
    // What a list with a scroll bar of its own does not show lies on nothing.
    const shown = (box, holder) => {
        let {left, top, right, bottom} = box;
        for (let at = holder; at && at !== main; at = at.parentElement) {
            if (getComputedStyle(at).overflow === 'visible') continue;
            const edge = at.getBoundingClientRect();
            left = Math.max(left, edge.left); right = Math.min(right, edge.right);
            top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
        }
        return new DOMRect(left, top, right - left, bottom - top);
    };
    while (walker.nextNode()) {
        const node = walker.currentNode, holder = node.parentElement;
        if (!node.data.trim() || !holder || holder.closest('svg') || !seen(holder)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of [...range.getClientRects()].map((each) => shown(each, holder)))
            if (box.width > 1 && box.height > 1) found.push({text: node.data.trim(), box, holder});
    }
    for (const text of main.querySelectorAll('svg text')) {
        const box = text.getBoundingClientRect();
        if (text.textContent.trim() && box.width > 1 && box.height > 1 && seen(text))
            found.push({text: text.textContent.trim(), box, holder: text});
    }
    return found;
};
"""

OVERLAPS = (
    "() => {"
    + TEXTS
    + """
    const all = texts().sort((a, b) => a.box.top - b.box.top), bad = [];
    all.forEach((one, i) => {
        for (let j = i + 1; j < all.length && all[j].box.top < one.box.bottom; j++) {
            const other = all[j];
            const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
            const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
            // Lines of letters have some air above and below.
            if (wide > 3 && high > 0.35 * Math.min(one.box.height, other.box.height))
                bad.push(`${one.text.slice(0, 30)} × ${other.text.slice(0, 30)}`);
        }
    });
    return bad;
}"""
)

CUT = (
    "() => {"
    + TEXTS
    + """
    const bad = [];
    for (const {text, box, holder} of texts()) {
        const svg = holder.closest('svg.main-svg');
        const edge = svg && svg.getBoundingClientRect();
        if (edge && (box.left < edge.left - 2 || box.right > edge.right + 2
            || box.top < edge.top - 2 || box.bottom > edge.bottom + 2))
            bad.push(`beyond its chart: ${text.slice(0, 40)}`);
        if (!svg && holder.scrollWidth > holder.clientWidth + 1
            && ['hidden', 'clip'].includes(getComputedStyle(holder).overflowX))
            bad.push(`cut: ${text.slice(0, 40)}`);
    }
    return [...new Set(bad)];
}"""
)


def overlaps(page: Page) -> list[str]:
    """Pairs of texts that lie on one another."""
    return page.evaluate(OVERLAPS)


def cut(page: Page) -> list[str]:
    """Texts that reach beyond their chart, or that end where their box ends."""
    return page.evaluate(CUT)
