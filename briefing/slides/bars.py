"""Bars as a native chart."""

from collections.abc import Iterable

import polars as pl
from lxml import etree
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from briefing.slides import native
from briefing.slides.page import colour
from exhibits import palette
from exhibits.draw import stubs
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

#: A value, and whether it is a stub for a suppressed one.
Bar = tuple[float | None, bool]


def _columns(chart: Chart) -> tuple[list[str], dict[str, list[Bar]]]:
    """Categories, and the bars of each series in their order."""
    data = chart.data
    stub, stars = stubs.length(chart), hidden_in(data, "value")
    bars = [(stub if star else v, star) for v, star in zip(data["value"], stars, strict=True)]
    labels = data["label"].unique(maintain_order=True).to_list()
    if "series" not in data.columns:
        return labels, {chart.unit or "数值": bars}
    cells = dict(zip(data.select("series", "label").rows(), bars, strict=True))
    names = data["series"].unique(maintain_order=True).to_list()
    none = (None, False)
    return labels, {name: [cells.get((name, label), none) for label in labels] for name in names}


def bars(slide: Slide, chart: Chart) -> None:
    """Bars, lying or upright, stacked or side by side, with whiskers where there are limits."""
    labels, series = _columns(chart)
    orientation = "BAR" if chart.horizontal else "COLUMN"
    kind = XL_CHART_TYPE[f"{orientation}_{'STACKED' if chart.stacked else 'CLUSTERED'}"]
    native_chart = native.add(slide, kind, _data(chart, labels, series), chart)
    plot = native_chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if chart.stacked else 0
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(11)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _format(chart), False
    native_series = list(plot.series)
    if stubs.any_in(chart.data):
        _hatched(native_series.pop().format.fill)
    for i, (one, name) in enumerate(zip(native_series, series, strict=True)):
        _style(one, chart, _mark_of(chart, name), palette.SERIES[i % len(palette.SERIES)])
    _axes(native_chart, chart, len(labels))
    if "mark" in chart.data.columns and len(series) == 1:
        _marks(plot.series[0], chart.data["mark"].to_list())
    if {"lower", "upper"} <= set(chart.data.columns) and len(series) == 1:
        _whiskers(plot.series[0], chart)
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
        plot.data_labels.font.color.rgb = colour(palette.GROUND)
    for one, series_bars in zip(native_series, series.values(), strict=True):
        _stubs(one, series_bars)


def _data(chart: Chart, labels: list[str], series: dict[str, list[Bar]]) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(chart))
    data.categories = labels
    for name, series_bars in series.items():
        data.add_series(name, [value for value, _ in series_bars])
    if stubs.any_in(chart.data):
        # An empty series, for the legend.
        data.add_series(HIDDEN_NAME, [None] * len(labels))
    return data


def _style(series, chart: Chart, mark: str, shade: str) -> None:
    """The colour of a series: of its class, else the one given; labels where bars are stacked."""
    _fill(series, palette.CLASSES[mark] if mark else shade)
    if chart.stacked:
        labels = series.data_labels
        labels.show_value, labels.font.size = True, Pt(11)
        # The format gives a zero no label.
        labels.number_format, labels.number_format_is_linked = f"{_format(chart)};;", False
        labels.font.color.rgb = colour(palette.on_class(mark) if mark else palette.GROUND)


def _axes(native_chart: NativeChart, chart: Chart, bars_on_axis: int) -> None:
    value_axis, category_axis = native_chart.value_axis, native_chart.category_axis
    if stubs.axis(chart):
        value_axis.maximum_scale = stubs.longest(chart)
        value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    if chart.horizontal:
        category_axis.reverse_order = True
        value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        value_axis.has_major_gridlines = False
    category_axis.tick_labels.font.size = Pt(12 if bars_on_axis <= 14 else 9)


def _format(chart: Chart) -> str:
    whole = chart.unit != "%" and all(v is None or v == round(v) for v in chart.data["value"])
    return "#,##0" if whole else "0.0"


def _mark_of(chart: Chart, series: str) -> str:
    """The class of a whole series, where its bars have one."""
    if not {"series", "mark"} <= set(chart.data.columns):
        return ""
    return chart.data.filter(pl.col("series") == series)["mark"][0]


def _fill(series, shade: str) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(shade)


def _marks(series, marks: Iterable[str]) -> None:
    for i, mark in enumerate(marks):
        point = series.points[i].format.fill
        point.solid()
        point.fore_color.rgb = colour(palette.CLASSES.get(mark, palette.PRIMARY))


def _stubs(series, series_bars: list[Bar]) -> None:
    """Hatches the stubs of suppressed values and labels them `*`."""
    for i, (_, star) in enumerate(series_bars):
        if star:
            point = series.points[i]
            _hatched(point.format.fill)
            frame = point.data_label.text_frame
            frame.text = HIDDEN
            run = frame.paragraphs[0].runs[0]
            run.font.size, run.font.color.rgb = Pt(12), colour(palette.INK)


def _hatched(fill) -> None:
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour(palette.MUTED), colour(palette.GROUND)


def _whiskers(series, chart: Chart) -> None:
    """95 % intervals as custom error bars, which python-pptx has no call for."""
    rows = chart.data.select(
        plus=(pl.col("upper") - pl.col("value")).fill_null(0),
        minus=(pl.col("value") - pl.col("lower")).fill_null(0),
    )
    parts = {side: _numbers(rows[side].to_list()) for side in ("plus", "minus")}
    bars = etree.fromstring(
        '<c:errBars xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{parts['plus']}</c:plus><c:minus>{parts['minus']}</c:minus></c:errBars>"
    )
    element = series._element
    # The schema wants error bars before the categories.
    element.find(qn("c:cat")).addprevious(bars)


def _numbers(values: list[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{max(0.0, value or 0.0)}</c:v></c:pt>'
        for i, value in enumerate(values)
    )
    return f'<c:numLit><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
