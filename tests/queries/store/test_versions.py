"""What does not belong into the snapshot folder, or may not be read there: passed over, and said."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import screen
from data import doctor, settings
from foreign_files import KINDS, loop, replaced
from pages.shared.server import health
from queries.refresh import last_run
from queries.scope import latest, meetings
from queries.store import publication, small_files
from queries.store.snapshot import open_snapshot
from queries.store.versions import PARTIAL, broken_days, stored_days
from stores import D

BEFORE = date(2026, 9, 30)


@pytest.fixture
def store(stored, tmp_path) -> Path:
    small_files._tell.cache_clear()
    return shutil.copytree(stored("demonstration"), tmp_path / "store")


@pytest.mark.parametrize("kind", KINDS)
def test_a_pointer_that_is_none(store, kind, caplog):
    replaced(store / D.isoformat() / "current", KINDS[kind])
    assert stored_days(store)[-1] == D
    assert open_snapshot(store, D).version == 1
    assert latest(store).cube("flow.city").height
    assert broken_days(store) == []
    if kind != "huge":
        assert "then refresh the day" in caplog.text
        assert len(caplog.records) == 1  # said once, however often a page asks


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["manifest.json", "flow.city.parquet"])
def test_a_file_of_a_version_that_is_none(store, kind, name, caplog):
    replaced(store / D.isoformat() / "1" / name, KINDS[kind])
    assert stored_days(store)[-1] == BEFORE
    assert broken_days(store) == [D]
    assert latest(store).as_of == BEFORE
    assert meetings(store)
    assert f"run python -m queries refresh --as-of {D}" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_or_a_day_that_is_none(store, kind):
    KINDS[kind](store / last_run.FILE)
    KINDS[kind](store / "2026-11-30")
    assert last_run.last(store) is None
    assert latest(store).as_of == D
    assert doctor.snapshots(store, D).advice == ""


@pytest.mark.parametrize(
    "manifest",
    [
        "{half",
        "[]",
        "null",
        '{"format": 99}',
        '{"format": "x"}',
        '{"format": null}',
        '{"files": 7}',
    ],
)
def test_a_manifest_that_is_damaged_or_of_a_later_version(store, manifest, caplog):
    (store / D.isoformat() / "1" / "manifest.json").write_text(manifest)
    assert (stored_days(store)[-1], broken_days(store)) == (BEFORE, [D])
    assert "run python -m queries refresh" in caplog.text


def test_a_copy_of_a_day_under_another_name_is_not_that_day(store, caplog):
    shutil.copytree(store / D.isoformat(), store / "2026-11-15")
    assert stored_days(store)[-1] == D
    assert "is a copy of another day, 2026-10-31" in caplog.text


def test_what_only_looks_like_a_day_or_a_leftover(store):
    for name in ("2026-99-99", "aaaa-bb-cc", "not-a-day"):
        (store / name).mkdir()
        (store / name / "current").write_text("1")
    (store / f"{PARTIAL}file").write_text("mine")
    (store / f"{PARTIAL}link").symlink_to(store / D.isoformat())
    (store / D.isoformat() / "9").write_text("a file, no version")
    with publication.locked(store):
        pass
    assert list(store.glob(f"{PARTIAL}*")) == []
    assert stored_days(store)[-1] == D
    assert "最新2026-10-31" in doctor.snapshots(store, D).state


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder that root made and nobody looks into, as whom what is asked is done."""
    if os.geteuid():
        pytest.skip("only root becomes somebody else")
    folder = Path(tempfile.mkdtemp(prefix="store-"))
    folder.chmod(0o755)
    yield folder
    os.seteuid(0)
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["current", "1/manifest.json", "1", "."])
def test_what_may_not_be_read(stored, nobody, name, caplog):
    small_files._tell.cache_clear()
    store = shutil.copytree(stored("demonstration"), nobody / "store")
    (store / D.isoformat() / name).chmod(0)
    os.seteuid(65534)
    days, broken = stored_days(store), broken_days(store)
    newest = latest(store)
    os.seteuid(0)
    if name == "current":
        assert (days[-1], broken) == (D, [])
    else:
        assert (days[-1], broken, newest.as_of) == (BEFORE, [D], BEFORE)
    assert "Permission denied" in caplog.text


def test_the_page_health_and_doctor_stand_beside_all_of_it(store, monkeypatch):
    replaced(store / D.isoformat() / "1" / "manifest.json", Path.mkdir)
    replaced(store / BEFORE.isoformat() / "current", loop)
    monkeypatch.setattr(health, "store", lambda: store)
    assert health.health()["as_of"] == BEFORE.isoformat()
    assert health.health()["broken_days"] == [D.isoformat()]
    monkeypatch.setattr(settings, "SNAPSHOT_DIR", store)
    body = screen.text(screen.started())
    assert "2026年10月31日的快照损坏" in body
    assert "2026年9月30日" in body
