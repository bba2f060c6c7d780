"""Texts of the registry and of addresses that try to be something else: none succeeds."""

import io
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation

import every_exhibit
import screen
from briefing import pack
from briefing.bulletin import content, pdf, word
from briefing.files import tables
from briefing.files.workbook import xlsx
from briefing.meeting import archive
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection
from briefing.slides import presentation as slides
from browser import failed, opened, served
from data import settings
from data.__main__ import main
from data.audit import by_hand
from data.demo.build import build
from data.demo.world import World
from data.quality.loading import load_frames
from data.spreadsheets import as_text
from exhibits.warnings import unrouted
from marks import MARK
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

NAMES = {
    "621202": "<script>window.evil=1</script>",
    "621221": '=HYPERLINK("http://evil","x")',
    "621222": "../../etc/passwd",
    "621223": '<a href="javascript:evil()">康</a>',
    "621224": "康\x00\x1f县",
    "621225": "县" * 64,
    "621226": "{{7*7}} **bold** $x$ `code`",
    "621202001": "<img src=x onerror=window.evil=1>",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    frames = dict(build(World(persons=2_000, months=4)))
    code = pl.col("region_code")
    named = pl.coalesce(code.replace_strict(NAMES, default=None), "region_name")
    frames["region"] = frames["region"].with_columns(region_name=named)
    frames["meeting_item"] = frames["meeting_item"].with_columns(
        item_name=pl.lit("=1+1<script>window.evil=1</script>\x07")
    )
    loaded = load_frames(frames, folder / "read")
    refresh_loaded(loaded, folder / "store", D, 0, engine("polars"))
    return folder / "store"


@pytest.fixture(scope="module")
def snapshot(store):
    return open_snapshot(store, D)


@pytest.mark.slow
def test_every_exhibit_and_file_can_be_made(snapshot):
    for name, make in every_exhibit.BUILDERS.items():
        # Its own name is hostile too.
        exhibit = make(snapshot, Scope(D, None, "621202"))
        assert "<" not in exhibit.finding, name
        assert "/" not in exhibit.file_name
        assert ".." not in exhibit.file_name
        exhibit = make(snapshot, Scope(D))
        assert "<" not in exhibit.finding, name
        tables.xlsx(exhibit, MARK)
        Presentation(io.BytesIO(slides.slide(exhibit, MARK)))


def test_no_cell_is_a_formula(snapshot):
    exhibit = unrouted.by_group(snapshot, Scope(D), "county")
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx(exhibit, MARK))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert "\n=HYPERLINK" not in tables.csv(exhibit, MARK).decode("utf-8-sig")
    assert "'=HYPERLINK" in tables.csv(exhibit, MARK).decode("utf-8-sig")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_or_name_of_a_csv_begins_like_a_formula(begin):
    table = pl.DataFrame({f"{begin}A1": [f"{begin}cmd|' /C calc'!A0"], "n": ["-5.2%"], "m": [-5]})
    told = as_text(table)
    assert told.columns == [f"'{begin}A1", "n", "m"]
    assert told.row(0) == (f"'{begin}cmd|' /C calc'!A0", "-5.2%", -5)


def test_the_log_of_an_account_that_is_a_formula_is_text(tmp_path, capsys):
    by_hand.note(tmp_path, "refused", "=1+1", {})
    assert main(["audit", "--folder", str(tmp_path), "export"]) == 0
    assert ",'=1+1," in capsys.readouterr().out


@pytest.mark.parametrize("meeting", ["县" * 300, "../../../etc", "J\x00/..", "\ud800", "."])
def test_a_meeting_of_any_name_has_a_folder_below_the_meetings(meeting, tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.meeting.archive.store", lambda: tmp_path)
    place = archive.folder(meeting, D)
    assert place.parent == tmp_path / "meetings"
    assert archive.saved_selection(meeting, D) is None
    archive.save_selection(Selection(D, meeting=meeting.replace("\ud800", "")))
    assert archive.numbers(meeting, D) == []


def test_a_file_of_any_region_has_a_name_that_a_disk_takes(snapshot):
    exhibit = replace(unrouted.by_group(snapshot, Scope(D), "county"), place="县\u202e" * 300)
    assert len(f"{exhibit.file_name}.xlsx".encode()) < 255
    assert "\u202e" not in exhibit.file_name
    assert exhibit.file_name.endswith("_2026-10-31")
    assert len(pack.file_name("县" * 300, "2026-10-31", "pptx").encode()) < 255


def test_the_pack_holds_them_as_text(snapshot, monkeypatch):
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    chosen = Selection(D)
    shown, told = deck(snapshot, chosen), content.bulletin(snapshot, chosen)
    assert len(Presentation(io.BytesIO(slides.pptx(shown, MARK))).slides) > 10
    book = openpyxl.load_workbook(io.BytesIO(xlsx(shown, MARK)))
    assert all(c.data_type != "f" for s in book for row in s.iter_rows() for c in row)
    document = Document(io.BytesIO(word.docx(told, MARK)))
    assert "=1+1＜script＞" in "".join(
        c.text for t in document.tables for r in t.rows for c in r.cells
    )
    assert pdf.pdf(told, MARK).startswith(b"%PDF")


#: Pages on which the names stand.
NAMED = ["/", "/map", "/coverage?region=621202", "/meeting", "/present?at=5"]

FORGED = [
    "/?region=<script>window.evil=1</script>&as_of='; DROP TABLE person;--",
    f"/explore?id={'x' * 3000}&by=<b>&kind=../..",
    "/explore?id=I0891&id=I0891&id=I0101",
    f"/present?kept={'9' * 5000}&at={'9' * 5000}",
    "/present?kept=٣&at=-1&meeting=../../../etc/passwd",
    "/meeting?meeting=..%2f..%2fx%00&part=kept&compared=%ed%a0%80",
    "/county?region=621226%00&township=<b>&residence=rural%0d%0aX:1",
    "/methods?part=<b>",
    f"/?as_of={date.min}",
    f"/?as_of={date.max}",
    "/?as_of=2026-02-30",
]


@pytest.mark.slow
def test_nothing_runs_on_the_page(context, store):
    with served(store) as url:
        for address in (*NAMED, *FORGED):
            page, _ = opened(context, url + address)
            assert page.evaluate("() => window.evil") is None, address
            assert page.locator("[data-testid=stMain] img[src=x]").count() == 0
            assert failed(page) == [], address
            page.close()


def test_a_forged_address_opens_its_page(store, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    names = {address: name for name, (_, address) in screen.PAGES.items()}
    for forged in FORGED:
        asked = urlsplit(forged)
        board = screen.started(names.get(asked.path[1:], ""), **parse_qs(asked.query))
        assert [error.message for error in board.exception] == [], forged
        assert [error.value for error in board.error] == [], forged
