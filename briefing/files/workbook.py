"""A deck as an Excel workbook: a list of contents, then a sheet an exhibit."""

import io
import re

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from briefing.files import tables
from briefing.meeting.deck import Deck
from exhibits import palette
from exhibits.draw.arrange import arranged
from exhibits.exhibit import Chart, Exhibit
from exhibits.wording.mark import Mark

#: Excel's own limit of a sheet's name.
NAME = 31

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def xlsx(deck: Deck, mark: Mark) -> bytes:
    """Numbers as numbers, frozen headers, native charts of bars and lines; each sheet marked."""
    buffer = io.BytesIO()
    names = _names(deck.exhibits)
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        _contents(book, deck, names, mark)
        for exhibit, name in zip(deck.exhibits, names, strict=True):
            sheet = book.add_worksheet(name)
            tables.sheet(book, sheet, exhibit.table, tables.head(exhibit), mark)
            _chart(book, sheet, exhibit, name)
    return buffer.getvalue()


def _names(exhibits: tuple[Exhibit, ...]) -> list[str]:
    """Unique names of sheets within Excel's limits: 03 未转办预警_分县区."""
    titles = [FORBIDDEN.sub("", exhibit.title) for exhibit in exhibits]
    return [f"{i:02} {title}"[:NAME] for i, title in enumerate(titles, start=1)]


def _contents(book: xlsxwriter.Workbook, deck: Deck, names: list[str], mark: Mark) -> None:
    """Scope, day, notes and what each sheet holds."""
    sheet = book.add_worksheet("说明")
    title = book.add_format({"bold": True, "font_size": 16, "font_color": palette.PRIMARY})
    head = book.add_format({"bold": True, "bottom": 2, "bottom_color": palette.PRIMARY})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    notes = (
        deck.title,
        deck.subtitle,
        deck.identity,
        mark.line,
        "数值为未取整的原值，显示按格式取位。",
        *(f"未列入：{line}" for line in deck.left_out),
    )
    for row, text in enumerate(notes):
        sheet.write_string(row, 0, text, title if row == 0 else None)
    sheet.set_footer(tables.footer(mark))
    start = len(notes) + 1
    for column, (name, width) in enumerate(
        {"工作表": 34, "问题": 36, "结论": 60, "口径": 70, "来源与范围": 50}.items()
    ):
        sheet.write_string(start, column, name, head)
        sheet.set_column(column, column, width)
    for row, (exhibit, name) in enumerate(zip(deck.exhibits, names, strict=True), start=start + 1):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        texts = (exhibit.title, exhibit.finding, exhibit.definition, exhibit.source_line)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(row, column, text, wrap)
    sheet.freeze_panes(start + 1, 1)


def _chart(book: xlsxwriter.Workbook, sheet: Worksheet, exhibit: Exhibit, name: str) -> None:
    """A native chart beside the table, drawn from data of its own to the right of it."""
    chart = arranged(exhibit)
    if not chart or chart.kind not in ("bars", "lines", "control"):
        return
    data = _wide(chart)
    first = exhibit.table.width + 14
    muted = book.add_format({"font_color": palette.MUTED})
    _data(sheet, data, first, muted)
    orientation = "bar" if chart.horizontal else "column"
    kind = {"type": orientation if chart.kind == "bars" else "line"}
    if chart.stacked:
        kind["subtype"] = "stacked"
    native = book.add_chart(kind)
    last = tables.HEADER + data.height
    for i, column in enumerate(data.columns[1:]):
        position = first + 1 + i
        shade = palette.SERIES[i % len(palette.SERIES)]
        native.add_series(
            {
                "name": column,
                "categories": [name, tables.HEADER + 1, first, last, first],
                "values": [name, tables.HEADER + 1, position, last, position],
                "fill": {"color": shade},
                "line": {"color": shade, "width": 1.5},
                "gap": 45,
            }
        )
    native.set_title({"name": f"{exhibit.title}（{exhibit.when}）", "name_font": {"size": 12}})
    native.set_legend({"position": "bottom"} if data.width > 2 else {"none": True})
    if chart.horizontal:
        native.set_y_axis({"reverse": True})
    native.set_size({"width": 860, "height": 420})
    sheet.insert_chart(tables.HEADER, exhibit.table.width + 1, native)


def _wide(chart: Chart) -> pl.DataFrame:
    """Categories and one column a series, in the order of the chart."""
    data = chart.data
    if chart.kind == "control":
        guides = {"mean": "平均", "lower": "控制下限", "upper": "控制上限"}
        return data.select(pl.col("x"), pl.col("y").alias(chart.unit or "数值"), *guides).rename(
            guides
        )
    x, y = ("label", "value") if chart.kind == "bars" else ("x", "y")
    if "series" not in data.columns:
        return data.select(x, pl.col(y).alias(chart.unit or "数值"))
    names = data["series"].unique(maintain_order=True).to_list()
    return data.pivot("series", index=x, values=y, aggregate_function="first").select(x, *names)


def _data(sheet: Worksheet, wide: pl.DataFrame, first: int, muted: Format) -> None:
    for i, column in enumerate(wide.columns):
        sheet.write_string(tables.HEADER, first + i, column if i else "图表数据", muted)
        for row, value in enumerate(wide[column].to_list(), start=tables.HEADER + 1):
            if isinstance(value, str):
                sheet.write_string(row, first + i, value, muted)
            elif value is not None:
                sheet.write_number(row, first + i, value, muted)
