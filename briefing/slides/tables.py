"""Tables of slides: none is cut. What does not fit continues, a long one says how many more."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl
from pptx.enum.text import PP_ALIGN
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from briefing.files import cells
from briefing.slides import markup
from briefing.slides.page import SMALLEST, Box, em, lines, text
from exhibits import palette
from exhibits.exhibit import Chart
from exhibits.named_cells import any_named

#: Rows of a table that would take more than two pages, or that has one page alone and is longer
#: than the list of tasks.
FIRST, LISTED = 10, 20

MORE = "共{all}行，此处列前{shown}行，其余{more}行见数据工作簿。"

#: Height of the note below a table, of a line; margins of a cell beside.
NOTE, LINE, BESIDE = Inches(0.3), SMALLEST * 1.15, Inches(0.06)

#: Margins of a cell above and below: where there is room, and where all rows fit with less.
ABOVE = (Inches(0.04), Inches(0.015), Inches(0.0))

#: Letters of a cell before it takes a second line, more of them where columns would not fit;
#: lines of a head.
CELLS, HEAD_LINES = (20.0, 14.0, 10.0, 7.0, 5.5), 5

#: Letters at which a column is wide enough.
WIDE = 30.0

NUMBER = re.compile(r"[\d,]+(\.\d+)?%?")

#: A slide for a page of a table, 续 from the second on, and the box of its body.
NewPage = Callable[[bool], tuple[Slide, Box]]

#: Colours of ground and text by row and column.
Fills = Mapping[tuple[int, int], tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """Texts of a table, its head first; which columns are text; colours, and cells in bold type."""

    rows: list[list[str]]
    left: list[bool]
    fills: Fills = field(default_factory=dict)
    bold: frozenset[tuple[int, int]] = frozenset()

    def of_columns(self, chosen: list[int]) -> "Grid":
        """The grid of some of the columns."""
        place = {old: new for new, old in enumerate(chosen)}
        fills = {(i, place[j]): look for (i, j), look in self.fills.items() if j in place}
        rows = [[row[j] for j in chosen] for row in self.rows]
        bold = frozenset((i, place[j]) for i, j in self.bold if j in place)
        return Grid(rows, [self.left[j] for j in chosen], fills, bold)


def of_table(table: pl.DataFrame) -> Grid:
    """The grid of an exhibit's table."""
    rows = cells.texts(table)
    left = [
        kind == pl.String and not _figures([row[j] for row in rows])
        for j, kind in enumerate(table.dtypes)
    ]
    fills = {
        (i, j): (palette.CONCERN_PALE, _look(cell, head=False)[1])
        for i, row in enumerate(rows, start=1)
        if any(cell.startswith("▼ ") for cell in row)
        for j, cell in enumerate(row)
    }
    return Grid([table.columns, *rows], left, fills)


def _figures(column: list[str]) -> bool:
    """Whether texts are figures, some of them perhaps in words: 12, 未达到."""
    others = [cell for cell in column if not NUMBER.fullmatch(cell)]
    return len(others) < len(column) and not any(re.search(r"\d", cell) for cell in others)


def of_matrix(chart: Chart) -> Grid:
    """A heat map as a grid: each cell its figure on its class."""
    columns = chart.data["x"].unique(maintain_order=True).to_list()
    names = chart.data["y"].unique(maintain_order=True).to_list()
    content = {(y, x): (t, m) for y, x, t, m in chart.data.select("y", "x", "text", "mark").rows()}
    rows, fills = [["", *columns]], {}
    for i, name in enumerate(names, start=1):
        row = [content.get((name, x), ("", "none")) for x in columns]
        rows.append([name, *[shown for shown, _ in row]])
        for j, (_, mark) in enumerate(row, start=1):
            fills[i, j] = palette.CLASSES[mark], palette.on_class(mark)
    named = chart.data.filter("named") if any_named(chart.data) else chart.data.clear()
    bold = {(names.index(y) + 1, columns.index(x) + 1) for y, x in named.select("y", "x").rows()}
    return Grid(rows, [True] + [False] * len(columns), fills, frozenset(bold))


def draw(grid: Grid, new_page: NewPage, alone: bool = False) -> None:
    """The grid on as many slides as it takes; `alone`: its first rows on one, with a note."""
    slide, box = new_page(False)
    drawn = False
    for group in _groups(grid, box[2]):
        part = grid.of_columns(group)
        widths = _widths(part, box[2])
        plan = _plan(part, widths, box[3], alone)
        for start, end in plan.spans:
            if drawn:
                slide, box = new_page(True)
            shown = [0, *range(start, end)]
            bottom = _table(
                slide, box, part, widths, {i: plan.heights[i] for i in shown}, plan.above
            )
            drawn = True
        if more := plan.left_out:
            count = len(grid.rows) - 1
            note = MORE.format(all=count, shown=count - more, more=more)
            text(slide, (box[0], bottom, box[2], NOTE), note, SMALLEST, palette.MUTED)


@dataclass(frozen=True)
class Plan:
    """First and last row of each slide, how high each is, and how many rows are left out."""

    spans: list[tuple[int, int]]
    left_out: int
    heights: list[int]
    above: int  # margin of the cells


