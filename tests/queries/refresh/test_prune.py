"""Old days are thinned: what stays by the command, what always stays, and what a reader sees."""

import json
import re
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from queries.__main__ import main
from queries.arguments import UsageError
from queries.refresh import history
from queries.refresh.prune import USUAL, Keep, kept
from queries.store import publication
from queries.store.snapshot import open_snapshot
from queries.store.versions import PARTIAL, SnapshotError, forget_versions, stored_days

LAST = date(2026, 10, 31)


def publish(folder: Path, day: date, cutoffs=()) -> None:
    meetings = pl.DataFrame({"data_cutoff_on": list(cutoffs)}, schema={"data_cutoff_on": pl.Date})
    cubes = {"meetings": meetings, "flow.city": pl.DataFrame({"day": [1]})}
    publication.write(folder, day, cubes, {"connected": []})


@pytest.fixture
def store(tmp_path):
    """A hundred days; the one of 1 August knew a meeting that the later ones know no more."""
    for number in range(100):
        day = LAST - timedelta(number)
        publish(tmp_path, day, [date(2026, 7, 28)] if day == date(2026, 8, 1) else [])
    return tmp_path


def run(folder, *options, keep="daily=10,month-ends=all,meetings=all"):
    return main(["prune", "--snapshot", str(folder), "--keep", keep, *options])


def test_last_days_month_ends_and_cutoffs_stay(store, capsys):
    assert run(store) == 0
    assert stored_days(store) == [
        date(2026, 7, 28),
        date(2026, 7, 31),
        date(2026, 8, 31),
        date(2026, 9, 30),
        *(date(2026, 10, n) for n in range(22, 32)),
    ]
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"2026-07-24 1 versions, 0\.0 MB", lines[0])
    assert re.fullmatch(r"86 days, 0\.\d MB removed; 14 stay", lines[-1])
    assert not [*store.glob(f"{PARTIAL}*")]


def test_a_dry_run_says_the_same_and_removes_nothing(store, capsys):
    run(store, "--dry-run")
    dry = capsys.readouterr().out
    assert len(stored_days(store)) == 100
    run(store)
    assert capsys.readouterr().out == dry.replace("would be removed", "removed")


def test_days_of_archives_and_selections_stay(store):
    archive = store / "meetings" / "meeting-J006" / "1"
    archive.mkdir(parents=True)
    shown = {"selection": {"as_of": "2026-09-15", "compared": "2026-08-20"}}
    (archive / "deck.json").write_text(json.dumps(shown))
    (store / "meetings" / "day-2026-09-03").mkdir()
    run(store)
    assert {date(2026, 9, 15), date(2026, 8, 20), date(2026, 9, 3)} <= {*stored_days(store)}


def test_what_a_refresh_owes_and_what_cannot_serve_stays(store):
    (store / "2026-08-05" / "1" / "manifest.json").write_text("{half")
    forget_versions()
    (store / history.FILE).write_text(
        json.dumps({"as_of": str(LAST), "days": ["2026-08-07", "2020-01-31"]})
    )
    run(store)
    assert date(2026, 8, 7) in stored_days(store)
    assert (store / "2026-08-05" / "1").is_dir()


def test_a_reader_sees_the_whole_day_or_none(store, monkeypatch):
    seen = []

    def looked(aside):
        seen.append(stored_days(store))
        assert not aside.name.startswith("20")
        with pytest.raises(SnapshotError, match="2026-07-24 is not stored"):
            open_snapshot(store, date(2026, 7, 24))

    monkeypatch.setattr("queries.refresh.prune.shutil.rmtree", looked)
    run(store)
    assert [len(days) for days in seen] == list(range(99, 13, -1))


def test_what_a_killed_command_leaves_the_next_refresh_removes(store, monkeypatch):
    monkeypatch.setattr("queries.refresh.prune.shutil.rmtree", lambda _: None)
    run(store)
    monkeypatch.undo()
    assert len([*store.glob(f"{PARTIAL}*")]) == 86
    publish(store, LAST + timedelta(1))
    with publication.locked(store):
        assert not [*store.glob(f"{PARTIAL}*")]


def test_how_it_is_written():
    assert kept(USUAL) == Keep(90, None)
    assert kept("meetings=all,month-ends=36,daily=1") == Keep(1, 36)
    wrong = [
        "",
        "daily=90",
        "daily=90,month-ends=all,meetings=6",
        "daily=0,month-ends=all,meetings=all",
    ]
    wrong += ["daily=90,month-ends=12,meetings=all", "daily=90,daily=9,month-ends=all,meetings=all"]
    for each in wrong:
        with pytest.raises(UsageError, match="--keep"):
            kept(each)


def test_an_empty_store_has_nothing_to_remove(tmp_path, capsys):
    assert run(tmp_path) == 0
    assert capsys.readouterr().out == "0 days, 0.0 MB removed; 0 stay\n"
