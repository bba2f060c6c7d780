"""Tables of slides: wide ones and long ones go on, very long ones say how many rows more."""

import polars as pl
import pytest
from pptx import Presentation

from briefing.slides import tables as drawing
from briefing.slides.page import BODY, HEIGHT, WIDTH, blank
from exhibits import palette
from slides import faults, tables, texts


def drawn(grid: drawing.Grid, alone: bool = False):
    """The presentation of a grid; each slide's first text is whether it continues."""
    book = Presentation()
    book.slide_width, book.slide_height = WIDTH, HEIGHT

    def new_page(continued: bool):
        slide = blank(book)
        pages.append(continued)
        return slide, BODY

    pages: list[bool] = []
    drawing.draw(grid, new_page, alone)
    assert faults(book) == []
    assert pages == [False] + [True] * (len(pages) - 1)
    return book


def rows(n: int, columns: int = 2) -> drawing.Grid:
    table = pl.DataFrame({f"第{j}列": [f"{i}行{j}列" for i in range(n)] for j in range(columns)})
    return drawing.of_table(table)


@pytest.mark.parametrize(
    ("n", "alone", "shown", "slides"),
    [(10, False, 10, 1), (30, False, 30, 2), (80, False, 10, 1), (80, True, 10, 1)],
)
def test_a_table_is_whole_on_two_slides_or_its_first_ten_rows_are_shown(n, alone, shown, slides):
    book = drawn(rows(n), alone)
    assert len(book.slides) == slides
    listed = [row[0] for slide in book.slides for table in tables(slide) for row in table[1:]]
    assert listed == [f"{i}行0列" for i in range(shown)]
    said = "".join(texts(book.slides[len(book.slides) - 1]))
    assert said == ("" if shown == n else f"共{n}行，此处列前10行，其余{n - 10}行见数据工作簿。")


def test_columns_that_do_not_fit_stand_on_the_next_slide_beside_the_first_one():
    book = drawn(rows(3, 20))
    heads = [tables(slide)[0][0] for slide in book.slides]
    assert len(heads) > 1
    assert {head[0] for head in heads} == {"第0列"}
    others = [name for head in heads for name in head[1:]]
    assert others == [f"第{j}列" for j in range(1, 20)]


def test_figures_stand_at_the_right_also_where_some_are_words():
    table = pl.DataFrame(
        {"编号": ["1-1", "2"], "中位数": ["12", "未达到"], "数值": ["3人", "4"], "件": [1, 2]}
    )
    assert drawing.of_table(table).left == [True, False, True, False]


def test_the_row_of_who_is_worse_is_the_one_highlight():
    table = pl.DataFrame({"部门": ["甲", "乙"], "水平": ["▼ 劣于", "▲ 优于"]})
    fills = drawing.of_table(table).fills
    assert set(fills) == {(1, 0), (1, 1)}
    assert {ground for ground, _ in fills.values()} == {palette.CONCERN_PALE}
