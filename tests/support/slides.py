"""Slides read back: their texts, the least type, what overflows its box or lies on another."""

import io
import re
from collections.abc import Iterator
from itertools import combinations

from pptx import Presentation
from pptx.util import Pt

#: Points of the smallest type.
LEAST = 14

#: Where the foot begins, in EMU; a table that reaches below would lie on it.
FOOT = round(6.82 * 914_400)


def read(data: bytes) -> Presentation:
    return Presentation(io.BytesIO(data))


def texts(slide) -> list[str]:
    """The texts of a slide's boxes in their order, the title first."""
    return [s.text_frame.text for s in slide.shapes if s.has_text_frame and s.text_frame.text]


def titles(book) -> list[str]:
    return [texts(slide)[0] for slide in book.slides]


def tables(slide) -> list[list[list[str]]]:
    """The cells of a slide's tables."""
    drawn = [shape.table for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in drawn]


def faults(book) -> list[str]:
    """Type that is too small, text that overflows, what lies on something else or off the slide."""
    return [
        f"{number}: {fault}"
        for number, slide in enumerate(book.slides, start=1)
        for fault in (*_small(slide), *_overflowing(slide), *_outside(book, slide))
    ]


def overlaps(slide) -> list[str]:
    """Texts, tables and charts that lie on one another."""
    shown = [
        shape
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or (shape.has_text_frame and shape.text_frame.text)
    ]
    return [
        f"{_name(one)} on {_name(other)}"
        for one, other in combinations(shown, 2)
        if one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    ]


def _name(shape) -> str:
    return shape.text_frame.text[:20] if shape.has_text_frame else shape.name


def _frames(slide) -> Iterator[tuple[object, int, int, str]]:
    """Text frames with the width and the height that they have."""
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text:
            yield shape.text_frame, shape.width, shape.height, _name(shape)
        if shape.has_table:
            for row in shape.table.rows:
                for cell, column in zip(row.cells, shape.table.columns, strict=True):
                    width = column.width - cell.margin_left - cell.margin_right
                    height = row.height - cell.margin_top - cell.margin_bottom
                    yield cell.text_frame, width, height, cell.text[:20]


def _small(slide) -> Iterator[str]:
    for frame, _, _, name in _frames(slide):
        sizes = [run.font.size for p in frame.paragraphs for run in p.runs if run.text]
        if any(size is None or size < Pt(LEAST) for size in sizes):
            yield f"small: {name}"
    for shape in slide.shapes:
        if shape.has_chart:
            xml = shape.chart.part.blob.decode()
            sizes = [int(size) for size in re.findall(r'\bsz="(\d+)"', xml)]
            if not sizes or min(sizes) < LEAST * 100:
                yield f"small in a chart: {sorted(set(sizes))[:3]}"


def _overflowing(slide) -> Iterator[str]:
    for frame, width, height, name in _frames(slide):
        needed = sum(_lines(p, width) * p.line_spacing for p in frame.paragraphs)
        if needed > height + Pt(2):
            yield f"overflows by {(needed - height) / 12_700:.0f} pt: {name}"


def _lines(paragraph, width: int) -> int:
    """Lines of a paragraph, filled letter by letter: a Chinese one is as wide as its type."""
    lines, used = 1, 0.0
    for run in paragraph.runs:
        for letter in run.text:
            across = run.font.size * (1.0 if ord(letter) > 255 else 0.55)
            if used + across > width:
                lines, used = lines + 1, 0.0
            used += across
    return lines


def _outside(book, slide) -> Iterator[str]:
    for shape in slide.shapes:
        low = shape.top + shape.height
        over = shape.left + shape.width > book.slide_width or low > book.slide_height
        if over or shape.left < 0 or shape.top < 0:
            yield f"off the slide: {_name(shape)}"
        if (shape.has_table or shape.has_chart) and low > FOOT:
            yield f"on the foot: {shape.name}"
