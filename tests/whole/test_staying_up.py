"""A bad day of the registry or the disk: the last good snapshot serves, and says why."""

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, text

import screen
from data import settings
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from data.registry.connection import RegistryError
from queries.refresh import last_run
from queries.refresh.last_run import Attempt
from queries.refresh.run import refresh
from queries.refresh.sanity import refuse_shrunk, shrunk
from queries.scope import meetings
from queries.store.snapshot import open_snapshot
from queries.store.versions import SnapshotError, broken_days, stored_days
from stores import D

BEFORE = date(2026, 9, 30)


@pytest.fixture
def store(stored, tmp_path):
    return shutil.copytree(stored("demonstration"), tmp_path / "store")


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    """A small registry in SQLite that a test may copy and break."""
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build(World(persons=2_000, months=4)), f"sqlite:///{folder}/registry.db")
    return folder / "registry.db"


def test_a_file_that_is_cut_off_is_not_offered_and_the_day_before_serves(store):
    cube = store / D.isoformat() / "1" / "flow.city.parquet"
    cube.write_bytes(cube.read_bytes()[:100])
    assert broken_days(store) == [D]
    assert stored_days(store)[-1] == BEFORE
    with pytest.raises(SnapshotError, match="no whole version"):
        open_snapshot(store, D)
    assert meetings(store)


def test_of_a_revised_day_the_version_before_serves(store):
    day = store / D.isoformat()
    shutil.copytree(day / "1", day / "2")
    (day / "current").write_text("2")
    (day / "2" / "stock.city.parquet").unlink()
    assert open_snapshot(store, D).version == 1
    assert broken_days(store) == []


def test_bytes_changed_in_place_are_found_when_read_and_not_offered_again(store):
    path = open_snapshot(store, D).path / "coverage.city.parquet"
    path.write_bytes(b"x" * path.stat().st_size)
    with pytest.raises(SnapshotError, match=r"coverage\.city"):
        open_snapshot(store, D).cube("coverage.city")
    assert D not in stored_days(store)


def test_a_cube_that_older_code_did_not_store_is_no_damage(store):
    place = store / D.isoformat() / "1"
    manifest = json.loads((place / "manifest.json").read_text())
    del manifest["files"]
    (place / "manifest.json").write_text(json.dumps(manifest))
    (place / "freshness.parquet").unlink()
    fresh = open_snapshot(store, D)
    with pytest.raises(SnapshotError, match="freshness"):
        fresh.cube("freshness")
    assert D in stored_days(store)


@pytest.mark.parametrize("manifest", ["{half", "[]", '{"format": 99}'])
def test_a_manifest_that_is_damaged_or_of_a_later_version_does_not_serve(store, manifest):
    (store / D.isoformat() / "1" / "manifest.json").write_text(manifest)
    assert stored_days(store)[-1] == BEFORE
    assert broken_days(store) == [D]


def test_foreign_files_in_the_folder_are_passed_over(store):
    for name in ("not-a-day", "2026-99-99"):
        (store / name).mkdir()
        (store / name / "current").write_text("1")
    (store / D.isoformat() / "1.old").mkdir()
    (store / "readme.txt").write_text("mine")
    assert stored_days(store)[-1] == D
    (store / D.isoformat() / "current").write_text("garbage")
    assert open_snapshot(store, D).version == 1


def test_a_registry_that_is_down_is_noted_and_nothing_is_lost(store, tmp_path):
    with pytest.raises(RegistryError):
        refresh(f"sqlite:///{tmp_path}/nowhere.db", store, D, 0)
    assert "登记库无法读取" in last_run.last(store).reason
    assert stored_days(store)[-1] == D


@pytest.mark.slow
def test_a_registry_that_lost_most_of_its_rows_is_refused_unless_forced(registry, tmp_path):
    store, url = tmp_path / "store", f"sqlite:///{tmp_path}/registry.db"
    shutil.copy(registry, tmp_path / "registry.db")
    refresh(url, store, BEFORE, 0)
    assert last_run.last(store).reason == ""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM benefit_event WHERE rowid % 10 > 2"))
    engine.dispose()
    with pytest.raises(last_run.ShrunkError, match=r"benefit_event: \d+ rows, now \d+"):
        refresh(url, store, D, 0)
    assert stored_days(store) == [BEFORE]
    noted = last_run.last(store)
    assert "减少一半以上" in noted.reason
    assert re.fullmatch(r"一次性/按次救助由[\d,]+行降至[\d,]+行", noted.detail), noted.detail
    refresh(url, store, D, 0, force=True)
    assert stored_days(store) == [BEFORE, D]
    assert last_run.last(store).reason == ""


