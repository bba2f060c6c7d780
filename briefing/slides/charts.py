"""Native, editable charts of PowerPoint from chart descriptions."""

from collections.abc import Callable, Iterable

import polars as pl
from lxml import etree
from pptx.chart.chart import Chart as Drawn
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from briefing.slides.page import BODY_HEIGHT, BODY_WIDTH, FONT, LEFT, TOP, colour
from exhibits import palette
from exhibits.exhibit import Chart

#: Signals of a control chart: name, marker, colour. PowerPoint has no triangle that points down.
SIGNALS = {
    "improvement": ("好转信号", XL_MARKER_STYLE.TRIANGLE, palette.IMPROVEMENT),
    "concern": ("变差信号", XL_MARKER_STYLE.DIAMOND, palette.CONCERN),
    "neutral": ("变化信号", XL_MARKER_STYLE.SQUARE, palette.MUTED),
}

#: Areas of a funnel against the city.
STANDING = {
    "improvement": ("优于全市", XL_MARKER_STYLE.TRIANGLE, palette.IMPROVEMENT),
    "concern": ("劣于全市", XL_MARKER_STYLE.DIAMOND, palette.CONCERN),
    "usual": ("正常波动范围", XL_MARKER_STYLE.CIRCLE, palette.MUTED),
}


def _add(slide: Slide, kind: XL_CHART_TYPE, data, chart: Chart) -> Drawn:
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


def _columns(chart: Chart) -> tuple[list[str], dict[str, list]]:
    """Categories, and the values of each series in their order."""
    data = chart.data
    labels = data["label"].unique(maintain_order=True).to_list()
    if "series" not in data.columns:
        return labels, {chart.unit or "数值": data["value"].to_list()}
    found = {(s, label): v for s, label, v in data.select("series", "label", "value").rows()}
    names = data["series"].unique(maintain_order=True).to_list()
    return labels, {name: [found.get((name, label)) for label in labels] for name in names}


def bars(slide: Slide, chart: Chart) -> None:
    """Bars, lying or upright, stacked or side by side, with whiskers where there are limits."""
    labels, series = _columns(chart)
    data = CategoryChartData(number_format=_format(chart))
    data.categories = labels
    for name, values in series.items():
        data.add_series(name, values)
    lying = "BAR" if chart.horizontal else "COLUMN"
    kind = XL_CHART_TYPE[f"{lying}_{'STACKED' if chart.stacked else 'CLUSTERED'}"]
    drawn = _add(slide, kind, data, chart)
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if chart.stacked else 0
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(11)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = _format(chart), False
    for i, (each, name) in enumerate(zip(plot.series, series, strict=True)):
        mark = _mark_of(chart, name)
        _fill(each, palette.CLASSES[mark] if mark else palette.SERIES[i % len(palette.SERIES)])
        if chart.stacked:
            each.data_labels.show_value, each.data_labels.font.size = True, Pt(11)
            # A part that is nothing has no label.
            each.data_labels.number_format = f"{_format(chart)};;"
            each.data_labels.number_format_is_linked = False
            shade = palette.on_class(mark) if mark else palette.GROUND
            each.data_labels.font.color.rgb = colour(shade)
    if chart.horizontal:
        drawn.category_axis.reverse_order = True
        drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        drawn.value_axis.has_major_gridlines = False
    drawn.category_axis.tick_labels.font.size = Pt(12 if len(labels) <= 14 else 9)
    if "mark" in chart.data.columns and len(series) == 1:
        _marks(plot.series[0], chart.data["mark"].to_list())
    if {"lower", "upper"} <= set(chart.data.columns) and len(series) == 1:
        _whiskers(plot.series[0], chart)
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
        plot.data_labels.font.color.rgb = colour(palette.GROUND)


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


