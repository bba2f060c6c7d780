"""Writing of the store: whole versions or none, races, kills, revisions."""

import os
import signal
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import polars as pl

from drawing import registry, snapshot_of
from queries.store import publication, snapshot
from queries.store.versions import PARTIAL, versions

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


def test_a_version_whose_writer_died_before_the_pointer_is_pointed_to_not_written_again(tmp_path):
    store(tmp_path)
    second = store(tmp_path, {"flow.city": pl.DataFrame({"n": [9]})})
    (second.path.parent / "current").write_text("1")
    assert store(tmp_path, {"flow.city": pl.DataFrame({"n": [9]})}) == second
    assert versions(tmp_path, D) == [1, 2]
    assert snapshot.open_snapshot(tmp_path, D) == second


def test_rows_in_another_order_are_the_same_cube_and_another_type_is_not():
    one = pl.DataFrame({"n": [1, 2]})
    assert publication.alike(one, pl.DataFrame({"n": [2, 1]}))
    assert not publication.alike(one, pl.DataFrame({"n": [1, 1, 2]}))
    assert not publication.alike(one, one.cast(pl.Int32))
