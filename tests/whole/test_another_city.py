"""Set to another city, the board is that city's: nothing that it shows or writes names Longnan."""

import io
import logging
import re
import zipfile
from datetime import date
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest

import screen
from briefing.meeting.selection import Selection
from briefing.pack import pack
from browser import ROOT
from data import settings
from data.demo.build import build
from data.demo.world import World
from data.quality.loading import load_frames
from data.quality.plausible import implausible
from data.reference.files import table
from edited_reference import in_place
from marks import MARK
from pages.shared.sign_in import authenticate
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.store.snapshot import open_snapshot
from screen import offered, parts, started, turned

D = date(2026, 10, 31)

#: 天水市 instead of 陇南市; townships' names are the demonstration's.
CODE, NAME = "620500", "天水市"

#: It has seven counties; two more are invented.
COUNTIES = ["秦州区", "麦积区", "清水县", "秦安县", "甘谷县", "武山县", "张家川回族自治县"]
OF_LONGNAN = table("longnan_population")["county_name"]
RENAMED = dict(zip(OF_LONGNAN, [*COUNTIES, "甲县", "乙县"], strict=True))

OURS = re.compile("|".join(["陇南", "6212", "Longnan", *RENAMED]), re.IGNORECASE)


def moved(frame: pl.DataFrame) -> pl.LazyFrame:
    """The rows of a table with the other city's codes and names."""
    texts = pl.col(pl.String)
    return frame.lazy().with_columns(
        texts.str.replace("^6212", CODE[:4]).str.replace_many({"陇南市": NAME} | RENAMED)
    )


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    frames = {table: moved(frame) for table, frame in build(World(persons=1_500)).items()}
    return load_frames(frames, tmp_path_factory.mktemp("read"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """`place.toml` names the other city, which has no boundaries."""
    with in_place(tmp_path_factory.mktemp("place"), CODE, NAME):
        yield


@pytest.fixture(scope="module")
def store(loaded, elsewhere, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    # Without the mark the board wants a sign-in.
    with patch("queries.refresh.manifest.is_demonstration", return_value=True):
        refresh_loaded(loaded, folder, D, 1, engine("polars"))
    return folder


@pytest.mark.slow
def test_its_registry_is_refused_until_the_place_is_set(loaded, tmp_path):
    refusals = {each.rule: each.text_zh for each in implausible(loaded)}
    assert {"top_region", "other_place"} <= set(refusals)
    assert "（620500 天水市），应当只有一行：621200 陇南市" in refusals["top_region"]
    assert "place.toml中写明该市的代码、名称" in refusals["top_region"]
    with in_place(tmp_path, CODE, NAME):
        assert [each.rule for each in implausible(loaded)] == []


@pytest.mark.slow
def test_every_part_of_every_page_carries_its_name(store, monkeypatch, caplog):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    monkeypatch.setattr(authenticate, "COUNTY", "620526")
    board = started()
    for name in offered(board):
        turned(board, name)
        for part in parts(board):
            assert not board.exception, (name, part)
            assert OURS.findall(screen.text(board)) == [], (name, part)
            if name == "县区地图":
                assert "地图无此区划界线，数值列于表中。" in screen.text(board), part
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.slow
def test_the_meeting_s_files_carry_its_name(store):
    snapshot = open_snapshot(store, D)
    made = pack(snapshot, Selection(D), annex=True)
    for name, make in made.makers.values():
        assert OURS.findall(name) == [] and NAME in name
        content = make(MARK)
        if not name.endswith("pdf"):
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                texts = [file.read(each).decode() for each in file.namelist() if "xml" in each]
            assert OURS.findall("".join(texts)) == [], name


@pytest.mark.slow
def test_its_days_are_shown_as_no_other_city_s(store, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    with in_place(tmp_path, "620300", "金昌市"):
        board = started()
    (error,) = board.error
    assert error.value.startswith("该日数据属于天水市（620500），设置的地区是金昌市（620300）")
    # Among the controls of the scope nobody would read it.
    assert not any(popover.error for popover in board.get("popover"))


#: Where the shipped place and the demonstration, which is of Longnan, stand.
NOT_WALKED = re.compile(r"data/(demo|reference)/|geo/(rebuild\.py|.*\.(csv|geojson)$)")

#: A code in a docstring or comment is an example; `6212` alone is a digit of a number.
HARD_CODED = re.compile("|".join([r"\b6212\d\d(\d{3})?\b", "陇南", *RENAMED]))


def test_no_code_of_the_product_names_the_city():
    named = []
    for name in shipped_texts():
        text = (ROOT / name).read_text(encoding="utf-8")
        code = re.sub("#.*", "", re.sub(r'""".*?"""', "", text, flags=re.DOTALL))
        named += [(name, found[0]) for found in HARD_CODED.finditer(code)]
    # The roles of the demonstration, which is of Longnan.
    roles = ["621226", "621226101", "礼县", "礼县", "礼县"]
    assert named == [("pages/shared/sign_in/authenticate.py", each) for each in roles]


def shipped_texts() -> list[str]:
    """Every text of the product, its styles and scripts too; not what is of Longnan."""
    kinds = {".py", ".js", ".css", ".html", ".toml", ".csv", ".typ", ".json", ".svg"}
    rooms = ("data", "geo", "queries", "exhibits", "briefing", "pages", ".streamlit")
    paths = [path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in kinds]
    names = [str(path.relative_to(ROOT)) for path in [ROOT / "dashboard.py", *paths]]
    return sorted(name for name in names if not NOT_WALKED.match(name))