def _plan(grid: Grid, widths: list[int], room: int, alone: bool) -> Plan:
    """The plan with most air among those that leave out fewest rows on fewest slides."""
    plans = []
    for above in ABOVE:
        heights = _heights(grid, widths, above)
        plans.append(Plan(*_spans(heights, room, alone), heights, above))
    return min(plans, key=lambda plan: (plan.left_out, len(plan.spans)))


def _least(grid: Grid, cell: float) -> list[float]:
    """The letters that each column needs at least; one is lost where a line breaks."""
    least = []
    for head, *column in zip(*grid.rows, strict=True):
        longest = max(map(em, column), default=0.0)
        least.append(max(min(longest, cell), em(head) / HEAD_LINES, min(em(head), 3.0)) + 1.3)
    return least


def _across(letters: float) -> int:
    return int(letters * Pt(SMALLEST)) + 2 * BESIDE


def _fitting(grid: Grid, width: int) -> list[float]:
    """`_least` of the widest cells with which all columns stand side by side."""
    each = [_least(grid, cell) for cell in CELLS]
    return next((one for one in each if sum(map(_across, one)) <= width), each[0])


def _groups(grid: Grid, width: int) -> Iterator[list[int]]:
    """Columns that stand side by side, the first one in each group."""
    across = [_across(letters) for letters in _fitting(grid, width)]
    group = [0]
    for j in range(1, len(across)):
        if len(group) > 1 and sum(across[k] for k in group) + across[j] > width:
            yield group
            group = [0]
        group.append(j)
    yield group


def _widths(grid: Grid, width: int) -> list[int]:
    """Widths of the columns: what each needs, the rest by how much more each would take."""
    least = _fitting(grid, width)
    longest = [max(map(em, column)) + 1.3 for column in zip(*grid.rows, strict=True)]
    wanted = [max(low, min(most, WIDE)) for low, most in zip(least, longest, strict=True)]
    inner = (width - 2 * BESIDE * len(least)) / Pt(SMALLEST)
    spare, more = inner - sum(least), sum(wanted) - sum(least)
    share = min(1.0, spare / more) if more > 0 else 0.0
    given = [low + share * (want - low) for low, want in zip(least, wanted, strict=True)]
    stretch = inner / sum(given)
    return [_across(letters * stretch) for letters in given]


def _heights(grid: Grid, widths: list[int], above: int) -> list[int]:
    """The least height of each row, the head first."""
    return [
        max(lines(cell, w - 2 * BESIDE, SMALLEST) for cell, w in zip(row, widths, strict=True))
        * int(Pt(LINE))
        + 2 * (above if i else ABOVE[0])
        for i, row in enumerate(grid.rows)
    ]


def _spans(heights: list[int], room: int, alone: bool) -> tuple[list[tuple[int, int]], int]:
    """First and last row of each page, and how many rows are left out."""
    last = len(heights)
    spans = _split(heights, room, last)
    if len(spans) > (1 if alone and last > LISTED else 2):
        spans = _split(heights, room - NOTE, min(last, FIRST + 1))[:1]
    return spans, last - spans[-1][1]


def _split(heights: list[int], room: int, last: int) -> list[tuple[int, int]]:
    spans, start, used = [], 1, heights[0]
    for i in range(1, last):
        if used + heights[i] > room and i > start:
            spans.append((start, i))
            start, used = i, heights[0]
        used += heights[i]
    return [*spans, (start, last)]


def _table(
    slide: Slide, box: Box, grid: Grid, widths: list[int], least: dict[int, int], above: int
) -> int:
    """Draws some rows, each at least so high; the lower end of the table."""
    left, top, _, room = box
    shown, heights = list(least), list(least.values())
    # A short table has more air, never more than half as much again.
    air = min(1.5, (room - NOTE) / sum(heights)) if sum(heights) < room - NOTE else 1.0
    heights = [int(high * air) for high in heights]
    whole = sum(heights)
    frame = slide.shapes.add_table(
        1, len(widths), Emu(left), Emu(top), Emu(sum(widths)), Emu(whole)
    )
    for at, width in enumerate(widths):
        frame.table.columns[at].width = Emu(width)
    table = frame.table._tbl
    table.remove(table.tr_lst[0])
    rows = zip(heights, (_cells(grid, row, above) for row in shown), strict=True)
    table.extend(markup.rows(rows))
    return top + whole + Inches(0.04)


def _cells(grid: Grid, row: int, above: int) -> Iterator[str]:
    """The cells of a row, every other one banded."""
    for j, content in enumerate(grid.rows[row]):
        ground, shade = _look(content, head=row == 0)
        banded = palette.BAND if row and row % 2 == 0 else ground
        ground, shade = grid.fills.get((row, j)) or (banded, shade)
        align = PP_ALIGN.LEFT if grid.left[j] else PP_ALIGN.RIGHT
        # An empty cell would take the height of the default type.
        bold = row == 0 or (row, j) in grid.bold
        written = markup.paragraph(content or "　", SMALLEST, shade, bold, align, LINE)
        yield markup.cell(written, ground, above, BESIDE)


def _look(content: str, *, head: bool) -> tuple[str, str]:
    """Colours of ground and text of a cell."""
    if head:
        return palette.PRIMARY, palette.GROUND
    if content.startswith(("▼ ", "✘ ", "■ ")):
        return palette.GROUND, palette.CONCERN
    return palette.GROUND, palette.IMPROVEMENT if content.startswith(("▲ ", "✔ ")) else palette.INK