FULL = """
import resource, signal, sys
from datetime import date
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from data.quality.loading import load
from queries.cubes.engines import engine
from queries.refresh import run as refresh
import tempfile
loaded = load(sys.argv[1], Path(tempfile.mkdtemp()))
build = refresh.build
def then_full(*given):
    cubes = build(*given)
    # From here on no file may grow beyond 2 KB: what a full disk does to a writer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))
    return cubes
refresh.build = then_full
refresh.refresh_loaded(loaded, Path(sys.argv[2]), date(2026, 10, 31), 0, engine("polars"))
"""


@pytest.mark.slow
def test_a_disk_that_fills_up_leaves_the_last_day_and_no_rubbish(registry, tmp_path):
    store, url = tmp_path / "store", f"sqlite:///{registry}"
    refresh(url, store, BEFORE, 0)
    command = [sys.executable, "-c", FULL, url, str(store)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith("OSError"), ended.stderr
    assert stored_days(store) == [BEFORE]
    assert list(store.glob(".partial-*")) == []
    assert open_snapshot(store, BEFORE).cube("figures.city").height


@pytest.mark.slow
def test_a_database_that_drops_the_connection_is_one_clear_error(postgres_url, tmp_path):
    write_registry(build(World(persons=2_000, months=4)), postgres_url)
    stop = threading.Event()

    def cut() -> None:
        """Ends every other connection to the database, again and again."""
        engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            while not stop.is_set():
                connection.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )
                time.sleep(0.005)
        engine.dispose()

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        with pytest.raises(RegistryError):
            refresh(str(postgres_url), tmp_path / "store", D, 0)
    finally:
        stop.set()
        cutter.join()
    assert stored_days(tmp_path / "store") == []
    assert "登记库无法读取" in last_run.last(tmp_path / "store").reason


def test_the_page_says_how_old_it_is_and_why(store, monkeypatch):
    cube = store / D.isoformat() / "1" / "flow.city.parquet"
    cube.write_bytes(b"")
    said = "一次性/按次救助由12,345行降至4,321行"
    last_run.note(store, last_run.ShrunkError("benefit_event: 12345 rows, now 4321", said))
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    body = screen.text(screen.started())
    assert "2026年10月31日的快照损坏" in body
    assert "未成功，沿用已有快照：登记库行数较上次减少一半以上" in body
    assert said in body
    assert "2026年9月30日" in body


@pytest.mark.parametrize("note", [b"{", b"[]", b"\xff\xfe", b'{"at": 7, "reason": ""}'])
def test_a_damaged_note_is_no_note(store, note):
    (store / last_run.FILE).write_bytes(note)
    assert last_run.last(store) is None


def test_a_note_of_older_code_is_read(store):
    (store / last_run.FILE).write_text('{"at": "2026-11-01T05:30:00", "reason": "登记库无法读取"}')
    assert last_run.last(store) == Attempt(datetime(2026, 11, 1, 5, 30), "登记库无法读取", "")


def kept(**rows: int) -> SimpleNamespace:
    """As much of a registry as decides whether it shrank."""
    return SimpleNamespace(rows_kept=rows)


def counted(store, **rows: int) -> None:
    """Another number of rows of the newest day."""
    file = store / D.isoformat() / "1" / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"rows_kept": rows}))


def test_exactly_half_is_lost_and_one_row_more_is_not(store):
    counted(store, person=1_000, warning=99)
    assert shrunk(kept(person=500, warning=99), store) == {"person": (1_000, 500)}
    assert shrunk(kept(person=501), store) == {"all tables": (1_099, 501)}
    assert shrunk(kept(person=550), store) == {}


def test_half_of_all_rows_though_of_no_large_table_is_refused_with_the_difference(store):
    counted(store, **dict.fromkeys(["warning", "referral", "appeal"], 90), person=150)
    with pytest.raises(last_run.ShrunkError) as refused:
        refuse_shrunk(kept(person=149), store)
    assert "all tables: 420 rows, now 149" in str(refused.value)
    assert refused.value.reason_zh == "各表合计由420行降至149行"
