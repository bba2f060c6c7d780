"""The store: whole versions or none, races, kills, revisions."""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from drawing import registry, snapshot_of
from queries.access import access
from queries.answers.attention import attention
from queries.answers.indicators import indicators
from queries.answers.open_cases import LATER, open_cases
from queries.scope import month_ends
from queries.store import publication, snapshot
from queries.store.snapshot import open_snapshot
from queries.store.versions import PARTIAL, SnapshotError, stored_days, versions

D = date(2026, 10, 31)
CUBES = {"flow.city": pl.DataFrame({"n": [1, 2]})}

ONE_WARNING = """
    warning_id | direction | region_code | raised_at
    w1         | entry     | 621202001   | 2026-10-05
"""


def store(folder: Path, cubes=CUBES) -> snapshot.Snapshot:
    with publication.locked(folder):
        return publication.write(folder, D, cubes, {"as_of": D.isoformat()})


def test_versions_stand_side_by_side_and_the_pointer_names_the_last(tmp_path):
    first = store(tmp_path)
    second = store(tmp_path, {"flow.city": pl.DataFrame({"n": [1, 3]})})
    assert versions(tmp_path, D) == [1, 2]
    assert snapshot.open_snapshot(tmp_path, D) == second
    assert first.cube("flow.city")["n"].to_list() == [1, 2]
    assert snapshot.open_snapshot(tmp_path, D, 1).cube("flow.city")["n"].to_list() == [1, 2]


def test_a_day_that_is_not_stored_names_those_that_are(tmp_path):
    store(tmp_path)
    with pytest.raises(SnapshotError, match=r"2026-09-30 is not stored .* 2026-10-31"):
        snapshot.open_snapshot(tmp_path, date(2026, 9, 30))


def test_a_half_written_cube_is_named(tmp_path):
    stored = store(tmp_path)
    (stored.path / "flow.city.parquet").write_bytes(b"PAR1 half")
    with pytest.raises(SnapshotError, match=r"flow\.city"):
        stored.cube("flow.city")


KILLED = """
import sys, time
from pathlib import Path
import polars as pl
from datetime import date
from queries.store import publication
folder = Path(sys.argv[1])
pl.DataFrame.write_parquet = lambda *a, **k: (print("writing", flush=True), time.sleep(60))
with publication.locked(folder):
    publication.write(folder, date(2026, 10, 31), {"flow.city": pl.DataFrame({"n": [9]})}, {})
"""


def test_a_refresh_killed_half_way_leaves_the_old_version_and_no_lock(tmp_path):
    old = store(tmp_path)
    command = [sys.executable, "-c", KILLED, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert snapshot.open_snapshot(tmp_path, D) == old
    assert list(tmp_path.glob(f"{PARTIAL}*"))
    assert store(tmp_path).version == 2
    assert not list(tmp_path.glob(f"{PARTIAL}*"))


def test_two_refreshes_at_once_write_two_whole_versions(tmp_path):
    threads = [threading.Thread(target=store, args=(tmp_path,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions(tmp_path, D) == [1, 2, 3, 4]
    assert snapshot.open_snapshot(tmp_path, D).version == 4


def test_the_same_registry_again_changes_nothing(tmp_path):
    frames = registry(warning=ONE_WARNING)
    first = snapshot_of(frames, tmp_path, D)
    assert snapshot_of(frames, tmp_path, D) == first


def test_a_later_load_with_other_figures_keeps_both_and_reports(tmp_path, caplog):
    first = snapshot_of(registry(warning=ONE_WARNING), tmp_path, D)
    late = ONE_WARNING + "    w2 | entry | 621202001 | 2026-10-06\n"
    second = snapshot_of(registry(warning=late), tmp_path, D)
    assert (first.version, second.version) == (1, 2)
    assert second.manifest["supersedes"] == 1
    assert "version 2 differs from 1" in caplog.text
    assert "I0701" in caplog.text
    changed = {(c["id"], c["group"]): (c["old"], c["new"]) for c in second.revision}
    assert changed["I0701", "621200"] == (1.0, 2.0)


def test_a_store_of_the_code_before_is_read_without_complaint(stored, tmp_path, caplog):
    store = shutil.copytree(stored("demonstration"), tmp_path / "store")
    for day in stored_days(store):
        version = store / day.isoformat() / "1"
        rows = pl.read_parquet(version / "open_warnings.parquet")
        later = [name for name in LATER if name in rows.columns]
        rows.drop(later).write_parquet(version / "open_warnings.parquet")
        for path in (*version.glob("rates.*"), *version.glob("attention*")):
            path.unlink()
        for name in ("hidden", "rounded.city"):
            rows.head(0).write_parquet(version / f"{name}.parquet")
        told = json.loads((version / "manifest.json").read_text())
        told["files"] = {path.name: path.stat().st_size for path in version.glob("*.parquet")}
        (version / "manifest.json").write_text(json.dumps(told))
    county = open_snapshot(store, stored_days(store)[-1], access=access("county", "621226"))
    others = indicators(county, "county").filter(pl.col("group") != "621226")
    assert set(others["status"]) == {"suppressed"}
    assert open_cases(county)["holder"].null_count() == open_cases(county).height > 0
    assert attention(county, month_ends(county)).is_empty()
    assert caplog.records == []
