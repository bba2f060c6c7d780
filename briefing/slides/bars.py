"""Bars as a native chart: the value at the end of each, one highlight on grey."""

from dataclasses import replace

import polars as pl
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Inches, Pt

from briefing.slides import native
from briefing.slides.page import LINE, SMALLEST, Box, colour, em, panel, text
from exhibits import palette
from exhibits.draw import stack, stubs
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN, HIDDEN_NAME

#: A value, and whether it is a stub for a suppressed one.
Bar = tuple[float | None, bool]

#: Least height of a lying bar with its gap, and what stands around the bars.
ROW, AROUND = Inches(0.29), Inches(0.5)

#: Letters that are left for labels beyond the longest bar; width of a key and its gap.
BEYOND, KEY = 6.0, Inches(0.22)

MORE = "共{all}项，此处列前{shown}项，其余见数据工作簿。"


def bars(slide: Slide, chart: Chart, box: Box, name: str = "") -> None:
    """Bars, lying or upright, stacked or side by side; `name`: what a single series counts."""
    chart, box = _fitting(slide, _lying(chart), box)
    labels, series = _columns(chart, name or chart.description)
    shades = {title: _shade(chart, title, i) for i, title in enumerate(series)}
    box = _legend(slide, chart, shades, box)
    ends = list(stack.ends(chart).values()) if chart.stacked else []
    orientation = "BAR" if chart.horizontal else "COLUMN"
    kind = XL_CHART_TYPE[f"{orientation}_{'STACKED' if chart.stacked else 'CLUSTERED'}"]
    native_chart = native.add(slide, kind, _data(chart, labels, series, ends), chart, box)
    native_chart.has_legend = False
    plot = native_chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100 if chart.stacked else 0
    native_series = list(plot.series)
    if ends:
        _labelled_ends(native_series.pop(), ends)
    for one, title in zip(native_series, series, strict=True):
        _style(one, chart, title, shades[title], series[title])
    _axes(native_chart, chart, _room(labels, ends, box[2]))


def _lying(chart: Chart) -> Chart:
    """Stacks lie: what stands beyond them is wide."""
    return replace(chart, horizontal=True) if chart.stacked else chart


def _shade(chart: Chart, series: str, place: int) -> str:
    return palette.CLASSES.get(
        _marks_of(chart, series)[0], palette.SERIES[place % len(palette.SERIES)]
    )


