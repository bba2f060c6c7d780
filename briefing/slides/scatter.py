"""Survival curves and funnels as native charts over a scale."""

import polars as pl
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Pt

from briefing.slides import native
from briefing.slides.page import SMALLEST, Box
from exhibits import palette
from exhibits.exhibit import Chart

#: Areas of a funnel against the city.
STANDING = {
    "improvement": ("▲ 优于全市", XL_MARKER_STYLE.CIRCLE, palette.IMPROVEMENT),
    "concern": ("▼ 劣于全市", XL_MARKER_STYLE.CIRCLE, palette.CONCERN),
    "usual": ("正常波动范围", XL_MARKER_STYLE.CIRCLE, palette.MUTED),
}


def _scatter(slide: Slide, chart: Chart, data: XyChartData, box: Box) -> NativeChart:
    native_chart = native.add(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, chart, box)
    native_chart.category_axis.tick_labels.font.size = Pt(SMALLEST)
    native_chart.category_axis.has_major_gridlines = False
    native_chart.category_axis.minimum_scale = 0
    if chart.x_title:
        native_chart.category_axis.has_title = True
        native_chart.category_axis.axis_title.text_frame.text = chart.x_title
        native_chart.category_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(
            SMALLEST
        )
    return native_chart


def steps(slide: Slide, chart: Chart, box: Box, name: str = "") -> None:
    """Survival curves as step lines: each step is two points."""
    data = XyChartData(number_format="0.0")
    names = chart.data["series"].unique(maintain_order=True).to_list()
    for name in names:
        rows = chart.data.filter(pl.col("series") == name)
        series, height = data.add_series(name), 100.0
        series.add_data_point(0, height)
        for x, y in rows.select("x", "y").rows():
            series.add_data_point(x, height)
            series.add_data_point(x, y)
            height = y
    native_chart = _scatter(slide, chart, data, box)
    native_chart.value_axis.minimum_scale, native_chart.value_axis.maximum_scale = 0, 100
    last = chart.data.filter(pl.col("y") > 2).select(pl.col("x").max()).item()
    native_chart.category_axis.maximum_scale = max(10, round(1.05 * (last or 0)))
    for i, curve in enumerate(native_chart.plots[0].series):
        native.line(curve, palette.SERIES[i % len(palette.SERIES)], MSO_LINE.SOLID)


def funnel(slide: Slide, chart: Chart, box: Box, name: str = "") -> None:
    """Rates against cases with the limits as lines; each area is a point with its name."""
    data = XyChartData(number_format="0.00")
    columns = {
        "95%下限": "lower_95",
        "95%上限": "upper_95",
        "99.8%下限": "lower_998",
        "99.8%上限": "upper_998",
    }
    if chart.guides is None:
        raise ValueError("a funnel needs guides")
    for name, column in columns.items():
        series = data.add_series(name)
        for x, y in chart.guides.select("x", column).rows():
            series.add_data_point(x, y)
    groups = [
        (name, style, chart.data.filter(pl.col("mark") == mark), shade)
        for mark, (name, style, shade) in STANDING.items()
    ]
    groups = [group for group in groups if group[2].height]
    for name, _, rows, _ in groups:
        series = data.add_series(name)
        for x, y in rows.select("x", "y").rows():
            series.add_data_point(x, y)
    native_chart = _scatter(slide, chart, data, box)
    all_series = list(native_chart.plots[0].series)
    for i, points in enumerate(all_series[: len(columns)]):
        native.line(points, palette.MUTED, MSO_LINE.DASH if i < 2 else MSO_LINE.SOLID, 1.25)
    native.up_to_100(native_chart, chart, "y")
    for points, (named, style, rows, shade) in zip(all_series[len(columns) :], groups, strict=True):
        native.points(points, style, shade)
        for i, label in enumerate(rows["label"]):
            frame = points.points[i].data_label.text_frame
            glyph = named[:1] if named[:1] in "▲▼" else ""
            frame.text = f"{glyph}{label}"
            frame.paragraphs[0].runs[0].font.size = Pt(SMALLEST)
            points.points[i].data_label.position = XL_LABEL_POSITION.ABOVE
