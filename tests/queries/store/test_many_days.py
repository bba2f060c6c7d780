"""A store of years: who looks at it again reads what has changed, however many days there are."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from queries.scope import latest, month_ends
from queries.store import publication
from queries.store.snapshot import open_snapshot
from queries.store.versions import (
    broken_days,
    current,
    days_made,
    look_again,
    published,
    stored_days,
)

FIRST = date(2021, 1, 1)

#: What is counted while it is a Counter; an audit hook cannot be taken out again.
_counted: list[Counter] = []


def _hook(event: str, arguments: tuple) -> None:
    if _counted and event in ("open", "os.listdir", "os.scandir"):
        _counted[0][str(arguments[0])] += 1


sys.addaudithook(_hook)


@contextmanager
def opened() -> Iterator[Counter]:
    """How often files and folders are opened by Python meanwhile."""
    _counted.append(Counter())
    try:
        yield _counted[0]
    finally:
        _counted.clear()


def store(folder: Path, days: int) -> Path:
    """A tiny day, and hard links to it under the names of the days after it."""
    cube = {"flow.city": pl.DataFrame({"day": [1]})}
    publication.write(folder, FIRST, cube, {"connected": []})
    for number in range(1, days):
        version = folder / (FIRST + timedelta(number)).isoformat() / "1"
        version.mkdir(parents=True)
        for file in (folder / FIRST.isoformat() / "1").iterdir():
            os.link(file, version / file.name)
        (version.parent / "current").write_text("1")
    return folder


def look(folder: Path) -> int:
    """What a page asks of a store in another second; the number of its days."""
    look_again()
    newest = latest(folder)
    assert newest
    month_ends(newest)
    assert not [day for day in stored_days(folder) if open_snapshot(folder, day).changes]
    days = {*stored_days(folder), *published(folder), *days_made(folder), *broken_days(folder)}
    return len(days) + (current(folder, FIRST) or 0) - 1


@pytest.fixture(autouse=True)
def _within_a_second(looked_at_again, monkeypatch):
    """Whoever asks for every day asks within a second; the next begins with `look_again`."""
    monkeypatch.setattr("queries.store.versions.monotonic", lambda: 0)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    return store(tmp_path_factory.mktemp("many"), 2_000)


def test_the_second_look_at_2000_days_reads_no_file(many):
    assert look(many) == 2_000
    with opened() as files:
        assert look(many) == 2_000
    assert {*files} == {str(many)}


def test_as_many_files_are_opened_as_at_25_days(many, tmp_path):
    few = store(tmp_path / "few", 25)
    for folder in (few, many):
        look(folder)
        with opened() as files:
            look(folder)
        assert files == {str(folder): 1}


def test_of_a_day_that_is_published_that_day_is_read(many):
    days = look(many)
    day = FIRST + timedelta(days)
    publication.write(many, day, {"flow.city": pl.DataFrame({"day": [2]})}, {"connected": []})
    with opened() as files:
        assert look(many) == days + 1
    assert {each for each in files if each != str(many)} == {
        f"{many}/{day}/{name}" for name in ("current", "1", "1/manifest.json")
    }


def test_a_day_that_is_taken_out_and_made_anew_is_read_anew(tmp_path):
    folder = store(tmp_path / "few", 3)
    before = latest(folder).cube("flow.city")
    day = stored_days(folder)[-1]
    os.rename(folder / day.isoformat(), tmp_path / "away")
    assert look(folder) == 2
    publication.write(folder, day, {"flow.city": pl.DataFrame({"day": [2]})}, {"connected": []})
    assert before["day"].to_list() == [1]
    assert latest(folder).cube("flow.city")["day"].to_list() == [2]
