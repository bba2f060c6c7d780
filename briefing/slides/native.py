"""What all native charts have: a frame on the slide, lines and markers."""

import polars as pl
from pptx.chart.chart import Chart as Drawn
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Inches, Pt

from briefing.slides.page import BODY_HEIGHT, BODY_WIDTH, FONT, LEFT, TOP, colour, text
from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN_NAME, listed


def add(slide: Slide, kind: XL_CHART_TYPE, data, chart: Chart) -> Drawn:
    """A chart of a kind on the body of a slide, in the house's type and colours."""
    frame = slide.shapes.add_chart(kind, LEFT, TOP, BODY_WIDTH, BODY_HEIGHT, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.description)
    drawn = frame.chart
    drawn.font.size, drawn.font.name = Pt(12), FONT
    drawn.font.color.rgb = colour(palette.INK)
    drawn.has_title = False
    drawn.has_legend = len(list(drawn.plots[0].series)) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.value_axis.major_gridlines.format.line.color.rgb = colour(palette.LINE)
    drawn.value_axis.format.line.fill.background()
    return drawn


def hidden_points(slide: Slide, chart: Chart) -> None:
    """Names the points of a line that are not to be shown: gaps in it, in a line of text above."""
    at = pl.Series(hidden_in(chart.data, "y"), dtype=pl.Boolean)
    if at.any():
        places = chart.data.filter(at)["x"].unique(maintain_order=True).to_list()
        box = (LEFT, TOP - Inches(0.2), BODY_WIDTH, Inches(0.2))
        text(slide, box, f"{HIDDEN_NAME}：{listed(places)}", 9, palette.MUTED)


def line(series, shade: str, dash: MSO_LINE | None = None, width: float = 2.25) -> None:
    """A series as a line; a dashed one has no markers."""
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour(shade), Pt(width)
    if dash:
        series.format.line.dash_style = dash
        series.marker.style = XL_MARKER_STYLE.NONE
    else:
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(shade)


def points(series, style: XL_MARKER_STYLE, shade: str) -> None:
    """Markers without a line between them."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, 11
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(shade)
    series.marker.format.line.color.rgb = colour(shade)
