"""One slide: finding as title, body, line of source; fonts, boxes and notes."""

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.text.text import _Run
from pptx.util import Emu, Inches, Pt

from briefing.files import cells
from exhibits import palette
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark

FONT = "Microsoft YaHei"

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)

#: The body of a slide: left, top, width, height.
LEFT, TOP = Inches(0.6), Inches(1.75)
BODY_WIDTH, BODY_HEIGHT = Inches(12.13), Inches(4.95)

#: Characters of a finding that fit on two lines of a title.
TITLE = 62

BLANK = 6  # the layout without placeholders

#: Left, top, width, height in EMU.
Box = tuple[int, int, int, int]


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
    frame = slide.shapes.add_textbox(*map(Emu, box)).text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, line in enumerate(content.split("\n")):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = line
        font(run, size, shade, bold)


def split(finding: str) -> tuple[str, str]:
    """A title of at most two lines, cut where a clause ends outside brackets, and the rest."""
    if len(finding) <= TITLE:
        return finding, ""
    depth, end = 0, 0
    for i, letter in enumerate(finding[:TITLE]):
        depth += {"（": 1, "“": 1, "）": -1, "”": -1}.get(letter, 0)
        if letter in "；，：" and depth == 0 and (letter == "；" or i < TITLE - 10):
            end = i
    if end < TITLE // 4:
        return f"{finding[: TITLE - 1]}…", finding
    return finding[:end], finding[end + 1 :]


def exhibit_slide(deck: Presentation, exhibit: Exhibit, unit: str = "") -> Slide:
    """A slide with the exhibit's finding, title, source and notes; its body is empty."""
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    title, rest = split(exhibit.finding)
    text(
        slide, (LEFT, Inches(0.38), BODY_WIDTH, Inches(0.9)), title, 24, palette.PRIMARY, bold=True
    )
    counted = f"（单位：{exhibit.chart.unit}）" if exhibit.chart and exhibit.chart.unit else ""
    below = "　".join(filter(None, (unit, f"{exhibit.title}{counted}", rest)))
    text(slide, (LEFT, Inches(1.27), BODY_WIDTH, Inches(0.5)), below, 12, palette.MUTED)
    credit = exhibit.chart.credit if exhibit.chart else ""
    foot(slide, "；".join(filter(None, (exhibit.source_line, credit))), len(deck.slides))
    slide.notes_slide.notes_text_frame.text = notes(exhibit)
    return slide


def foot(slide: Slide, source: str, number: int) -> None:
    """Source and day at the left, page number at the right."""
    text(slide, (LEFT, Inches(6.95), Inches(9.9), Inches(0.45)), source, 9, palette.MUTED)
    right = (Inches(10.6), Inches(6.95), Inches(2.13), Inches(0.3))
    text(slide, right, str(number), 9, palette.MUTED, align=PP_ALIGN.RIGHT)


def stamp(slide: Slide, mark: Mark) -> None:
    """The mark below all else."""
    text(slide, (LEFT, Inches(7.24), BODY_WIDTH, Inches(0.2)), mark.line, 8, palette.MUTED)


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
    slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    bar = slide.shapes.add_shape(1, 0, 0, Inches(0.28), HEIGHT)
    bar.shadow.inherit = False
    bar.fill.solid()
    bar.fill.fore_color.rgb = colour(palette.PRIMARY)
    bar.line.fill.background()
    box = (Inches(1.1), Inches(2.3), Inches(11.4), Inches(1.4))
    text(slide, box, title, 38, palette.PRIMARY, bold=True, anchor=MSO_ANCHOR.BOTTOM)
    text(slide, (Inches(1.1), Inches(3.9), Inches(11.4), Inches(1.2)), subtitle, 18, palette.MUTED)
    text(slide, (Inches(1.1), Inches(6.1), Inches(11.4), Inches(0.5)), office, 18, palette.INK)
    foot(slide, identity, len(deck.slides))
    return slide
