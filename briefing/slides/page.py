"""One slide: title with its period, finding, body, foot; fonts, boxes and notes."""

import re
from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.text.text import _Run
from pptx.util import Emu, Inches, Pt

from briefing.files import cells
from briefing.slides import markup
from briefing.slides.markup import FONT
from exhibits import palette
from exhibits.exhibit import SOURCE, Exhibit
from exhibits.wording import words

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)

LEFT, TOP, BODY_WIDTH = Inches(0.6), Inches(0.35), Inches(12.13)

#: Where the foot begins: a line of source, below it the mark and the number.
FOOT = Inches(6.82)

#: Points of a title, of a finding, and of the smallest type, legible at the end of a table.
TITLE, FINDING, SMALLEST = 26, 16, 14

#: Height of a line in that of its type. Set, so that every program breaks a page alike.
LINE = 1.22

#: Where a Chinese letter meets a Latin one, and the letters that are left free there.
BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])(?=[\dA-Za-z])|(?<=[\dA-Za-z%])(?=[\u3400-\u9fff])")
APART = 0.3

#: Between texts one under the other.
GAP = Inches(0.06)

BLANK = 6  # the layout without placeholders

#: Left, top, width, height in EMU.
Box = tuple[int, int, int, int]

#: A text with its size, shade and weight.
Part = tuple[str, float, str, bool]

#: The body of a slide without anything above it.
BODY: Box = (LEFT, TOP, BODY_WIDTH, FOOT - TOP - Inches(0.1))


def colour(value: str) -> RGBColor:
    """A colour of the palette, `#1F4E8C`."""
    return RGBColor.from_string(value.lstrip("#"))


def font(run: _Run, size: float, shade: str = palette.INK, bold: bool = False) -> None:
    """Latin and Chinese in one typeface: PowerPoint takes Chinese from a field of its own."""
    run.font.name, run.font.size, run.font.bold = FONT, Pt(size), bold
    run.font.color.rgb = colour(shade)
    properties = run._r.get_or_add_rPr()
    for child in properties.findall(qn("a:ea")):
        properties.remove(child)
    properties.append(properties.makeelement(qn("a:ea"), {"typeface": FONT}))


def em(content: str) -> float:
    """The width of a text in that of a Chinese letter; a Latin one has six tenths."""
    return sum(1 if ord(letter) > 255 else 0.6 for letter in content)


