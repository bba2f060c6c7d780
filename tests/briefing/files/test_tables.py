"""An exhibit's table as CSV and as a workbook."""

import io
from datetime import date, datetime

import openpyxl
import polars as pl

from briefing.files.tables import FOOTER, HEADER, book, footer, text
from exhibits.suppressed import paired
from marks import MARK

TABLE = paired(
    pl.DataFrame(
        {
            "县区": ["武都区", "=1+1", "礼县"],
            "件": [7, None, None],
            "率%": [66.6667, None, 50.0],
            "日": [date(2026, 10, 31), None, None],
            "suppressed": [False, True, False],
        }
    )
)


def test_a_csv_has_the_mark_first_values_as_they_are_and_no_formula():
    lines = text(TABLE, MARK).decode().splitlines()
    assert lines[0] == f"\ufeff# {MARK.line}"
    assert lines[1:] == [
        "县区,件,率%,日",
        "武都区,7,66.6667,2026-10-31",
        "'=1+1,*,*,",
        "礼县,,50.0,",
    ]


def test_a_workbook_has_numbers_as_numbers_and_a_star_for_what_is_hidden():
    made = openpyxl.load_workbook(io.BytesIO(book(TABLE, ("标题", "结论"), MARK)))
    sheet = made["数据"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["标题", "结论", MARK.line]
    rows = sheet.iter_rows(min_row=HEADER + 1, values_only=True)
    assert list(rows) == [
        ("县区", "件", "率%", "日"),
        ("武都区", 7, 66.6667, datetime(2026, 10, 31)),
        ("=1+1", "*", "*", None),
        ("礼县", None, 50, None),
    ]
    assert sheet.freeze_panes == f"B{HEADER + 2}"
    assert sheet.cell(HEADER + 2, 3).number_format == "#,##0.00"
    assert sheet.cell(HEADER + 3, 1).data_type == "s"


def test_the_footer_doubles_ampersands_and_stays_below_excels_limit():
    class Long:
        line = "&" * 300

    assert footer(Long) == "&C" + "&" * 2 * FOOTER
    assert len(footer(Long)) < 255
