"""The bulletin as Word, read back by the library that others read it with."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from briefing.bulletin import content, word
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D
from marks import MARK


@pytest.fixture(scope="module")
def bulletin(meeting):
    return content.bulletin(meeting, Selection(D, CUTOFF))


@pytest.fixture(scope="module")
def document(bulletin):
    return Document(io.BytesIO(word.docx(bulletin, MARK)))


def test_it_begins_with_its_head_and_ends_with_its_imprint(document):
    lines = [p.text for p in document.paragraphs]
    assert lines[:7] == [
        "陇南市社会救助部门联席会议简报",
        "第　　期",
        "文号：　　　　〔　　　　〕　　号",
        "陇南市社会救助部门联席会议办公室\t2026年11月24日",
        "（截至2026年10月31日）",
        "主送：各成员单位，各县（区）人民政府",
        "一、总体情况",
    ]
    assert lines[-3:] == [
        "抄送：市委社会工作部。",
        "陇南市社会救助部门联席会议办公室\t2026年11月24日印发",
        "\t共印　　份",
    ]


def test_every_paragraph_and_every_cell_of_the_description_stands_in_it(bulletin, document):
    lines = [p.text for p in document.paragraphs]
    for section in bulletin.sections:
        assert all(p.heading + p.text in lines for p in section.paragraphs)
    tables = [[[c.text for c in row.cells] for row in t.rows] for t in document.tables]
    assert tables == [[list(row) for row in (a.head, *a.rows)] for a in bulletin.annexes]


def test_header_rows_repeat_and_no_row_is_cut(document):
    for table in document.tables:
        properties = [row._tr.trPr for row in table.rows]
        assert all(p.find(qn("w:cantSplit")) is not None for p in properties)
        repeated = [p.find(qn("w:tblHeader")) is not None for p in properties]
        assert repeated == [True] + [False] * (len(repeated) - 1)


def test_notes_are_footnotes_and_not_in_the_sentences(bulletin, document):
    notes = [p.note for s in bulletin.sections for p in s.paragraphs if p.note]
    part = next(p for p in document.part.package.iter_parts() if "footnotes" in p.partname)
    text = part.blob.decode()
    assert all(note in text for note in notes)
    references = list(document.element.iter(qn("w:footnoteReference")))
    assert [int(r.get(qn("w:id"))) for r in references] == list(range(1, len(notes) + 1))
    assert not any("合计已去重" in p.text for p in document.paragraphs)


def test_every_page_has_the_mark_of_internal_papers_and_the_unit(bulletin, document):
    section = document.sections[0]
    head = section.header.paragraphs[0].text
    assert head == f"内部资料 注意保存　{bulletin.identity}"
    assert "市民政局 zhang" in section.footer.paragraphs[1].text


def test_what_is_left_out_is_named_and_a_department_without_copies_has_no_line(bulletin):
    changed = replace(bulletin, copies="", left_out=("甲：原因",))
    lines = [p.text for p in Document(io.BytesIO(word.docx(changed, MARK))).paragraphs]
    assert "未列入：甲：原因" in lines
    assert not any(line.startswith("抄送") for line in lines)


def test_a_bulletin_without_notes_has_no_footnotes(bulletin):
    plain = replace(bulletin, sections=(), annexes=())
    with zipfile.ZipFile(io.BytesIO(word.docx(plain, MARK))) as parts:
        assert "word/footnotes.xml" not in parts.namelist()