def lines(content: str, width: int, size: float, apart: float = 0.0) -> int:
    """
    Lines that a text takes; one Chinese letter each may be lost where a line breaks.

    `apart`: letters that an office suite leaves between a Chinese and a Latin one.
    """
    across = max(1.0, width / Pt(size) - 1)
    needed = (em(line) + apart * len(BETWEEN.findall(line)) for line in content.split("\n"))
    return sum(max(1, -(-int(each * 100) // int(across * 100))) for each in needed)


def height(content: str, width: int, size: float) -> int:
    """The height of a text in a box of a width."""
    return int(lines(content, width, size, APART) * Pt(size) * LINE)


def text(
    slide: Slide,
    box: Box,
    content: str,
    size: float,
    shade: str = palette.INK,
    *,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> None:
    """A text box without margins, one paragraph a line."""
    paragraphs = "".join(
        markup.paragraph(line, size, shade, bold, align, size * LINE)
        for line in content.split("\n")
    )
    tree = slide.shapes.element
    tree.append(markup.text_box(tree.max_shape_id + 1, box, anchor, paragraphs))


def blank(deck: Presentation) -> Slide:
    """A slide without anything on it."""
    return deck.slides.add_slide(deck.slide_layouts[BLANK])


def panel(slide: Slide, box: Box, fill: str, line: str = "") -> None:
    """A filled rectangle, with an outline where a colour is given."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, box))
    # A theme's style would put a shadow and an outline of its own on it.
    shape._element.remove(shape._element.find(qn("p:style")))
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(fill)
    if line:
        shape.line.color.rgb, shape.line.width = colour(line), Pt(1.25)
    else:
        shape.line.fill.background()


def high(parts: Sequence[Part], width: int, gap: int = GAP) -> int:
    """The height of texts one under the other."""
    return sum(height(part[0], width, part[1]) + gap for part in parts if part[0])


def stacked(slide: Slide, parts: Sequence[Part], box: Box, gap: int = GAP) -> Box:
    """Texts one under the other, each with size, shade and weight; the box that remains."""
    left, top, width, room = box
    for content, size, shade, bold in parts:
        if content:
            own = height(content, width, size)
            text(slide, (left, top, width, own), content, size, shade, bold=bold)
            top, room = top + own + gap, room - own - gap
    return left, top, width, room


def head(slide: Slide, title: str, period: str = "", finding: str = "") -> Box:
    """Title, its period, the finding; the box that remains for the body."""
    size = FINDING if lines(finding, BODY_WIDTH, FINDING) <= 3 else SMALLEST
    parts: list[Part] = [
        (title, TITLE, palette.PRIMARY, True),
        (period, SMALLEST, palette.MUTED, False),
        (finding, size, palette.INK, False),
    ]
    return stacked(slide, parts, BODY)


def period_of(exhibit: Exhibit) -> str:
    """截至2026年10月31日；全市；单位：条 — what stands below a title; of a table its period too."""
    parts = (
        exhibit.when,
        exhibit.place,
        "" if exhibit.chart or exhibit.counted_over else exhibit.period,
        f"对比日{words.day(exhibit.compared)}" if exhibit.compared else "",
        _unit_of(exhibit),
    )
    return "；".join(filter(None, parts))


def _unit_of(exhibit: Exhibit) -> str:
    """单位：条; empty for a chart without one."""
    return f"单位：{exhibit.chart.unit}" if exhibit.chart and exhibit.chart.unit else ""


def source_of(exhibit: Exhibit) -> str:
    """来源：…；截至…；单位：条；演示数据（合成） — the foot of a slide."""
    parts = (
        f"来源：{SOURCE}",
        f"截至{words.day(exhibit.as_of)}",
        _unit_of(exhibit),
        words.by_definitions(exhibit.older_definitions) if exhibit.older_definitions else "",
        "公开口径" if exhibit.access.open else "",
        "演示数据（合成）" if exhibit.demonstration else "",
    )
    return "；".join(filter(None, parts))


def foot(slide: Slide, source: str, number: int) -> None:
    """Source, unit and day; below it the page number at the right."""
    text(slide, (LEFT, FOOT, BODY_WIDTH, Inches(0.27)), source, SMALLEST, palette.MUTED)
    right = (LEFT + BODY_WIDTH - Inches(1), FOOT + Inches(0.3), Inches(1), Inches(0.27))
    text(slide, right, str(number), SMALLEST, palette.MUTED, align=PP_ALIGN.RIGHT)


def stamp(slide: Slide, line: str) -> None:
    """The line of the mark below all else."""
    box = (LEFT, FOOT + Inches(0.3), BODY_WIDTH - Inches(1.1), Inches(0.27))
    text(slide, box, line, SMALLEST, palette.MUTED)


def note(slide: Slide, exhibit: Exhibit) -> None:
    """Writes the speaker's notes."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = notes(exhibit)


def notes(exhibit: Exhibit) -> str:
    """What the speaker needs: what is counted, and the figures."""
    table = exhibit.table.head(30)
    rows = ["　".join(row) for row in cells.texts(table)]
    more = f"（共{exhibit.table.height}行，此处列前{table.height}行）"
    return "\n".join(
        [
            exhibit.finding,
            f"口径：{exhibit.definition}",
            exhibit.source_line,
            "　".join(table.columns),
            *rows,
            *([more] if exhibit.table.height > table.height else []),
        ]
    )


def heading(
    deck: Presentation, title: str, subtitle: str, identity: str, office: str = ""
) -> Slide:
    """A slide of its own for a title: the cover and the start of each section."""
    slide = blank(deck)
    panel(slide, (0, 0, Inches(0.28), HEIGHT), palette.PRIMARY)
    across = Inches(11.4)
    box = (Inches(1.1), Inches(1.6), across, Inches(2.1))
    text(slide, box, title, 38, palette.PRIMARY, bold=True, anchor=MSO_ANCHOR.BOTTOM)
    text(slide, (Inches(1.1), Inches(3.9), across, Inches(2.0)), subtitle, 18, palette.MUTED)
    text(slide, (Inches(1.1), Inches(6.1), across, Inches(0.5)), office, 18, palette.INK)
    foot(slide, identity, len(deck.slides))
    return slide