def lines(slide: Slide, chart: Chart) -> None:
    """Series over time."""
    x = chart.data["x"].unique(maintain_order=True).to_list()
    names = chart.data["series"].unique(maintain_order=True).to_list()
    found = {(s, at): y for s, at, y in chart.data.select("series", "x", "y").rows()}
    data = CategoryChartData(number_format="General")
    data.categories = x
    for name in names:
        data.add_series(name, [found.get((name, at)) for at in x])
    drawn = _add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart)
    for i, each in enumerate(drawn.plots[0].series):
        _line(each, palette.SERIES[i % len(palette.SERIES)])


def _line(series, shade: str, dash: MSO_LINE | None = None, width: float = 2.25) -> None:
    series.smooth = False
    series.format.line.color.rgb, series.format.line.width = colour(shade), Pt(width)
    if dash:
        series.format.line.dash_style = dash
        series.marker.style = XL_MARKER_STYLE.NONE
    else:
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 5
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(shade)


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
    told = [signal for signal in SIGNALS if signal in set(rows["signal"])]
    for signal in told:
        marked = pl.when(pl.col("signal") == signal).then(pl.col("y"))
        data.add_series(SIGNALS[signal][0], rows.select(marked).to_series().to_list())
    drawn = _add(slide, XL_CHART_TYPE.LINE_MARKERS, data, chart)
    own, mean, lower, upper, *others = drawn.plots[0].series
    _line(own, palette.PRIMARY)
    _line(mean, palette.MUTED, MSO_LINE.SOLID, 1.25)
    for each in (lower, upper):
        _line(each, palette.MUTED, MSO_LINE.DASH, 1.25)
    if chart.reference is not None:
        _line(others.pop(0), palette.CONCERN, MSO_LINE.ROUND_DOT, 1.5)
    for each, signal in zip(others, told, strict=True):
        _points(each, *SIGNALS[signal][1:])


def _points(series, style: XL_MARKER_STYLE, shade: str) -> None:
    """Markers without a line between them."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, 11
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(shade)
    series.marker.format.line.color.rgb = colour(shade)


def _scatter(slide: Slide, chart: Chart, data: XyChartData) -> Drawn:
    drawn = _add(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, data, chart)
    drawn.category_axis.has_major_gridlines = False
    drawn.category_axis.minimum_scale = 0
    if chart.x_title:
        drawn.category_axis.has_title = True
        drawn.category_axis.axis_title.text_frame.text = chart.x_title
        drawn.category_axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(12)
    return drawn


def steps(slide: Slide, chart: Chart) -> None:
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
    drawn = _scatter(slide, chart, data)
    drawn.value_axis.minimum_scale, drawn.value_axis.maximum_scale = 0, 100
    above = chart.data.filter(pl.col("y") > 2)["x"].max()
    drawn.category_axis.maximum_scale = max(10, round(1.05 * (above or 0)))
    for i, each in enumerate(drawn.plots[0].series):
        _line(each, palette.SERIES[i % len(palette.SERIES)], MSO_LINE.SOLID)


def funnel(slide: Slide, chart: Chart) -> None:
    """Rates against cases with the limits as lines; each area is a point with its name."""
    data = XyChartData(number_format="0.00")
    columns = {
        "95%下限": "lower_95",
        "95%上限": "upper_95",
        "99.8%下限": "lower_998",
        "99.8%上限": "upper_998",
    }
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
    drawn = _scatter(slide, chart, data)
    every = list(drawn.plots[0].series)
    for i, each in enumerate(every[: len(columns)]):
        _line(each, palette.MUTED, MSO_LINE.DASH if i < 2 else MSO_LINE.SOLID, 1.25)
    for each, (_, style, rows, shade) in zip(every[len(columns) :], groups, strict=True):
        _points(each, style, shade)
        for i, label in enumerate(rows["label"]):
            frame = each.points[i].data_label.text_frame
            frame.text = label
            frame.paragraphs[0].runs[0].font.size = Pt(11)
            each.points[i].data_label.position = XL_LABEL_POSITION.ABOVE


NATIVE: dict[str, Callable[[Slide, Chart], None]] = {
    "bars": bars,
    "lines": lines,
    "control": control,
    "steps": steps,
    "funnel": funnel,
}
