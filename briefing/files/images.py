"""An exhibit as a picture: its title, finding, chart, source, day and scope inside."""

import os
import shutil
import textwrap
from functools import lru_cache
from html import escape

import kaleido
import plotly.graph_objects as go

from exhibits import draw, palette
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import WATERMARK, Mark

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

#: Pixels: width of the picture, height of its heading and of a line in it.
WIDTH, HEADING, LINE = 1200, 64, 20

#: Characters of the finding that fit on one line.
CHARACTERS = 76

#: Pixels of the days beside the title.
WHEN = 14

#: Opacity of the mark across the chart, and the pixels that it takes from top to bottom.
FAINT, MARK = 0.1, 130

#: A PNG has twice as many pixels.
SCALE = 2


def browser() -> str | None:
    """The Chromium that draws images, None when the server has none."""
    configured = os.environ.get("BROWSER_PATH")
    return configured or next((path for path in map(shutil.which, BROWSERS) if path), None)


@lru_cache(maxsize=1)
def _start(path: str) -> None:
    # Starting Chromium takes 2–4 s, an image from a running one 0.2–0.5 s.
    os.environ["BROWSER_PATH"] = path
    kaleido.start_sync_server(silence_warnings=True)


def picture(exhibit: Exhibit, mark: Mark) -> go.Figure:
    """The exhibit's figure with what the page prints around it, the mark below and across it."""
    figure = draw.figure(exhibit).to_plotly_json()
    layout = dict(figure["layout"])
    for control in ("sliders", "updatemenus"):
        layout.pop(control, None)
    subtitle_lines = [*textwrap.wrap(exhibit.finding, CHARACTERS), exhibit.source_line]
    if exhibit.chart and exhibit.chart.credit:
        subtitle_lines.append(exhibit.chart.credit)
    subtitle_lines.append(escape(mark.line, quote=False))
    drawn = layout["height"] - layout["margin"]["t"] - layout["margin"].get("b", 0)
    layout["annotations"] = [*layout.get("annotations", ()), *_across(mark, drawn)]
    small = f"<span style='font-size:{WHEN}px'>{exhibit.when}</span>"
    heading = HEADING + LINE * len(subtitle_lines)
    margin = {**layout["margin"], "t": layout["margin"]["t"] + heading}
    layout |= {
        "width": WIDTH,
        "height": layout["height"] + heading,
        "margin": margin,
        "title": {
            "text": f"<b>{exhibit.title}</b>　{small}",
            "subtitle": {
                "text": "<br>".join(subtitle_lines),
                "font": {"size": 14, "color": palette.MUTED},
            },
            "font": {"size": 20, "color": palette.PRIMARY},
            "x": 0.015,
            "xref": "container",
            "y": 1 - 18 / (layout["height"] + heading),
            "yref": "container",
            "yanchor": "top",
        },
    }
    return go.Figure({"data": figure["data"], "layout": layout}, _validate=False)


def _across(mark: Mark, height: int) -> list[dict]:
    """The mark slantwise over a chart so many pixels high, too faint to hide a figure."""
    lines = (WATERMARK, mark.who, mark.when)
    return [
        {
            "text": "<br>".join(escape(line, quote=False) for line in lines),
            "textangle": -22,
            "showarrow": False,
            "opacity": FAINT,
            "font": {"size": 14, "color": palette.INK},
            **{"x": x, "xref": "paper", "xanchor": "center"},
            **{"y": y, "yref": "paper", "yanchor": "middle"},
        }
        for y in ((0.25, 0.75) if height >= 2 * MARK else (0.5,))
        for x in (0.12, 0.5, 0.88)
    ]


def image(exhibit: Exhibit, form: str, mark: Mark) -> bytes:
    """`png` (twice the pixels) or `svg`; RuntimeError when the server has no Chromium."""
    path = browser()
    if path is None:
        raise RuntimeError("images need Chromium: apt-get install chromium fonts-noto-cjk")
    _start(path)
    options = {"format": form, "width": WIDTH, "scale": SCALE if form == "png" else 1}
    figure = picture(exhibit, mark)
    return kaleido.calc_fig_sync(figure.to_dict(), opts={**options, "height": figure.layout.height})
