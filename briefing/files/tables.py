"""An exhibit's table as a file: CSV for Excel, and a workbook with what is counted."""

import io

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from briefing.files import cells
from data.spreadsheets import as_text
from exhibits import palette
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark

#: Row of the workbook in which the header of the table stands.
HEADER = 5

#: Characters of a footer: Excel takes 255, with each ampersand twice.
FOOTER = 120

#: Width of a column in characters: at least, at most.
NARROW, WIDE = 10, 42


def csv(exhibit: Exhibit, mark: Mark) -> bytes:
    """The exhibit's table as CSV."""
    return text(exhibit.table, mark)


def text(table: pl.DataFrame, mark: Mark) -> bytes:
    """
    UTF-8 with the byte order mark, without which Excel does not read Chinese.

    The mark is the first line, after `# `: a comment to pandas, polars, R and DuckDB with that
    option. A program without the option fails at once; a last row would pass for data.
    """
    columns = [_texts(column) for column in table]
    safe = as_text(pl.DataFrame(columns))
    return f"\ufeff# {mark.line}\n{safe.write_csv()}".encode()


def _texts(column: pl.Series) -> pl.Series:
    """A column of CSV: texts where `*` stands among the figures, otherwise as it is."""
    if not isinstance(column.dtype, pl.Struct):
        return column
    texts = [None if value is None else str(value) for value in cells.values(column)]
    return pl.Series(column.name, texts, dtype=pl.String)


def xlsx(exhibit: Exhibit, mark: Mark) -> bytes:
    """One sheet: title, finding, source, definition, then the table with numbers as numbers."""
    return book(exhibit.table, head(exhibit), mark)


def head(exhibit: Exhibit) -> tuple[str, ...]:
    """The lines above an exhibit's table."""
    return exhibit.title, exhibit.finding, exhibit.source_line, exhibit.definition


def book(table: pl.DataFrame, head: tuple[str, ...], mark: Mark) -> bytes:
    """A workbook of one sheet: the head's lines, the mark, the table."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet(workbook, workbook.add_worksheet("数据"), table, head, mark)
    return buffer.getvalue()


def sheet(
    book: xlsxwriter.Workbook,
    page: Worksheet,
    table: pl.DataFrame,
    head: tuple[str, ...],
    mark: Mark,
) -> None:
    """Writes head, mark and table to a sheet; the mark is also the footer of printed pages."""
    title = book.add_format({"bold": True, "font_size": 14, "font_color": palette.PRIMARY})
    muted = book.add_format({"font_color": palette.MUTED})
    for row, text in enumerate((*head, mark.line)):
        page.write_string(row, 0, text, muted if row else title)
    page.set_footer(footer(mark))
    _table(book, page, table)


def footer(mark: Mark) -> str:
    """The mark in Excel's footer, where an ampersand is doubled and the length has a limit."""
    return "&C" + mark.line[:FOOTER].replace("&", "&&")


def _table(book: xlsxwriter.Workbook, sheet: Worksheet, table: pl.DataFrame) -> None:
    head = book.add_format(
        {"bold": True, "bottom": 2, "bottom_color": palette.PRIMARY, "text_wrap": True}
    )
    integer, decimal = (book.add_format({"num_format": form}) for form in ("#,##0", "#,##0.00"))
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (name, kind) in enumerate(table.schema.items()):
        sheet.write_string(HEADER, column, name, head)
        values = cells.values(table[name])
        numeric = kind.is_float() or isinstance(kind, pl.Struct)
        form = integer if cells.is_whole(table[name]) else decimal if numeric else None
        form = dates if kind == pl.Date else form
        for row, value in enumerate(values, start=HEADER + 1):
            if value is None:
                sheet.write_blank(row, column, None, form)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value, form)
        widest = max([len(name), *(len(str(value)) for value in values[:200])])
        sheet.set_column(column, column, min(WIDE, max(NARROW, widest * 1.8)))
    sheet.freeze_panes(HEADER + 1, 1)
    if table.height:
        sheet.autofilter(HEADER, 0, HEADER + table.height, table.width - 1)
