"""The board in this process: pages run by Streamlit's AppTest, without a server or a browser."""

import gzip
import json
import re
from base64 import b64decode
from collections.abc import Iterator
from html import unescape

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from browser import ROOT
from pages.shared.menu import BOARD, LOG, TODO

#: File and address of a page by the name it has on screen.
PAGES = {title: (file, address) for file, title, address in (TODO, *BOARD, *LOG)}

#: Fields of a chart's specification whose strings are drawn.
DRAWN = {"text", "name", "ticktext", "x", "y", "labels", "hovertext"}


def started(name: str = "", **address: str | list[str]) -> AppTest:
    """The board by a link: a page by its name, the role's first without one, and the query."""
    board = AppTest.from_file(str(ROOT / "pages/shared/board.py"), default_timeout=60)
    board.query_params = dict(address)
    if name:
        # `switch_page` knows pages by their address from the first run on.
        board._page_hash = calc_hash(PAGES[name][1])
    return board.run()


def turned(board: AppTest, name: str, **address: str) -> AppTest:
    """Another page by its name, as a click in the navigation opens it."""
    board.query_params = dict(address)
    return board.switch_page(f"../{PAGES[name][0]}").run()


def offered(board: AppTest) -> list[str]:
    """Names of the pages that the role is offered, the first one first."""
    # The first is also the start page at `/`, before them all.
    return [page["page_name"] for page in board._registered_pages.values()][1:]


def parts(board: AppTest) -> Iterator[str]:
    """Each part of the page in turn, by choosing in its first row of segments."""
    labels = segments(board).options if segments(board) else [""]
    for label in labels:
        if label and label != labels[0]:
            segments(board).select(label).run()
        yield label


def segments(board: AppTest):
    """The page's first row of segments; None where it has one part alone."""
    groups = [group for group in board.get("button_group") if len(group.options) > 1]
    return groups[0] if groups else None


def choose(board: AppTest, label: str, option: str) -> AppTest:
    """Chooses in a select box by its label and by what stands in it."""
    (box,) = [box for box in board.selectbox if box.label == label]
    return box.select_index(box.options.index(option)).run()


def charts(board: AppTest) -> list:
    """The page's charts."""
    return [node for node in board.get("bidi_component") if node.proto.component_name == "chart"]


def figure(chart) -> dict:
    """What the browser draws of a chart."""
    sent = json.loads(chart.proto.json)
    return json.loads(gzip.decompress(b64decode(sent["text"])))


def text(board: AppTest) -> str:
    """All that stands on the page: texts, labels and options of controls, tables, charts."""
    return "\n".join(line for node in board._tree for line in _texts(node) if line)


def _texts(node) -> Iterator[str]:
    if node.type == "html":
        yield plain(node.value)
    elif node.type == "bidi_component" and node.proto.component_name == "chart":
        yield from map(plain, _strings(figure(node)))
    elif node.type == "dataframe":
        yield from (f"{name} {value}" for name, column in node.value.items() for value in column)
    elif hasattr(node, "options"):
        yield from (node.label, *node.options)
    else:
        yield getattr(node, "label", "")
        if isinstance(value := getattr(node, "value", ""), str):
            yield value


def plain(markup: str) -> str:
    """The text of HTML without its tags and styles."""
    return unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", markup, flags=re.DOTALL))


def _strings(part, drawn: bool = False) -> Iterator[str]:
    """The strings of a chart's specification that stand in it."""
    if isinstance(part, str):
        if drawn:
            yield part
    elif isinstance(part, dict):
        for name, value in part.items():
            # Columns of numbers travel as bytes.
            if name != "bdata":
                yield from _strings(value, name in DRAWN)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value, drawn)
