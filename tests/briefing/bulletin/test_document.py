"""What a bulletin is made of."""

from datetime import date

import polars as pl
import pytest

from briefing.bulletin.document import Paragraph, annex, in_chinese, numbered


@pytest.mark.parametrize(
    ("number", "chinese"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")],
)
def test_numbers_of_headings(number, chinese):
    assert in_chinese(number) == chinese


def test_paragraphs_are_numbered_before_their_headings():
    listed = list(numbered([Paragraph("甲。"), Paragraph("乙。", "丙。", "注")]))
    assert listed == [Paragraph("甲。", "（一）"), Paragraph("乙。", "（二）丙。", "注")]


def test_an_annex_is_texts_with_days_that_no_line_breaks():
    table = pl.DataFrame({"事项": ["甲", None], "时限": [date(2026, 10, 3), None], "件": [1200, 3]})
    made = annex("清单", table)
    assert made.head == ("事项", "时限", "件")
    assert made.rows == (("甲", "2026.10.03", "1,200"), ("—", "—", "3"))
    assert made.textual == (True, True, False)
