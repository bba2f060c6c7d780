"""Texts of the registry and of addresses that try to be something else: none succeeds."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation

import test_exhibits
from briefing import tables
from briefing.bulletin import content, pdf, word
from briefing.deck import deck
from briefing.selection import Selection
from briefing.slides import pack as slides
from briefing.workbook import xlsx
from browser import failed, opened, served, settle
from data.demo.build import build
from data.demo.world import World
from data.loading import load_frames
from exhibits.warnings import unrouted
from marks import MARK
from queries.cubes.engine import engine
from queries.refresh import refresh_loaded
from queries.scope import Scope
from queries.snapshot import open_snapshot
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


def test_every_exhibit_and_file_can_be_made(snapshot):
    for name, make in test_exhibits.BUILDERS.items():
        for scope in (Scope(D), Scope(D, None, "621202")):
            exhibit = make(snapshot, scope)
            assert "<" not in exhibit.finding, name
            assert "/" not in exhibit.file_name
            assert ".." not in exhibit.file_name
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


def test_the_pack_holds_them_as_text(snapshot, monkeypatch):
    monkeypatch.setattr("briefing.images.browser", lambda: None)
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


def test_nothing_runs_on_the_page(context, store):
    with served(store) as url:
        for address in (
            "/",
            "/map",
            "/coverage?region=621202",
            "/meeting",
            "/present?at=5",
            "/?region=<script>window.evil=1</script>&as_of='; DROP TABLE person;--",
            f"/explore?id={'x' * 3000}&by=<b>&kind=../..",
        ):
            page, _ = opened(context, url + address)
            settle(page)
            assert page.evaluate("() => window.evil") is None, address
            assert page.locator("[data-testid=stMain] img[src=x]").count() == 0
            assert failed(page) == [], address
            page.close()


def test_days_outside_the_calendar_fall_back(context, store):
    with served(store) as url:
        for day in (date.min, date.max, "2026-02-30"):
            page, _ = opened(context, f"{url}/?as_of={day}")
            assert failed(page) == []
            assert "已改用默认值" in page.inner_text("body")
            page.close()
