"""Every part of every page for every role on three registries, in this process (AppTest)."""

import logging
import re
import shutil

import pytest

import screen
from browser import english
from data import settings
from data.registry.contract import OPTIONAL
from every_day import every_day
from older import made_older
from pages.shared.sign_in import authenticate
from queries.access import roles
from queries.store.versions import stored_days
from screen import offered, parts, started, turned

BROKEN = re.compile(r"(?<![A-Za-z])(nan|NaN|None)(?![A-Za-z])|\d\.0(?=[人户件条个])")

WITHHELD = "此项超出本角色的查看范围"

#: What shows that a part has something to say.
CONTENT = (
    "board-table task-list",
    "board-finding",
    "finding-list",
    "card",
    "task",
    "agenda",
    "board-heading",
    "screen",
)

#: 审计日志 shows no figure and has tests of its own.
LOOKING = [role for role in ("office", *roles()) if role != "auditor"]

#: On registries that lack nearly everything: one role of each kind of access.
KINDS = ["office", "county", "township", "department", "partner"]

#: A county and a township that the empty registry holds.
EMPTY = {"COUNTY": "621221", "TOWNSHIP": "621221001"}

#: Hexadecimal numbers of registries.
NO_WORDS = re.compile(r"（[0-9a-f]{8}）")

WALKS = [
    *(("demonstration", role) for role in dict.fromkeys(LOOKING)),
    *((registry, role) for registry in ("empty", "bare") for role in KINDS),
]

USUAL = [
    *(("demonstration", "office"), ("empty", "office"), ("bare", "office")),
]


@pytest.fixture
def served(stored, monkeypatch):
    """Sets the store that the board in this process reads."""

    def serve(name: str) -> None:
        monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored(name))
        for place, code in EMPTY.items() if name == "empty" else ():
            monkeypatch.setattr(authenticate, place, code)

    return serve


def is_open(board, where: tuple[str, ...]) -> None:
    """No error, no English, no broken number."""
    assert [error.message for error in board.exception] == [], where
    assert [error.value for error in board.error] == [], where
    said = screen.text(board)
    assert BROKEN.findall(said) == [], where
    assert english(NO_WORDS.sub("", said)) == set(), where


def is_whole(board, where: tuple[str, ...]) -> None:
    """The same, and something to read."""
    is_open(board, where)
    said = screen.text(board)
    # A page may say of a part that it is not the role's; it is never all that it says.
    assert said.count(WITHHELD) < 6, where
    markup = " ".join(node.value for node in board.get("html"))
    assert any(f'class="{name}' in markup for name in CONTENT), where


@pytest.mark.parametrize(("registry", "role"), every_day(WALKS, USUAL))
def test_every_part_of_every_page_is_whole(served, caplog, registry, role):
    served(registry)
    board = started(role=role)
    for name in offered(board):
        turned(board, name)
        for part in parts(board):
            is_whole(board, (name, part))
        if registry == "bare":
            assert f"等{len(OPTIONAL)}张表" in screen.text(board) or name == "放映", name
    # What a page leaves out because it failed is logged with its number.
    assert [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("role", KINDS)
def test_every_part_of_every_page_opens_on_a_day_of_older_definitions(
    stored, tmp_path, monkeypatch, caplog, role
):
    store = shutil.copytree(stored("demonstration"), tmp_path / "store")
    made_older(store, *stored_days(store))
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    board = started(role=role)
    for name in offered(board):
        turned(board, name, role=role)
        for part in parts(board):
            is_open(board, (name, part))
            if name not in ("放映", "审计日志"):
                assert "该日按第1版口径统计，现行口径有变的各项无此数" in screen.text(board), name
    assert [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
    ] == []


@pytest.mark.parametrize(
    "registry", [pytest.param("demonstration", marks=pytest.mark.slow), "empty"]
)
def test_every_screen_of_the_presentation_is_whole(served, caplog, registry):
    served(registry)
    board, before = started(), ""
    for at in range(1, 100):
        turned(board, "放映", at=str(at))
        is_whole(board, ("放映", str(at)))
        # Beyond the last screen there is the last one.
        if screen.text(board) == before:
            break
        before = screen.text(board)
    assert at > 3
    assert [
        record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR
    ] == []


@pytest.mark.parametrize("role", ["county", "county_government", "township"])
def test_an_area_that_the_registry_does_not_hold_is_said_on_every_page(stored, monkeypatch, role):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", stored("empty"))
    board = started(role=role)
    for name in offered(board):
        turned(board, name, role=role)
        assert not board.exception, name
        assert ["请核对本账号所属的地区代码" in error.value for error in board.error] == [True], (
            name
        )


def test_what_an_empty_registry_lacks_is_said(served):
    served("empty")
    said = screen.text(started())
    assert "无可比数据" in said
    assert "数据源未接入" in said


def test_without_a_snapshot_the_page_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", tmp_path / "nothing")
    assert "尚无数据快照" in screen.text(started())


def test_a_day_that_lacks_a_file_says_what_to_do(stored, tmp_path, monkeypatch):
    store = shutil.copytree(stored("empty"), tmp_path / "store")
    for cube in store.glob("*/1/coverage.*.parquet"):
        cube.unlink()
    (store / ".demonstration").touch()
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    board = turned(started(), "覆盖缺口")
    assert not board.exception
    assert "请运行 `python -m queries refresh`" in screen.text(board)