def _legend(slide: Slide, chart: Chart, shades: dict[str, str], box: Box) -> Box:
    """Series in their order as keys above the chart; the box that remains."""
    keys = shades if len(shades) > 1 else {}
    if stubs.any_in(chart.data):
        keys = keys | {HIDDEN_NAME: ""}
    left, top, width, high = box
    x, line = left, int(Pt(SMALLEST * LINE))
    for name, shade in keys.items():
        across = int((em(name) + 1) * Pt(SMALLEST))
        if x > left and x + across + KEY > left + width:
            x, top, high = left, top + line, high - line
        if shade:
            key = (x, top + line // 4, line // 2, line // 2)
            panel(slide, key, shade)
        text(slide, (x + KEY, top, across, line), name, SMALLEST)
        x += across + 2 * KEY
    return (left, top + line, width, high - line) if keys else box


def _room(labels: list[str], ends: list[str], width: int) -> float:
    """How much longer than the longest bar the axis is, for the labels beyond it."""
    beyond = max([BEYOND, *(em(end) + 2 for end in ends)]) * Pt(SMALLEST)
    plot = width - (max(map(em, labels), default=0) + 2) * Pt(SMALLEST)
    return plot / max(plot - beyond, plot / 3)


def halves(chart: Chart, high: int) -> list[Chart]:
    """The chart, or its bars on two slides where two of that height hold them and one does not."""
    lying = _lying(chart)
    labels, most = _labels(lying), _most(lying, high)
    if not lying.horizontal or not most < len(labels) <= 2 * most:
        return [chart]
    half = -(-len(labels) // 2)
    return [
        replace(chart, data=chart.data.filter(pl.col("label").is_in(part)))
        for part in (labels[:half], labels[half:])
    ]


def _labels(chart: Chart) -> list[str]:
    return chart.data["label"].unique(maintain_order=True).to_list()


def _most(chart: Chart, high: int) -> int:
    """Lying bars that a height holds."""
    beside = chart.data["series"].n_unique() if "series" in chart.data.columns else 1
    each = ROW if chart.stacked else ROW * max(1, round(beside * 0.8))
    return max(2, (high - AROUND) // each)


def _fitting(slide: Slide, chart: Chart, box: Box) -> tuple[Chart, Box]:
    """The bars that a box holds, and below them how many there are."""
    labels, most = _labels(chart), _most(chart, box[3])
    if not chart.horizontal or len(labels) <= most:
        return chart, box
    left, top, width, high = box
    line = int(Pt(SMALLEST * LINE))
    note = MORE.format(all=len(labels), shown=most - 1)
    text(slide, (left, top + high - line, width, line), note, SMALLEST, palette.MUTED)
    first = chart.data.filter(pl.col("label").is_in(labels[: most - 1]))
    return replace(chart, data=first), (left, top, width, high - line)


def _columns(chart: Chart, name: str) -> tuple[list[str], dict[str, list[Bar]]]:
    """Categories, and the bars of each series in their order."""
    data = chart.data
    stub, stars = stubs.length(chart), hidden_in(data, "value")
    bars = [(stub if star else v, star) for v, star in zip(data["value"], stars, strict=True)]
    if "text" in data.columns and not chart.stacked:
        # A bar that is not drawn can have no label.
        bars = [
            (0.0 if v is None and said else v, star)
            for (v, star), said in zip(bars, data["text"], strict=True)
        ]
    labels = _labels(chart)
    if "series" not in data.columns:
        return labels, {name: bars}
    cells = dict(zip(data.select("series", "label").rows(), bars, strict=True))
    names = data["series"].unique(maintain_order=True).to_list()
    none = (None, False)
    return labels, {name: [cells.get((name, label), none) for label in labels] for name in names}


def _data(
    chart: Chart, labels: list[str], series: dict[str, list[Bar]], ends: list[str]
) -> CategoryChartData:
    data = CategoryChartData(number_format=_format(chart))
    data.categories = labels
    for name, series_bars in series.items():
        data.add_series(name, [value for value, _ in series_bars])
    if ends:
        # An unseen series whose labels stand beyond the stacks.
        data.add_series("合计", [stubs.longest(chart) / 1000] * len(labels))
    return data


def _labelled_ends(series, ends: list[str]) -> None:
    """Labels beyond the stacks, of a series that is not seen."""
    series.format.fill.background()
    for i, content in enumerate(ends):
        label = series.points[i].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        native.written(label, content or " ")
        label.text_frame.word_wrap = False


def _style(series, chart: Chart, name: str, shade: str, values: list[Bar]) -> None:
    """Fills and labels of a series: by its class, a bar's own, or the shade given."""
    marks = _marks_of(chart, name)
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour(palette.CLASSES.get(marks[0], shade))
    if len(set(marks)) > 1:
        for i, mark in enumerate(marks):
            fill = series.points[i].format.fill
            fill.solid()
            fill.fore_color.rgb = colour(palette.CLASSES.get(mark, shade))
    labels = series.data_labels
    labels.show_value, labels.font.size = True, Pt(SMALLEST)
    labels.number_format, labels.number_format_is_linked = _format(chart), False
    if chart.stacked:
        labels.font.color.rgb = colour(palette.on_class(marks[0]) if marks[0] else palette.GROUND)
        _only_wide(series, chart, values)
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
        labels.font.color.rgb = colour(palette.INK)
    _stubs(series, values)
    for i, said in enumerate(_unknown(chart, name)):
        if said:
            native.written(series.points[i].data_label, said)


def _unknown(chart: Chart, series: str) -> list[str]:
    """The texts of bars without a figure, such as 未达到."""
    rows = chart.data
    if "text" not in rows.columns or chart.stacked:
        return []
    rows = rows.filter(pl.col("series") == series) if "series" in rows.columns else rows
    known = pl.Series(hidden_in(rows, "value"), dtype=pl.Boolean) | rows["value"].is_not_null()
    return ["" if shown else said or "" for said, shown in zip(rows["text"], known, strict=True)]


def _only_wide(series, chart: Chart, values: list[Bar]) -> None:
    """Takes the label from parts that are too thin for it; the stack's end says them."""
    labels = series.data_labels._element
    for i, (value, star) in reversed(list(enumerate(values))):
        if not star and not stack.is_wide(chart, value):
            off = f'<c:dLbl {nsdecls("c")}><c:idx val="{i}"/><c:delete val="1"/></c:dLbl>'
            labels.insert(0, parse_xml(off))


def _axes(native_chart: NativeChart, chart: Chart, room: float) -> None:
    value_axis, category_axis = native_chart.value_axis, native_chart.category_axis
    value_axis.minimum_scale = 0
    category_axis.tick_labels.font.size = Pt(SMALLEST)
    category_axis.has_major_gridlines = False
    if chart.horizontal:
        # The axis is not drawn: it leaves room for the labels beyond the longest bar.
        value_axis.maximum_scale = stubs.longest(chart) * room
        category_axis.reverse_order = True
        value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        value_axis.has_major_gridlines = False
    elif stubs.axis(chart):
        value_axis.maximum_scale = stubs.longest(chart)
        value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    else:
        native.up_to_100(native_chart, chart, "value")


def _format(chart: Chart) -> str:
    if chart.percent:
        return '0.00"%"'
    whole = all(v is None or v == round(v) for v in chart.data["value"])
    return "#,##0" if whole else "0.0"


def _marks_of(chart: Chart, series: str) -> list[str]:
    """The classes of a series' bars; one empty text where they have none."""
    if "mark" not in chart.data.columns:
        return [""]
    rows = chart.data
    rows = rows.filter(pl.col("series") == series) if "series" in rows.columns else rows
    return rows["mark"].fill_null("").to_list() or [""]


def _stubs(series, series_bars: list[Bar]) -> None:
    """Hatches the stubs of suppressed values and labels them `*`."""
    for i, (_, star) in enumerate(series_bars):
        if star:
            point = series.points[i]
            _hatched(point.format.fill)
            native.written(point.data_label, HIDDEN)


def _hatched(fill) -> None:
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = colour(palette.MUTED), colour(palette.GROUND)
