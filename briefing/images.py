"""An exhibit as a picture: its title, finding, chart, source, day and scope inside."""

import os
import shutil
import textwrap
from functools import lru_cache

import kaleido
import plotly.graph_objects as go

from exhibits import draw, palette
from exhibits.exhibit import Exhibit

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Pixels: width of the picture, height of its heading and of a line in it.
WIDTH, HEADING, LINE = 1200, 64, 20

#: Characters of the finding that fit on one line.
CHARACTERS = 76

#: A PNG has twice as many pixels.
SCALE = 2


def browser() -> str | None:
    """The Chromium that draws images, None when the server has none."""
    given = os.environ.get("BROWSER_PATH")
    return given or next((path for path in map(shutil.which, BROWSERS) if path), None)


@lru_cache(maxsize=1)
def _start(path: str) -> None:
    # Starting Chromium takes 2–4 s, an image from a running one 0.2–0.5 s.
    os.environ["BROWSER_PATH"] = path
    kaleido.start_sync_server(silence_warnings=True)


def picture(exhibit: Exhibit, bare: bool = False) -> go.Figure:
    """The exhibit's figure with what the page prints around it; `bare`: its title and credit."""
    drawn = draw.figure(exhibit).to_plotly_json()
    layout = dict(drawn["layout"])
    for control in ("sliders", "updatemenus"):
        layout.pop(control, None)
    below = [] if bare else [*textwrap.wrap(exhibit.finding, CHARACTERS), exhibit.source_line]
    if exhibit.chart.credit:
        below.append(exhibit.chart.credit)
    heading = HEADING + LINE * len(below)
    margin = {**layout["margin"], "t": layout["margin"]["t"] + heading}
    layout |= {
        "width": WIDTH,
        "height": layout["height"] + heading,
        "margin": margin,
        "title": {
            "text": f"<b>{exhibit.title if bare else exhibit.question}</b>",
            "subtitle": {"text": "<br>".join(below), "font": {"size": 14, "color": palette.MUTED}},
            "font": {"size": 20, "color": palette.PRIMARY},
            "x": 0.015,
            "xref": "container",
            "y": 1 - 18 / (layout["height"] + heading),
            "yref": "container",
            "yanchor": "top",
        },
    }
    return go.Figure({"data": drawn["data"], "layout": layout}, _validate=False)


def image(exhibit: Exhibit, form: str, bare: bool = False) -> bytes:
    """
    `png` (twice the pixels) or `svg`; RuntimeError when the server has no Chromium.

    `bare`: without finding and source, for a page that prints them itself.
    """
    path = browser()
    if path is None:
        raise RuntimeError("images need Chromium: apt-get install chromium fonts-noto-cjk")
    _start(path)
    options = {"format": form, "width": WIDTH, "scale": SCALE if form == "png" else 1}
    drawn = picture(exhibit, bare)
    return kaleido.calc_fig_sync(drawn.to_dict(), opts={**options, "height": drawn.layout.height})
