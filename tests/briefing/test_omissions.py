"""What may not leave or cannot be made is left out with a line that says why; all else comes."""

import io
import re
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pypdf import PdfReader

from briefing import pack, release
from briefing.__main__ import main
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection
from every_day import every_day
from exhibits.exhibit import Recipe
from exhibits.wording.faults import in_words
from marks import MARK
from pages.shared.widgets import faults
from queries.access import WHOLE, AccessError, access
from queries.store.snapshot import open_snapshot
from stores import D

GOOD = Recipe("response.medians.medians")
NOWHERE = Recipe("coverage.matrix.matrix", region="999999")


@pytest.fixture(scope="module")
def seen(stored):
    return lambda role: open_snapshot(stored("demonstration"), D, access=role)


def broken(*_given, **_named):
    raise ZeroDivisionError("a fault of ours")


def test_a_refusal_says_itself_and_a_fault_has_the_number_that_the_log_has(caplog):
    assert in_words(AccessError("本角色不提供逐件清单")) == "本角色不提供逐件清单"
    assert caplog.records == []
    text = in_words(ZeroDivisionError("a fault of ours"))
    number = re.search(r"编号([0-9A-F]{6})", text)[1]
    assert f"fault {number}: a fault of ours" in caplog.text
    assert "a fault of ours" not in text


def test_what_cannot_be_made_is_named_and_the_rest_is_there(seen, monkeypatch):
    monkeypatch.setattr("exhibits.meeting.decisions.decided", broken)
    made = deck(seen(WHOLE), Selection(D, pinned=(GOOD, NOWHERE)))
    assert [line.split("：")[0] for line in made.left_out] == ["议定事项", "会议材料第2项"]
    assert all("编号" in line for line in made.left_out)
    shown = {e.key for e in made.exhibits}
    assert {"unrouted-county", "county-table", "response-medians-department"} <= shown


def test_every_file_names_what_is_left_out(seen, monkeypatch):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    made = pack.pack(seen(WHOLE), Selection(D, pinned=(NOWHERE,)))
    (line,) = made.left_out
    files = {kind: make(MARK) for kind, (_, make) in made.makers.items()}
    slides = Presentation(io.BytesIO(files["pptx"])).slides
    last = "\n".join(s.text_frame.text for s in slides[len(slides) - 1].shapes if s.has_text_frame)
    assert "未列入的内容" in last
    assert line in last
    assert line in "\n".join(p.text for p in Document(io.BytesIO(files["docx"])).paragraphs)
    pages = "".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages)
    assert line in re.sub(r"\s", "", pages)
    first = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["说明"]
    assert f"未列入：{line}" in [cell.value for cell in first["A"]]


@pytest.mark.parametrize("edition", [release.EXACT, release.OPEN])
@pytest.mark.parametrize(
    ("role", "region"),
    every_day(
        [
            (WHOLE, ""),
            (WHOLE, "621226"),
            (access("leader"), ""),
            (access("county", "621226"), "621226"),
            (access("county_government", "621226"), "621226"),
            (access("department", department="housing"), ""),
            (access("analyst"), ""),
            (access("partner"), ""),
        ],
        [(access("department", department="housing"), "")],
    ),
)
def test_the_pack_of_every_role_comes(seen, monkeypatch, role, region, edition):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    chosen = Selection(D, region=region, department=role.department)
    made = pack.pack(seen(role), chosen, edition)
    assert not [line for line in made.left_out if "编号" in line]
    assert all(len(make(MARK)) > 1000 for _, make in made.makers.values())


def test_the_command_line_writes_the_rest_and_says_what_is_missing(
    stored, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    asked = ["--snapshot", str(stored("demonstration")), "--as-of", str(D), "--out", str(tmp_path)]
    monkeypatch.setattr("briefing.bulletin.pdf.pdf", broken)
    assert main([*asked, "--quiet"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert re.search(r"\.pdf：未能生成，已记入日志（编号[0-9A-F]{6}）", said.err)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".pptx", ".xlsx"]


@pytest.mark.parametrize(
    "role",
    [
        ["--role", "township", "--own-township", "621226101"],
        ["--role", "auditor"],
        ["--role", "county"],
    ],
)
def test_who_may_make_no_files_gets_one_line_and_exit_2(stored, tmp_path, capsys, role):
    asked = ["--snapshot", str(stored("demonstration")), "--as-of", str(D), "--out", str(tmp_path)]
    assert main([*asked, *role]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_no_exception_reaches_a_page_in_english(monkeypatch):
    shown = []
    monkeypatch.setattr(faults.st, "error", lambda text, icon: shown.append(text))
    monkeypatch.setattr(faults.st, "info", shown.append)
    assert faults.show(ZeroDivisionError("a fault of ours")) is True
    assert faults.show(AccessError("本角色不提供逐件清单")) is True
    fault, refusal = shown
    assert re.fullmatch(r"本页有内容未能生成，已记入日志（编号[0-9A-F]{6}）.*重试。", fault)
    assert refusal == "本角色不提供逐件清单。"


def test_an_edition_is_said_in_the_source_line(seen):
    made = deck(replace(seen(WHOLE), access=WHOLE.in_open_edition()), Selection(D))
    assert all("公开口径" in each.source_line for each in made.exhibits)
    assert "公开口径" in made.identity
    files = pack.pack(seen(WHOLE), Selection(D), release.OPEN).makers
    assert all("_公开口径." in name for name, _ in files.values())
