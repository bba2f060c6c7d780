"""Tables of slides: an exhibit's own, and the matrix as a coloured table."""

import polars as pl
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from briefing.files import cells
from briefing.slides.page import BODY_HEIGHT, BODY_WIDTH, LEFT, TOP, colour, font
from exhibits import palette
from exhibits.exhibit import Chart

#: Rows and columns that are legible on a slide.
ROWS, COLUMNS = 15, 10

#: Points of the type in a table that is not small itself.
SMALL = 10

TRUNCATED = "共{all}行{columns}，此处列前{shown}行，全部见数据工作簿。"


def grid(slide: Slide, table: pl.DataFrame) -> str:
    """The first rows and columns of a table; returns a note on what was left out, or nothing."""
    visible = table[:, :COLUMNS].head(ROWS)
    rows = [visible.columns, *cells.texts(visible)]
    left = [kind == pl.String for kind in visible.dtypes]
    widths = [int(BODY_WIDTH * share) for share in cells.shares(rows)]
    fitting = _fitting(rows, widths)
    _draw(slide, rows[: fitting + 1], widths, left)
    columns = f"{table.width}列" if table.width > COLUMNS else ""
    if table.height <= fitting and not columns:
        return ""
    return TRUNCATED.format(all=table.height, columns=columns, shown=fitting)


def _fitting(rows: list[list[str]], widths: list[int]) -> int:
    """How many rows below the head a slide holds when long texts take several lines."""
    used, size = 0, SMALL
    for i, row in enumerate(rows):
        lines = max(_lines(text, width, size) for text, width in zip(row, widths, strict=True))
        used += Pt(size * 1.35) * lines + Inches(0.08)
        if used > BODY_HEIGHT:
            return max(1, i - 1)
    return len(rows) - 1


def _draw(
    slide: Slide, rows: list[list[str]], widths: list[int], left: list[bool], size: float = 0
) -> list[list]:
    points = size or (12 if len(rows) <= 12 and len(widths) <= 7 else SMALL)
    # A head of several lines is higher than the rows below it.
    lines = max(_lines(text, width, points) for text, width in zip(rows[0], widths, strict=True))
    head = Pt(points * 1.35) * lines + Inches(0.08)
    high = min(Inches(0.36), Emu((BODY_HEIGHT - head) // max(1, len(rows) - 1)))
    height = Emu(head + high * (len(rows) - 1))
    table = slide.shapes.add_table(len(rows), len(widths), LEFT, TOP, BODY_WIDTH, height).table
    for i, width in enumerate(widths):
        table.columns[i].width = Emu(width)
    drawn = []
    for i, row in enumerate(rows):
        table.rows[i].height = high if i else head
        drawn.append([table.cell(i, j) for j in range(len(row))])
        for j, text in enumerate(row):
            _cell(drawn[i][j], text, points, head=i == 0, left=left[j])
    return drawn


def _lines(text: str, width: int, points: float) -> int:
    """Lines that a text takes in a column."""
    text_width = sum(1 if ord(letter) > 255 else 0.55 for letter in text) * Pt(points) + Inches(
        0.14
    )
    return max(1, -(-int(text_width) // max(1, width)))


def _cell(cell, text: str, points: float, *, head: bool, left: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if left else PP_ALIGN.RIGHT
    run = paragraph.add_run()
    # An empty cell would take the height of the default type.
    run.text = text or "　"
    shade = palette.GROUND if head else _tone(text)
    font(run, points, shade, bold=head)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(palette.PRIMARY if head else palette.GROUND)


def _tone(text: str) -> str:
    if text.startswith(("▼", "✘", "■ 逾期")):
        return palette.CONCERN
    return palette.IMPROVEMENT if text.startswith(("▲", "✔")) else palette.INK


def matrix(slide: Slide, chart: Chart) -> None:
    """A heat map as a table: each cell its figure on its class, the legend in a line below."""
    columns = chart.data["x"].unique(maintain_order=True).to_list()
    names = chart.data["y"].unique(maintain_order=True).to_list()
    content = {(y, x): (t, m) for y, x, t, m in chart.data.select("y", "x", "text", "mark").rows()}
    rows = [["", *columns]]
    rows += [[name, *[content.get((name, x), ("", ""))[0] for x in columns]] for name in names]
    first = min(Inches(2.6), Emu(BODY_WIDTH // 4))
    widths = [first, *[int((BODY_WIDTH - first) / len(columns))] * len(columns)]
    size = 10 if len(rows) <= 18 and len(columns) <= 12 else 8
    drawn = _draw(slide, rows, widths, [True] + [False] * len(columns), size)
    for i, name in enumerate(names, start=1):
        for j, x in enumerate(columns, start=1):
            _text, mark = content.get((name, x), ("", "none"))
            cell = drawn[i][j]
            cell.fill.fore_color.rgb = colour(palette.CLASSES[mark])
            for run in cell.text_frame.paragraphs[0].runs:
                run.font.color.rgb = colour(palette.on_class(mark))
                run.font.size = Pt(size)
