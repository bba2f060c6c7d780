"""An exhibit as a Word document."""

import io
from dataclasses import replace
from datetime import date

import polars as pl
from docx import Document

from briefing.files.documents import docx
from exhibits.exhibit import Exhibit
from marks import MARK

EXHIBIT = Exhibit(
    key="k",
    page="部门响应",
    title="按时办理",
    finding="九成以上按时",
    table=pl.DataFrame({"部门": ["住建", "教育"], "件": [1234, None]}),
    chart=None,
    definition="以推送为准",
    as_of=date(2026, 10, 31),
    place="全市",
)


def opened(exhibit):
    return Document(io.BytesIO(docx(exhibit, MARK)))


def test_title_finding_definition_source_the_table_and_the_mark_below():
    made = opened(EXHIBIT)
    assert [p.text for p in made.paragraphs][:4] == [
        "按时办理",
        "九成以上按时",
        "口径：以推送为准",
        EXHIBIT.source_line,
    ]
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows == [["部门", "件"], ["住建", "1,234"], ["教育", "—"]]
    assert made.sections[0].footer.paragraphs[0].text == MARK.line
    assert "w:tblHeader" in made.tables[0].rows[0]._tr.xml


def test_a_wide_table_lies_on_its_side():
    def is_wide(columns):
        table = pl.DataFrame({f"列{i}": ["值"] for i in range(columns)})
        section = opened(replace(EXHIBIT, table=table)).sections[0]
        return section.page_width > section.page_height

    assert (is_wide(6), is_wide(7)) == (False, True)
