"""Lines and control charts as native charts."""

import polars as pl
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide

from briefing.slides import native
from exhibits import palette
from exhibits.exhibit import Chart

#: Signals of a control chart: name, marker, colour. PowerPoint has no triangle that points down.
SIGNALS = {
    "improvement": ("异常好转", XL_MARKER_STYLE.TRIANGLE, palette.IMPROVEMENT),
    "concern": ("异常变差", XL_MARKER_STYLE.DIAMOND, palette.CONCERN),
    "neutral": ("异常变化", XL_MARKER_STYLE.SQUARE, palette.MUTED),
}

ADJUSTED = "口径调整"


def lines(slide: Slide, chart: Chart) -> None:
    """Series over time."""
    x = chart.data["x"].unique(maintain_order=True).to_list()
    names = chart.data["series"].unique(maintain_order=True).to_list()
    y_by_point = {(s, at): y for s, at, y in chart.data.select("series", "x", "y").rows()}
    data = CategoryChartData(number_format="General")
    data.categories = x
    for name in names:
        data.add_series(name, [y_by_point.get((name, at)) for at in x])
    native.add_remarks(data, chart)
    native_chart = native.add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart)
    native.hidden_points(slide, chart)
    for i, series in enumerate([*native_chart.plots[0].series][: len(names)]):
        native.line(series, palette.SERIES[i % len(palette.SERIES)])
    native.label_remarks(native_chart, chart)


def control(slide: Slide, chart: Chart) -> None:
    """A control chart: series, mean, limits, target; marked points have a shape of their own."""
    rows = chart.data
    data = CategoryChartData(number_format="0.0")
    data.categories = rows["x"].to_list()
    data.add_series(chart.unit or "数值", rows["y"].to_list())
    guides = {"平均": "mean", "控制下限": "lower", "控制上限": "upper"}
    for name, column in guides.items():
        data.add_series(name, rows[column].to_list())
    if chart.reference is not None:
        data.add_series(chart.reference_name, [chart.reference] * rows.height)
    signals = [signal for signal in SIGNALS if signal in set(rows["signal"])]
    for signal in signals:
        marked = pl.when(pl.col("signal") == signal).then(pl.col("y"))
        data.add_series(SIGNALS[signal][0], rows.select(marked).to_series().to_list())
    if chart.adjusted:
        data.add_series("口径调整前", rows["older"].to_list())
        at = pl.when(pl.col("x") == chart.adjusted).then(
            pl.max_horizontal(pl.col("y", "older").max())
        )
        data.add_series(ADJUSTED, rows.select(at).to_series().to_list())
    native.add_remarks(data, chart)
    native_chart = native.add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart)
    native.hidden_points(slide, chart)
    values, mean, lower, upper, *others = native_chart.plots[0].series
    native.line(values, palette.PRIMARY)
    native.line(mean, palette.MUTED, MSO_LINE.SOLID, 1.25)
    for series in (lower, upper):
        native.line(series, palette.MUTED, MSO_LINE.DASH, 1.25)
    if chart.reference is not None:
        native.line(others.pop(0), palette.CONCERN, MSO_LINE.ROUND_DOT, 1.5)
    if chart.adjusted:
        older, adjusted = others[len(signals) : len(signals) + 2]
        native.line(older, palette.SERIES[9], width=1.5)
        native.upright(adjusted, ADJUSTED, rows["x"].to_list().index(chart.adjusted))
    for series, signal in zip(others, signals, strict=False):
        native.points(series, *SIGNALS[signal][1:])
    native.label_remarks(native_chart, chart)
