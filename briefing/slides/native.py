"""What all native charts have: a frame on the slide, lines and markers."""

import re
from datetime import date

import polars as pl
from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CATEGORY_TYPE,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Emu, Pt

from briefing.slides.page import FONT, SMALLEST, Box, colour, em, font, stacked
from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.suppressed import hidden_in
from exhibits.wording.words import HIDDEN_NAME, listed

MONTH = re.compile(r"(\d{4})-(\d{2})")


def add(slide: Slide, kind: XL_CHART_TYPE, data, chart: Chart, box: Box) -> NativeChart:
    """A chart of a kind in a box of a slide, in the house's type and colours."""
    left, top, width, height = map(Emu, box)
    frame = slide.shapes.add_chart(kind, left, top, width, height, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.description)
    native_chart = frame.chart  # type: ignore[attr-defined]
    native_chart.font.size, native_chart.font.name = Pt(SMALLEST), FONT
    native_chart.font.color.rgb = colour(palette.INK)
    native_chart.has_title = False
    native_chart.has_legend = len(list(native_chart.plots[0].series)) > 1
    if native_chart.has_legend:
        native_chart.legend.position, native_chart.legend.include_in_layout = (
            XL_LEGEND_POSITION.TOP,
            False,
        )
    native_chart.value_axis.major_gridlines.format.line.color.rgb = colour(palette.LINE)
    native_chart.value_axis.format.line.fill.background()
    return native_chart


def up_to_100(native_chart: NativeChart, chart: Chart, column: str) -> None:
    """A percent axis ends at 100; higher figures, such as 121 % spent, keep the axis they need."""
    above = chart.data.filter(pl.col(column) > 100)
    if chart.percent and above.is_empty():
        native_chart.value_axis.maximum_scale = 100
    labels = native_chart.value_axis.tick_labels
    labels.font.size = Pt(SMALLEST)
    if chart.percent:
        labels.number_format, labels.number_format_is_linked = '0"%"', False


def month(label: str) -> str:
    """2026年10月 of 2026-10; anything else as it is."""
    match = MONTH.fullmatch(label)
    return f"{match[1]}年{int(match[2])}月" if match else label


def set_places(data: CategoryChartData, places: list[str]) -> None:
    """The places of a line chart: months as days of an axis of dates, others as they are."""
    months = [MONTH.fullmatch(place) for place in places]
    if not all(months):
        data.categories = places
        return
    data.categories = [date(int(match[1]), int(match[2]), 1) for match in months if match]
    data.categories.number_format = r"yyyy\年m\月"


def spaced(native_chart: NativeChart, places: list[str], width: int) -> None:
    """A label every so many months, so that none breaks or is turned."""
    axis = native_chart.category_axis
    axis.tick_labels.font.size = Pt(SMALLEST)
    axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")
    if axis.category_type != XL_CATEGORY_TYPE.TIME_SCALE:
        return
    room = max(1, int(width * 0.85 / (em("2026年10月") * Pt(SMALLEST) * 1.15)))
    step = max(1, -(-len(places) // room))
    for name in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in axis._element.findall(qn(name)):
            axis._element.remove(old)
    units = (("baseTimeUnit", "months"), ("majorUnit", step), ("majorTimeUnit", "months"))
    for name, value in reversed(units):
        unit = parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>')
        axis._element.find(qn("c:lblOffset")).addnext(unit)


def hidden_points(slide: Slide, chart: Chart, box: Box) -> Box:
    """Lists the suppressed points of a line, which are gaps in it, above the chart's box."""
    suppressed = pl.Series(hidden_in(chart.data, "y"), dtype=pl.Boolean)
    if not suppressed.any():
        return box
    labels = chart.data.filter(suppressed)["x"].unique(maintain_order=True).to_list()
    named = listed([month(label) for label in labels])
    return stacked(slide, [(f"{HIDDEN_NAME}：{named}", SMALLEST, palette.MUTED, False)], box)


def written(label, content: str, shade: str = palette.INK, bold: bool = False) -> None:
    """Writes a text into the label of a point."""
    run = label.text_frame.paragraphs[0].add_run()
    run.text = content
    font(run, SMALLEST, shade, bold)


def glyphs(series, glyph: str, shade: str, values: list[float | None]) -> None:
    """A series as glyphs, ▲ or ▼, which mean on a slide what they mean on screen."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    for i, value in enumerate(values):
        if value is not None:
            label = series.points[i].data_label
            label.position = XL_LABEL_POSITION.CENTER
            written(label, glyph, shade, bold=True)


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


def _remarked(chart: Chart) -> list[str | None]:
    """The remark of each place of a line chart."""
    places = chart.data["x"].unique(maintain_order=True).to_list()
    text_by_place = dict(chart.remarks)
    return [text_by_place.get(x) for x in places]


def add_remarks(data: CategoryChartData, chart: Chart) -> None:
    """The last series: a mark as high as the chart's largest value where there is a remark."""
    top = chart.data["y"].drop_nulls().max() or 0
    if any(texts := _remarked(chart)):
        data.add_series("备注", [top if text else None for text in texts])


def label_remarks(native_chart: NativeChart, chart: Chart) -> None:
    """Writes each remark beside its mark."""
    if not any(texts := _remarked(chart)):
        return
    series = [*native_chart.plots[0].series][-1]
    points(series, XL_MARKER_STYLE.DIAMOND, palette.MUTED)
    for place, remark in enumerate(texts):
        if remark:
            label = series.points[place].data_label
            label.position = XL_LABEL_POSITION.ABOVE
            written(label, remark)


def points(series, style: XL_MARKER_STYLE, shade: str) -> None:
    """Markers without a line between them."""
    series.smooth = False
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, 11
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(shade)
    series.marker.format.line.color.rgb = colour(shade)


#: A line from a point down to the axis: the only upright mark that a native line chart has.
UPRIGHT = """<c:errBars {ns}><c:errDir val="y"/><c:errBarType val="minus"/>
<c:errValType val="percentage"/><c:noEndCap val="1"/><c:val val="100"/><c:spPr><a:ln w="15875">
<a:solidFill><a:srgbClr val="{shade}"/></a:solidFill><a:prstDash val="lgDashDot"/></a:ln></c:spPr>
</c:errBars>"""


def upright(series, name: str, at: int) -> None:
    """A series of one point as a vertical line with its name on top."""
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    label = series.points[at].data_label
    label.position = XL_LABEL_POSITION.RIGHT
    written(label, name)
    ns = nsdecls("c", "a")
    line = parse_xml(UPRIGHT.format(ns=ns, shade=palette.MUTED.removeprefix("#")))
    series._element.cat.addprevious(line)
