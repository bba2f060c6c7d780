"""An exhibit on slides: its chart in the form that PowerPoint has, or its table, never cut."""

from pptx.presentation import Presentation
from pptx.slide import Slide

from briefing.slides import charts, maps, tables
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
from exhibits.exhibit import Exhibit
from exhibits.wording import words


def draw(deck: Presentation, exhibit: Exhibit, unit: str = "", alone: bool = False) -> None:
    """
    The exhibit's slides, the second and further ones with 续; `unit`: the department they are of.

    `alone`: on one slide, as a table; what of it is left out is said.
    """
    chart = (
        None if alone and (not exhibit.chart or exhibit.chart.kind != "matrix") else exhibit.chart
    )
    title = f"{unit}{exhibit.title}"

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
        legend = "　".join(label for label, _ in chart.classes)
        tables.draw(tables.of_matrix(chart), _above(new_page, legend), alone)
    elif chart and (chart.kind in charts.NATIVE or chart.kind in ("map", "maps")):
        slide, body = new_page(False)
        _chart(slide, exhibit, body)
    elif exhibit.table.height:
        tables.draw(tables.of_table(exhibit.table), new_page, alone)
    else:
        new_page(False)


def _above(new_page: tables.NewPage, legend: str) -> tables.NewPage:
    """Pages with the legend above the table."""

    def with_legend(continued: bool) -> tuple[Slide, Box]:
        slide, body = new_page(continued)
        return slide, stacked(slide, [(legend, SMALLEST, palette.MUTED, False)], body)

    return with_legend


def _chart(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    chart = exhibit.chart
    if chart and chart.kind in charts.NATIVE:
        charts.NATIVE[chart.kind](slide, chart, box, exhibit.title)
    elif chart and chart.kind == "map":
        maps.one(slide, chart, box)
    elif chart:
        maps.several(slide, chart, box)


def captioned(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """A chart below its title with period and unit; the first rows of a table where it has none."""
    unit = f"，单位：{exhibit.chart.unit}" if exhibit.chart and exhibit.chart.unit else ""
    caption = f"{exhibit.title}（截至{words.day(exhibit.as_of)}{unit}）"
    body = stacked(slide, [(caption, SMALLEST, palette.MUTED, True)], box)
    chart = exhibit.chart
    if chart and (chart.kind in charts.NATIVE or chart.kind in ("map", "maps")):
        _chart(slide, exhibit, body)
    elif chart and chart.kind == "matrix":
        tables.draw(tables.of_matrix(chart), lambda _: (slide, body), alone=True)
    elif exhibit.table.height:
        tables.draw(tables.of_table(exhibit.table), lambda _: (slide, body), alone=True)
