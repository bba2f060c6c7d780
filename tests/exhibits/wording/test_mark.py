"""The mark stands in every kind of file, and on the screen."""

import io
import re
import zipfile

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from briefing import __main__ as command
from briefing import export, pack
from briefing.files import images
from briefing.meeting.selection import Selection
from exhibits.warnings import unrouted
from exhibits.wording.mark import Mark, marked
from marks import LINE, MARK
from pages.shared.markup import watermark
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D


@pytest.fixture(scope="module")
def snapshot(stored):
    return open_snapshot(stored("demonstration"), D)


@pytest.fixture(scope="module")
def exhibit(snapshot):
    return unrouted.by_group(snapshot, Scope(D), "county")


def pages(data: bytes) -> list[str]:
    """Texts of a PDF's pages without spaces, which typesetting sets as it likes."""
    return [
        page.extract_text().replace(" ", "").replace("\n", "")
        for page in PdfReader(io.BytesIO(data)).pages
    ]


def slides(data: bytes) -> list[str]:
    return [
        "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        for slide in Presentation(io.BytesIO(data)).slides
    ]


def test_the_line_says_internal_unit_account_and_minute_in_china():
    assert MARK.line == LINE
    assert Mark("a\nb", "", MARK.at).who == "a b"
    assert "密" not in LINE
    assert marked("a", "b").at.utcoffset().total_seconds() == 8 * 3600


def test_csv_begins_with_it_as_a_comment(exhibit):
    data = export.exhibit_file(exhibit, "csv", MARK)
    assert data.decode("utf-8-sig").splitlines()[0] == f"# {LINE}"
    read = pl.read_csv(data.removeprefix(b"\xef\xbb\xbf"), comment_prefix="# ")
    assert read.columns == exhibit.table.columns
    assert read.height == exhibit.table.height


def test_a_workbook_has_it_above_the_table_and_at_the_foot_of_a_page(exhibit):
    sheet = openpyxl.load_workbook(io.BytesIO(export.exhibit_file(exhibit, "xlsx", MARK))).active
    assert sheet["A5"].value == LINE
    assert sheet.oddFooter.center.text == LINE


def test_an_ampersand_in_a_unit_is_no_command_to_excel(exhibit):
    mark = Mark("a&b", "x" * 300, MARK.at)
    sheet = openpyxl.load_workbook(io.BytesIO(export.exhibit_file(exhibit, "xlsx", mark))).active
    assert len(sheet.oddFooter.center.text) <= 255


def test_a_word_file_has_it_at_the_foot(exhibit):
    document = Document(io.BytesIO(export.exhibit_file(exhibit, "docx", MARK)))
    assert document.sections[0].footer.paragraphs[0].text == LINE


def test_a_slide_has_it(exhibit):
    (text,) = slides(export.exhibit_file(exhibit, "pptx", MARK))
    assert LINE in text


def test_a_picture_has_it_below_the_source_and_across_the_chart(exhibit):
    layout = images.picture(exhibit, MARK).layout
    assert layout.title.subtitle.text.split("<br>")[-1] == LINE
    across = [each for each in layout.annotations if "市民政局 zhang" in each.text]
    assert len(across) == 6
    assert {each.opacity for each in across} == {0.1}
    low = [each["y"] for each in images._across(MARK, 200)]
    assert low == [0.5, 0.5, 0.5]


@pytest.mark.slow
def test_svg_holds_it_as_text(exhibit, chromium):
    assert LINE in export.exhibit_file(exhibit, "svg", MARK).decode()
    assert export.exhibit_file(exhibit, "png", MARK).startswith(b"\x89PNG")


def test_a_kind_that_cannot_be_made_here_says_why(exhibit, monkeypatch):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    assert export.kinds(exhibit) == {
        "xlsx": "",
        "csv": "",
        "docx": "",
        "pptx": "",
        "png": "服务器未安装Chromium，不能生成图片",
        "svg": "服务器未安装Chromium，不能生成图片",
    }


@pytest.mark.slow
def test_every_file_of_the_pack_has_it_on_every_page(snapshot, monkeypatch):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    made = {
        kind: make(MARK) for kind, (_, make) in pack.pack(snapshot, Selection(D)).makers.items()
    }
    assert all(LINE in text for text in slides(made["pptx"]))
    # A briefing has it in the form of an official document's head and foot.
    told = ("内部资料注意保存", "市民政局zhang2026年11月24日09:30导出")
    assert all(each in re.sub(r"\s", "", text) for text in pages(made["pdf"]) for each in told)
    section = Document(io.BytesIO(made["docx"])).sections[0]
    both = "".join(p.text for part in (section.header, section.footer) for p in part.paragraphs)
    assert all(each in re.sub(r"\s", "", both) for each in told)
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    assert book["说明"]["A4"].value == LINE
    assert all(sheet.oddFooter.center.text == LINE for sheet in book)
    assert all(sheet["A5"].value == LINE for sheet in book.worksheets[1:])


@pytest.mark.slow
def test_a_file_of_the_command_line_names_no_account(stored, tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    monkeypatch.setattr("data.audit.by_hand.account", lambda: "li")
    out, store = tmp_path / "out", stored("demonstration")
    options = ["--snapshot", str(store), "--as-of", str(D), "--out", str(out), "--quiet"]
    assert command.main(options) == 0
    book = openpyxl.load_workbook(next(out.glob("*.xlsx")))
    assert re.fullmatch(
        r"内部资料 注意保存；\d{4}年\d+月\d+日 \d\d:\d\d 导出", book["说明"]["A4"].value
    )


def test_the_overlay_is_a_picture_that_holds_hostile_names_as_text():
    mark = Mark('<script>"&', "县\x00区", MARK.at)
    assert "&lt;script&gt;&quot;&amp;" in watermark.tile(mark)
    assert "\x00" not in watermark.tile(mark)
    assert "script" not in watermark.overlay(mark)
    assert 'aria-hidden="true"' in watermark.overlay(MARK)


def test_no_file_carries_a_grade_of_secrecy(exhibit):
    data = export.exhibit_file(exhibit, "xlsx", MARK)
    whole = b"".join(zipfile.ZipFile(io.BytesIO(data)).read(n) for n in ("xl/sharedStrings.xml",))
    assert not any(word in whole.decode() for word in ("秘密", "机密", "绝密"))
