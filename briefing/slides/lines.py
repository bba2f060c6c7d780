"""Lines and control charts as native charts."""

import polars as pl
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide

from briefing.slides import native
from briefing.slides.page import Box
from exhibits import palette
from exhibits.exhibit import Chart

#: Signals of a control chart: glyph, name, colour; as on screen ▲ is better and ▼ worse.
SIGNALS = {
    "improvement": ("▲", "异常好转", palette.IMPROVEMENT),
    "concern": ("▼", "异常变差", palette.CONCERN),
    "neutral": ("◆", "异常变化", palette.MUTED),
}

ADJUSTED = "口径调整"


def lines(slide: Slide, chart: Chart, box: Box, name: str = "") -> None:
    """Series over time; `name` is not used: each has its own."""
    x = chart.data["x"].unique(maintain_order=True).to_list()
    names = chart.data["series"].unique(maintain_order=True).to_list()
    y_by_point = {(s, at): y for s, at, y in chart.data.select("series", "x", "y").rows()}
    data = CategoryChartData(number_format="General")
    native.set_places(data, x)
    for name in names:
        data.add_series(name, [y_by_point.get((name, at)) for at in x])
    native.add_remarks(data, chart)
    box = native.hidden_points(slide, chart, box)
    native_chart = native.add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart, box)
    for i, series in enumerate([*native_chart.plots[0].series][: len(names)]):
        native.line(series, palette.SERIES[i % len(palette.SERIES)])
    native.label_remarks(native_chart, chart)
    native.spaced(native_chart, x, box[2])
    native.up_to_100(native_chart, chart, "y")


def control(slide: Slide, chart: Chart, box: Box, name: str = "") -> None:
    """A control chart: series, mean, limits, target; marked points have a glyph of their own."""
    rows = chart.data
    data = CategoryChartData(number_format="0.0")
    native.set_places(data, rows["x"].to_list())
    data.add_series(name or chart.description, rows["y"].to_list())
    guides = {"平均": "mean", "控制下限": "lower", "控制上限": "upper"}
    for guide, column in guides.items():
        data.add_series(guide, rows[column].to_list())
    if chart.reference is not None:
        data.add_series(chart.reference_name, [chart.reference] * rows.height)
    signals = [signal for signal in SIGNALS if signal in set(rows["signal"])]
    points = {s: rows.select(pl.when(signal=s).then("y")).to_series().to_list() for s in signals}
    for signal in signals:
        glyph, said, _ = SIGNALS[signal]
        data.add_series(f"{glyph} {said}", points[signal])
    if chart.adjusted:
        data.add_series("口径调整前", rows["older"].to_list())
        at = pl.when(pl.col("x") == chart.adjusted).then(
            pl.max_horizontal(pl.col("y", "older").max())
        )
        data.add_series(ADJUSTED, rows.select(at).to_series().to_list())
    native.add_remarks(data, chart)
    box = native.hidden_points(slide, chart, box)
    native_chart = native.add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart, box)
    values, mean, lower, upper, *others = native_chart.plots[0].series
    native.line(values, palette.PRIMARY)
    native.line(mean, palette.MUTED, MSO_LINE.SOLID, 1.25)
    for series in (lower, upper):
        native.line(series, palette.MUTED, MSO_LINE.DASH, 1.25)
    if chart.reference is not None:
        native.line(others.pop(0), palette.INK, MSO_LINE.ROUND_DOT, 1.5)
    if chart.adjusted:
        older, adjusted = others[len(signals) : len(signals) + 2]
        native.line(older, palette.OLDER, width=1.5)
        native.upright(adjusted, ADJUSTED, rows["x"].to_list().index(chart.adjusted))
    for series, signal in zip(others, signals, strict=False):
        glyph, _, shade = SIGNALS[signal]
        native.glyphs(series, glyph, shade, points[signal])
    native.label_remarks(native_chart, chart)
    native.spaced(native_chart, rows["x"].to_list(), box[2])
    native.up_to_100(native_chart, chart, "y")
