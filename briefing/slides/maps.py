"""Maps as native shapes: counties as freeforms that can be recoloured, labels as text boxes."""

from collections.abc import Iterator

import polars as pl
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from briefing.slides.page import LINE as LINE_OF_TYPE
from briefing.slides.page import SMALLEST, Box, colour, lines, panel, text
from exhibits import palette
from exhibits.draw import townships
from exhibits.exhibit import Chart
from geo import boundaries, labels

#: Panels side by side of small multiples, at least; rows of them, at most.
PANELS, ROWS = 4, 4

#: The largest circle of a township across.
LARGEST = int(Inches(0.42))

#: The legend's column: its width, and the height of a line.
LEGEND, LINE = Inches(3.4), Inches(0.3)


class Frame:
    """From kilometres on the map to a box on the slide, north up."""

    def __init__(self, box: tuple[float, float, float, float], focus: str = ""):
        left, top, width, height = box
        west, south, east, north = boundaries.window(focus)
        self.scale = min(width / (east - west), height / (north - south))
        self.x0 = left + (width - (east - west) * self.scale) / 2 - west * self.scale
        self.y0 = top + (height - (north - south) * self.scale) / 2 + north * self.scale

    def at(self, x: float, y: float) -> tuple[int, int]:
        """A point in EMU."""
        return round(self.x0 + x * self.scale), round(self.y0 - y * self.scale)


def _rings(outline: boundaries.Path2D) -> Iterator[list[tuple[float, float]]]:
    ring: list[tuple[float, float]] = []
    for x, y in zip(*outline, strict=True):
        if x is None or y is None:
            yield ring
            ring = []
        else:
            ring.append((x, y))
    yield ring


def _county(slide: Slide, county: boundaries.Shape, frame: Frame, mark: str) -> None:
    first, *others = ([frame.at(*point) for point in ring] for ring in _rings(county.outline))
    builder = slide.shapes.build_freeform(*first[0])
    builder.add_line_segments(first[1:])
    for ring in others:
        builder.move_to(*ring[0])
        builder.add_line_segments(ring[1:])
    shape = builder.convert_to_shape()
    # A theme's style would put a shadow and an outline of its own on it.
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.name = county.name
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(palette.CLASSES[mark])
    shape.line.color.rgb, shape.line.width = colour(palette.LINE), Pt(0.75)


def one(slide: Slide, chart: Chart, box: Box) -> None:
    """Nine counties by class with name and figure; in a county, its townships as circles."""
    left, top, width, high = box
    frame = Frame((left, top, width - LEGEND, high), chart.focus)
    rows = {r["code"]: r for r in chart.data.filter(kind="county").to_dicts()}
    for county in boundaries.counties():
        mark = rows.get(county.code, {}).get("mark", "none")
        if chart.focus:
            if county.code != chart.focus:
                continue
            mark = "usual"
        _county(slide, county, frame, mark)
    if chart.focus:
        _townships(slide, chart, frame)
    else:
        for county in boundaries.counties():
            if county.code in rows:
                _label(slide, county, frame, rows[county.code])
    _legend(slide, chart, box)


def _label(slide: Slide, county: boundaries.Shape, frame: Frame, row: dict) -> None:
    x, y = frame.at(*county.label)
    wide, high = Inches(1.3), Inches(0.5)
    box = (Emu(x - wide // 2), Emu(y - high // 2), wide, high)
    label = f"{county.name}\n{row['text']}"
    shade = palette.on_class(row["mark"])
    text(slide, box, label, SMALLEST, shade, align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)


def _townships(slide: Slide, chart: Chart, frame: Frame) -> None:
    """Circles by size, and beside them the names that have room, the largest first."""
    rows = {row["code"]: row for row in townships.sized(chart.data).to_dicts()}
    letter = townships.SYMBOL * Pt(SMALLEST) / LARGEST
    points = townships.places(chart.data, letter)
    window = boundaries.window(chart.focus)
    beside = labels.sides(points, (), window, [frame.scale / Pt(SMALLEST)])
    for point in points:
        row, (x, y) = rows[point.code], frame.at(point.x, point.y)
        across = max(round(2 * point.radius * Pt(SMALLEST)), LARGEST // 7)
        corner = (Emu(x - across // 2), Emu(y - across // 2))
        circle = slide.shapes.add_shape(MSO_SHAPE.OVAL, *corner, Emu(across), Emu(across))
        circle.name = row["hover"]
        circle.shadow.inherit = False
        circle.fill.solid()
        circle.fill.fore_color.rgb = colour(palette.CLASSES[row["mark"]])
        circle.line.color.rgb, circle.line.width = colour(palette.INK), Pt(0.75)
        if point.code in beside:
            _name(slide, point, (x, y), labels.SIDES[beside[point.code]])


def _name(slide: Slide, point: labels.Point, at: tuple[int, int], step: tuple[int, int]) -> None:
    """A name in a box of its own width, so many steps right and up of its point."""
    wide, high = Pt(SMALLEST) * (len(point.name) + 0.2), Pt(SMALLEST) * labels.HIGH
    out = (point.radius + labels.GAP) * Pt(SMALLEST)
    x = at[0] + step[0] * (out + wide / 2) - wide / 2
    y = at[1] - step[1] * (out + high / 2) - high / 2
    box = (round(x), round(y), round(wide), round(high))
    centre = PP_ALIGN.CENTER
    text(slide, box, point.name, SMALLEST, align=centre, anchor=MSO_ANCHOR.MIDDLE)


def _legend(slide: Slide, chart: Chart, box: Box) -> None:
    left = box[0] + box[2] - LEGEND + Inches(0.2)
    across = LEGEND - Inches(0.5)
    rows = [lines(label, across, SMALLEST) for label, _ in chart.classes]
    y = box[1] + box[3] - LINE * sum(rows)
    for (label, mark), high in zip(chart.classes, rows, strict=True):
        key = (left, y, Inches(0.22), Inches(0.2))
        panel(slide, key, palette.CLASSES[mark], palette.MUTED)
        beside = (left + Inches(0.32), y - Inches(0.02), across, LINE * high)
        text(slide, beside, label, SMALLEST, palette.INK)
        y += LINE * high


def several(slide: Slide, chart: Chart, box: Box) -> None:
    """Small multiples: a panel a month or programme."""
    panels = chart.data["panel"].unique(maintain_order=True).to_list()
    beside = max(PANELS, -(-len(panels) // ROWS))
    rows_of = -(-len(panels) // beside)
    width, height = (box[2] - LEGEND) // beside, box[3] // rows_of
    lines_of = max(lines(each, width, SMALLEST) for each in panels)
    title = int(Pt(SMALLEST * LINE_OF_TYPE)) * lines_of
    for i, name in enumerate(panels):
        left, top = box[0] + width * (i % beside), box[1] + height * (i // beside)
        marks = dict(chart.data.filter(pl.col("panel") == name).select("code", "mark").rows())
        frame = Frame((left, top + title, width, height - title))
        for county in boundaries.counties():
            _county(slide, county, frame, marks.get(county.code, "none"))
        text(slide, (left, top, width, title), name, SMALLEST, palette.INK, align=PP_ALIGN.CENTER)
    _legend(slide, chart, box)
