"""Files of a meeting, read back by the programs' own libraries."""

import io
import json
import re
from datetime import date

import openpyxl
import polars as pl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

import every_exhibit
from briefing import __main__ as command
from briefing import pack
from briefing.files.workbook import xlsx
from briefing.meeting import selection
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection
from briefing.slides import presentation as slides
from data import settings
from data.audit import read as read_log
from exhibits import palette
from exhibits.maps import county
from exhibits.warnings import unrouted
from exhibits.wording import names
from marks import LINE, MARK
from queries.answers.indicators import indicators
from queries.answers.warnings import without_destination
from queries.store.snapshot import open_snapshot
from slides import faults
from stores import D

BEFORE = date(2026, 7, 31)

CITY = Selection(D, BEFORE)


@pytest.fixture(scope="module")
def store(stored):
    return stored("demonstration")


@pytest.fixture(scope="module")
def snapshot(store):
    return open_snapshot(store, D)


@pytest.fixture(scope="module")
def shown(snapshot):
    return deck(snapshot, CITY)


def read(data: bytes) -> Presentation:
    return Presentation(io.BytesIO(data))


def texts(slide) -> str:
    return "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_slides_begin_with_cover_and_summary_and_each_carries_day_source_and_mark(shown):
    book = read(slides.pptx(shown, MARK, annex=True))
    first, second, *others = book.slides
    assert "陇南市社会救助部门联席会议材料" in texts(first)
    assert "截至2026年10月31日，与2026年7月31日比较" in texts(first)
    assert "演示数据（合成）" in texts(first)
    assert shown.agenda[0].title in texts(second)
    for slide in others:
        assert LINE in texts(slide)
        assert "演示数据（合成）" in texts(slide)
    noted = [s for s in others if s.has_notes_slide]
    assert len(noted) > len(shown.pages)
    assert all("口径：" in s.notes_slide.notes_text_frame.text for s in noted)


def test_units_stand_in_official_order_as_sections(shown):
    names = re.findall(
        r'<p14:section name="([^"]+)"',
        read(slides.pptx(shown, MARK, annex=True)).part.blob.decode(),
    )
    units = [name for name in names if name.startswith("市")]
    assert units[:4] == ["市民政局", "市教育局", "市人社局", "市住建局"]


def test_native_charts_hold_the_command_lines_figures(snapshot):
    book = read(slides.slide(unrouted.by_group(snapshot, CITY.scope, "county"), MARK))
    chart = next(s for s in book.slides[0].shapes if s.has_chart).chart
    named = names.region_names(snapshot)
    rows = without_destination(snapshot, "county")
    late = dict(rows.select(pl.col("group").replace(named), "overdue").rows())
    plot = chart.plots[0]
    series = {each.name: list(each.values) for each in plot.series}
    assert (
        dict(zip(plot.categories, series["逾期"], strict=True))
        == dict.fromkeys(plot.categories, 0) | late
    )
    assert sum(series["逾期"]) + sum(series["时限内"]) == rows["warnings"].sum()
    city = indicators(snapshot, "city").filter(id="I0707")["value"].item()
    assert rows["warnings"].sum() == city


