"""An exhibit on slides: its chart in the form that PowerPoint has, or its table, never cut."""

from pptx.presentation import Presentation
from pptx.slide import Slide

from briefing.slides import bars, charts, maps, tables
from briefing.slides.page import (
    SMALLEST,
    Box,
    blank,
    foot,
    head,
    note,
    period_of,
    source_of,
    stacked,
)
from exhibits import palette
from exhibits.draw.arrange import arranged
from exhibits.exhibit import Chart, Exhibit
from exhibits.named_cells import KEY, any_named

#: The place of an exhibit that is of no region.
WHOLE = "全市"


def draw(deck: Presentation, exhibit: Exhibit, unit: str = "", alone: bool = False) -> None:
    """
    The exhibit's slides, the second and further ones with 续; `unit`: the department they are of.

    `alone`: on one slide, as a table; what of it is left out is said.
    """
    chart = arranged(exhibit)
    if alone and (not chart or chart.kind != "matrix"):
        chart = None
    title = exhibit.title if alone else title_of(exhibit, unit)

    def new_page(continued: bool) -> tuple[Slide, Box]:
        slide = blank(deck)
        period = "；".join(filter(None, (period_of(exhibit), chart.credit if chart else "")))
        if continued:
            body = head(slide, f"{title}（续）", period)
        else:
            body = head(slide, title, period, exhibit.finding)
        foot(slide, source_of(exhibit), len(deck.slides))
        note(slide, exhibit)
        return slide, body

    if chart and chart.kind == "matrix":
        key = (KEY,) if any_named(chart.data) else ()
        legend = "　".join((*key, *[label for label, _ in chart.classes]))
        tables.draw(tables.of_matrix(chart), _above(new_page, legend), alone)
    elif chart and (chart.kind in charts.NATIVE or chart.kind in ("map", "maps")):
        slide, body = new_page(False)
        first, *others = bars.halves(chart, body[3]) if chart.kind == "bars" else [chart]
        _chart(slide, exhibit, first, body)
        for other in others:
            slide, body = new_page(True)
            _chart(slide, exhibit, other, body)
    elif exhibit.table.height:
        tables.draw(tables.of_table(exhibit.table), new_page, alone)
    else:
        new_page(False)


def title_of(exhibit: Exhibit, unit: str = "") -> str:
    """The exhibit's title with its department, and its place where that is not the whole city."""
    own = unit if unit not in exhibit.title else ""
    place = exhibit.place if exhibit.place != WHOLE and exhibit.place not in exhibit.title else ""
    return f"{place}{own}{exhibit.title}"


def _above(new_page: tables.NewPage, legend: str) -> tables.NewPage:
    """Pages with the legend above the table."""

    def with_legend(continued: bool) -> tuple[Slide, Box]:
        slide, body = new_page(continued)
        return slide, stacked(slide, [(legend, SMALLEST, palette.MUTED, False)], body)

    return with_legend


def _chart(slide: Slide, exhibit: Exhibit, chart: Chart, box: Box) -> None:
    if chart.kind in charts.NATIVE:
        charts.NATIVE[chart.kind](slide, chart, box, exhibit.title)
    elif chart.kind == "map":
        maps.one(slide, chart, box)
    else:
        maps.several(slide, chart, box)


def captioned(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """A chart below its title with period and unit; the first rows of a table where it has none."""
    unit = f"，单位：{exhibit.chart.unit}" if exhibit.chart and exhibit.chart.unit else ""
    caption = f"{exhibit.title}（{exhibit.when}{unit}）"
    body = stacked(slide, [(caption, SMALLEST, palette.MUTED, True)], box)
    chart = arranged(exhibit)
    if chart and (chart.kind in charts.NATIVE or chart.kind in ("map", "maps")):
        _chart(slide, exhibit, chart, body)
    elif chart and chart.kind == "matrix":
        tables.draw(tables.of_matrix(chart), lambda _: (slide, body), alone=True)
    elif exhibit.table.height:
        tables.draw(tables.of_table(exhibit.table), lambda _: (slide, body), alone=True)
