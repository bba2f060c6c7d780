"""The days before the newest: in which order, what is owed, who goes on, what pages say of it."""

import json
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from exhibits import series
from foreign_files import KINDS, replaced
from pages.shared.widgets.history_note import unfinished
from queries.__main__ import main
from queries.refresh import history, last_run
from queries.refresh import run as refreshing
from queries.refresh.history import FILE
from queries.refresh.run import refresh, resume
from queries.scope import Scope, month_ends
from queries.store import publication
from queries.store.snapshot import open_snapshot
from queries.store.versions import stored_days, versions

D = date(2026, 10, 31)
ENDS = [date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31)]
NOWHERE = "sqlite:////nowhere/registry.db"


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build(World(persons=2_000, months=6)), f"sqlite:///{folder}/registry.db")
    return f"sqlite:///{folder}/registry.db"


@pytest.fixture(scope="module")
def told(url, tmp_path_factory) -> SimpleNamespace:
    """A refresh: its folder, the order of its days, what was noted before each of them."""
    folder, seen, real = tmp_path_factory.mktemp("whole") / "store", [], refreshing.store

    def store(*arguments):
        owed = history.noted(folder)
        seen.append((len(owed.done), len(owed.wanted), history.is_under_way(folder)))
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refreshing, "store", store)
        order = [each.as_of for each in refresh(url, folder, D, 3)]
    return SimpleNamespace(folder=folder, order=order, seen=seen)


@pytest.fixture
def whole(told) -> Path:
    return told.folder


class Stopped(BaseException):
    """What ends a process, as a signal or Ctrl-C does."""


def stopped(url: str, folder: Path, after: int, error: BaseException) -> None:
    """A refresh that ends when it would store another day than the first so many."""
    real, left = refreshing.store, [None] * after

    def store(*arguments):
        if not left:
            raise error
        left.pop()
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(type(error)):
        patch.setattr(refreshing, "store", store)
        refresh(url, folder, D, 3)


@pytest.fixture(scope="module")
def halved(url, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("half")
    stopped(url, folder, 2, Stopped())
    return folder


@pytest.fixture
def half(halved, tmp_path) -> Path:
    """A store of the newest day and the month-end before it, whose refresh was stopped then."""
    return shutil.copytree(halved, tmp_path / "store")


def test_the_newest_day_comes_first_and_the_days_before_it_newest_first(told, whole):
    assert told.order == [D, *ENDS]
    assert told.seen == [(0, 3, True), (0, 3, True), (1, 3, True), (2, 3, True)]
    assert not (whole / FILE).exists()
    assert unfinished(whole) == ""


@pytest.mark.slow
def test_the_days_are_those_that_oldest_first_would_have_stored(url, whole, tmp_path):
    for day in ENDS[::-1]:
        refresh(url, tmp_path, day, 0)
    for day in ENDS:
        one, other = open_snapshot(whole, day), open_snapshot(tmp_path, day)
        cubes = {path.stem: one.cube(path.stem) for path in one.path.glob("*.parquet")}
        assert publication.same(other, cubes)


@pytest.mark.slow
def test_a_stopped_refresh_leaves_whole_days_and_goes_on_with_the_others(url, half):
    assert stored_days(half) == [ENDS[0], D]
    assert last_run.last(half).reason == ""
    assert [each.as_of for each in resume(url, half)] == ENDS[1:]
    assert versions(half, D) == versions(half, ENDS[0]) == [1]
    assert not (half / FILE).exists()
    # The registry is not read for nothing.
    assert resume(NOWHERE, half) == []


@pytest.mark.slow
def test_the_next_refresh_of_any_kind_goes_on_too(url, half, capsys):
    told = ["refresh", "--url", url, "--snapshot", str(half), "--as-of", str(D), "--months", "3"]
    assert main(told) == 0
    assert capsys.readouterr().out.splitlines() == [f"{day} version 1" for day in [D, *ENDS[1:]]]
    assert not (half / FILE).exists()


@pytest.mark.slow
def test_the_newest_day_alone_leaves_what_is_owed(url, half):
    refresh(url, half, D, 0)
    assert history.noted(half).missing == ENDS[1:]


@pytest.mark.slow
def test_a_refresh_stopped_before_its_first_day_owes_that_too(url, tmp_path):
    stopped(url, tmp_path, 0, Stopped())
    assert stored_days(tmp_path) == []
    assert [each.as_of for each in resume(url, tmp_path)] == [D, *ENDS]


def test_a_note_left_by_a_whole_history_is_removed(half, whole):
    kept = (half / FILE).read_text()
    shutil.copytree(whole, half, dirs_exist_ok=True)
    (half / FILE).write_text(kept)
    assert unfinished(half) == ""
    assert resume(NOWHERE, half) == []
    assert not (half / FILE).exists()


def test_while_another_process_is_at_it_nobody_else_begins(half):
    with history.under_way(half):
        assert resume(NOWHERE, half) == []


@pytest.mark.slow
def test_what_goes_wrong_behind_a_published_day_is_said(url, tmp_path):
    stopped(url, tmp_path, 1, OSError("no space left"))
    assert stored_days(tmp_path) == [D]
    assert "快照目录无法写入" in last_run.last(tmp_path).reason
    assert unfinished(tmp_path).startswith("历史月末尚未算完（0/3）")


def test_pages_say_how_far_history_is(half):
    assert unfinished(half) == (
        "历史月末尚未算完（1/3），请重新运行 `make run` 或 `python -m queries refresh` 继续计算。"
    )
    with history.under_way(half):
        assert unfinished(half) == "历史月末计算中（1/3），算完即自动列入走势和对比。"
    for day in (ENDS[0], D):
        (half / day.isoformat() / "current").unlink()
    assert "（0/3）" in unfinished(half)


NOTES = (
    {"as_of": "2026-10-31", "days": []},
    {"as_of": "2026-10-31", "days": ["2026-10-31"]},
    {"as_of": "2026-10-31", "days": ["2026-13-01"]},
    {"as_of": "2026-10-31", "days": 7},
    {"as_of": None, "days": ["2026-09-30"]},
    {"days": ["2026-09-30"]},
    ["2026-09-30"],
)


@pytest.mark.parametrize("note", NOTES, ids=str)
def test_a_note_that_was_edited_is_none(half, note, caplog):
    (half / FILE).write_text(json.dumps(note))
    assert unfinished(half) == ""
    assert f"{half / FILE} cannot be read" in caplog.text
    assert resume(NOWHERE, half) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_place_of_the_note_breaks_nothing(url, half, kind):
    replaced(half / FILE, KINDS[kind])
    assert unfinished(half) == ""
    assert resume(NOWHERE, half) == []
    if kind in ("directory", "pipe"):
        refresh(url, half, D, 3)
        assert stored_days(half) == [*ENDS[::-1], D]
        assert unfinished(half) == ""


@pytest.mark.slow
def test_an_open_board_draws_the_days_that_have_arrived(url, half):
    newest = open_snapshot(half, D)
    before = series.trend(newest, Scope(D), "I0101", "总览")
    assert before is series.trend(newest, Scope(D), "I0101", "总览")
    assert before.table.height == 2
    resume(url, half)
    assert series.trend(newest, Scope(D), "I0101", "总览").table.height == 4
    assert [each.as_of for each in month_ends(newest)] == [*ENDS[::-1], D]