def test_the_map_is_nine_counties_with_the_fills_of_their_classes(snapshot):
    exhibit = county.county_map(snapshot, CITY.scope, "I0891")
    book = read(slides.slide(exhibit, MARK))
    shapes = [s for s in book.slides[0].shapes if s.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    assert len(shapes) == 9
    marks = dict(exhibit.chart.data.select("code", "mark").rows())
    named = {"礼县": "621226", "武都区": "621202", "两当县": "621228"}
    for shape in shapes:
        if shape.name in named:
            fill = f"#{shape.fill.fore_color.rgb}"
            assert fill == palette.CLASSES[marks[named[shape.name]]]


@pytest.mark.slow
@pytest.mark.parametrize("region", ["", "621202"])
@pytest.mark.parametrize("registry", ["demonstration", "empty", "bare"])
def test_every_exhibit_is_a_slide(stored, registry, region):
    snapshot = open_snapshot(stored(registry), D)
    for name, build in every_exhibit.BUILDERS.items():
        exhibit = build(snapshot, selection.Selection(D, region=region).scope)
        book = read(slides.slide(exhibit, MARK))
        assert faults(book) == [], name
        kinds = {s.shape_type for s in book.slides[0].shapes}
        body = {
            MSO_SHAPE_TYPE.CHART,
            MSO_SHAPE_TYPE.TABLE,
            MSO_SHAPE_TYPE.FREEFORM,
        }
        assert exhibit.table.is_empty() or kinds & body, name


def test_the_workbook_lists_its_sheets_and_holds_numbers(shown):
    book = openpyxl.load_workbook(io.BytesIO(xlsx(shown, MARK)))
    assert len(book.sheetnames) == len(shown.exhibits) + 1
    first = book["说明"]
    assert first["A1"].value == shown.title
    assert "演示数据（合成）" in first["A3"].value
    at = next(i for i, e in enumerate(shown.exhibits) if e.key == "unrouted-county")
    sheet = book[book.sheetnames[at + 1]]
    table = shown.exhibits[at].table
    assert [c.value for c in sheet[6]][: table.width] == table.columns
    assert [c.value for c in sheet[7]][: table.width] == list(table.row(0))
    assert sheet.freeze_panes == "B7"
    assert len(sheet._charts) == 1


def run(store, out, *arguments):
    return command.main(
        ["--snapshot", str(store), "--as-of", "2026-10-31", "--out", str(out), *arguments]
    )


def test_the_command_writes_four_files_and_a_line_each(store, tmp_path, capsys):
    assert run(store, tmp_path, "--compare", "2026-07-31") == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [
        "陇南市社会救助部门联席会议材料_2026-10-31.pptx",
        "陇南市社会救助部门联席会议材料数据_2026-10-31.xlsx",
        "陇南市社会救助部门联席会议简报_2026-10-31.docx",
        "陇南市社会救助部门联席会议简报_2026-10-31.pdf",
    ]
    assert len(capsys.readouterr().out.splitlines()) == 4
    # Without `--period`, since the last meeting.
    book = Presentation(str(next(tmp_path.glob("*.pptx"))))
    assert "上次会议以来（2026年8月1日至2026年10月31日）" in texts(book.slides[0])
    sheets = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).worksheets
    told = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "部门按时响应率（上次会议以来）" in told
    assert "部门按时响应率" not in told


def test_each_file_is_noted_before_it_is_written(store, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path / "audit")
    monkeypatch.setattr("briefing.files.images.browser", lambda: None)
    assert run(store, tmp_path / "out", "--region", "621226", "--quiet") == 0
    noted = read_log(tmp_path / "audit")
    assert sorted(noted["what"]) == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert noted.select("event", "unit", "role", "as_of", "region").unique().rows() == [
        ("export", "命令行", "office", "2026-10-31", "621226")
    ]
    assert str(tmp_path / "out") in noted["options"][0]


def test_a_file_that_cannot_be_noted_is_not_written(store, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path / "file" / "audit")
    (tmp_path / "file").write_text("")
    assert run(store, tmp_path / "out") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "the audit log" in told.err
    assert told.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_departments_edition_from_a_saved_selection_quietly(store, tmp_path, capsys):
    chosen = Selection(D, BEFORE, agenda=(selection.Line("own-1", "研究住房救助"),))
    file = tmp_path / "selection.json"
    file.write_text(selection.to_json(chosen), encoding="utf-8")
    out = tmp_path / "out"
    options = ("--exhibits", str(file), "--department", "housing", "--quiet")
    assert run(store, out, *options) == 0
    assert capsys.readouterr().out == ""
    book = Presentation(str(next(out.glob("*.pptx"))))
    whole = "\n".join(texts(slide) for slide in book.slides)
    assert "市住建局" in whole
    assert "研究住房救助" in whole
    assert "市教育局" not in whole


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--region", "999999"), "there is no region 999999"),
        (("--department", "police"), "no department police"),
        (("--compare", "2020-01-01"), "2020-01-01 is not stored"),
        (("--exhibits", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_cannot_be_made_is_one_line_and_exit_2(store, tmp_path, capsys, arguments, said):
    assert run(store, tmp_path / "out", *arguments) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_no_selection_exits_2(store, tmp_path, capsys):
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"kind": "other"}))
    assert run(store, tmp_path / "out", "--exhibits", str(file)) == 2
    assert "no file of kind" in capsys.readouterr().err


def test_a_failure_leaves_no_half_file(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        pack.write_file(tmp_path, "a.pptx", b"x" * 10)
    assert list(tmp_path.iterdir()) == []
