"""An exhibit's table as a file: CSV for Excel, and a workbook with what is counted."""

import io

import polars as pl
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from exhibits import palette
from exhibits.exhibit import Exhibit

#: Row of the workbook in which the header of the table stands.
HEADER = 5

#: Width of a column in characters: at least, at most.
NARROW, WIDE = 10, 42


def csv(exhibit: Exhibit) -> bytes:
    """UTF-8 with the byte order mark, without which Excel does not read Chinese."""
    table = exhibit.table.with_columns(
        # A cell that begins like a formula is text, also to a spreadsheet.
        pl.when(pl.col(pl.String).str.contains(r"^[=+@\t\r]"))
        .then(pl.lit("'") + pl.col(pl.String))
        .otherwise(pl.col(pl.String))
        .name.keep()
    )
    return table.write_csv(include_bom=True).encode("utf-8")


def xlsx(exhibit: Exhibit) -> bytes:
    """One sheet: question, finding, source, definition, then the table with numbers as numbers."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        sheet(book, book.add_worksheet("数据"), exhibit)
    return written.getvalue()


def sheet(book: xlsxwriter.Workbook, page: Worksheet, exhibit: Exhibit) -> None:
    """What an exhibit's sheet holds."""
    title = book.add_format({"bold": True, "font_size": 14, "font_color": palette.PRIMARY})
    muted = book.add_format({"font_color": palette.MUTED})
    lines = (exhibit.question, exhibit.finding, exhibit.source_line, exhibit.definition)
    for row, text in enumerate(lines):
        page.write_string(row, 0, text, muted if row else title)
    _table(book, page, exhibit.table)


def _table(book: xlsxwriter.Workbook, sheet: Worksheet, table: pl.DataFrame) -> None:
    head = book.add_format(
        {"bold": True, "bottom": 2, "bottom_color": palette.PRIMARY, "text_wrap": True}
    )
    whole, parts = (book.add_format({"num_format": form}) for form in ("#,##0", "#,##0.00"))
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (name, kind) in enumerate(table.schema.items()):
        sheet.write_string(HEADER, column, name, head)
        form = whole if kind.is_integer() else parts if kind.is_float() else None
        form = dates if kind == pl.Date else form
        for row, value in enumerate(table[name].to_list(), start=HEADER + 1):
            if value is None:
                sheet.write_blank(row, column, None, form)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            else:
                sheet.write(row, column, value, form)
        widest = max([len(name), *(len(str(v)) for v in table[name].head(200).to_list())])
        sheet.set_column(column, column, min(WIDE, max(NARROW, widest * 1.8)))
    sheet.freeze_panes(HEADER + 1, 1)
    if table.height:
        sheet.autofilter(HEADER, 0, HEADER + table.height, table.width - 1)
