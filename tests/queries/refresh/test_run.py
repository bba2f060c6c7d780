"""A refresh killed at any moment, two at once: whole days or none, nothing left, and it goes on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from audit_notes import note
from browser import ROOT
from data import audit
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from queries.refresh.run import refresh
from queries.store import publication
from queries.store.snapshot import open_snapshot
from queries.store.versions import PARTIAL, stored_days, versions

D, BEFORE = date(2026, 10, 31), date(2026, 9, 30)


@pytest.fixture(scope="module")
def url(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build(World(persons=2_000, months=4)), f"sqlite:///{folder}/registry.db")
    return f"sqlite:///{folder}/registry.db"


@pytest.fixture
def store(url, tmp_path) -> Path:
    """The last good day, and a folder for what is temporary."""
    (tmp_path / "temporary").mkdir()
    refresh(url, tmp_path / "store", BEFORE, 0)
    return tmp_path / "store"


def started(url: str, store: Path, before: str = "") -> subprocess.Popen:
    """A refresh of D by the real command, after a line of Python or two."""
    command = ["refresh", "--url", url, "--snapshot", str(store), "--as-of", str(D)]
    code = f"import sys\n{before}\nfrom queries.__main__ import main\nsys.exit(main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, *command, "--months", "0"],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(store.parent / "temporary")},
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(url: str, store: Path) -> str:
    """A refresh that ends well leaves nothing of those before it; what it logged."""
    with started(url, store) as process:
        told = process.communicate(timeout=120)[1]
    assert process.returncode == 0, told
    assert stored_days(store) == [BEFORE, D]
    assert list(store.glob(f"{PARTIAL}*")) == []
    assert list((store.parent / "temporary").iterdir()) == []
    return told


def whole(store: Path, day: date) -> bool:
    """Whether every file of the day that serves reads."""
    found = open_snapshot(store, day)
    return all(found.cube(path.stem).height >= 0 for path in found.path.glob("*.parquet"))


@pytest.mark.slow
def test_killed_at_any_moment(url, store):
    begun = time.monotonic()
    with started(url, store.with_name("other")) as process:
        process.communicate()
    lasts = time.monotonic() - begun
    for share in [random.uniform(0.2, 1.0) for _ in range(6)]:
        with started(url, store) as process:
            time.sleep(share * lasts)
            process.kill()
            process.communicate()
        assert stored_days(store) in ([BEFORE], [BEFORE, D]), share
        assert all(whole(store, day) for day in stored_days(store)), share
    finished(url, store)
    assert versions(store, D) == [1]


AT = """
import os, signal
real = os.{call}
def {call}(source, target):
    if str(target).endswith({end!r}):
        {then}os.kill(os.getpid(), signal.SIGKILL)
    return real(source, target)
os.{call} = {call}
"""

MOMENTS = {
    "before the rename": AT.format(call="rename", end="/2026-10-31/1", then=""),
    "between the rename and the pointer": AT.format(call="replace", end="/current", then=""),
    "after the pointer": AT.format(call="replace", end="/current", then="real(source, target); "),
    "before the note": AT.format(call="replace", end="last_refresh.json", then=""),
}


#: The one whose day is whole and not yet told of; the others are slow.
USUAL = "between the rename and the pointer"


@pytest.mark.slow
@pytest.mark.parametrize(
    "moment",
    [m if m == USUAL else pytest.param(m, marks=pytest.mark.slow) for m in MOMENTS],
)
def test_killed_around_the_one_rename_that_publishes(url, store, moment):
    with started(url, store, MOMENTS[moment]) as process:
        process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    published = moment in ("after the pointer", "before the note")
    assert stored_days(store) == ([BEFORE, D] if published else [BEFORE])
    assert whole(store, stored_days(store)[-1])
    finished(url, store)
    # What stood there whole is made use of: it is no revision.
    assert versions(store, D) == [1]
    assert open_snapshot(store, D).revision == []


@pytest.mark.slow
def test_rows_of_a_killed_refresh_are_removed_by_the_next(url, store):
    temporary = store.parent / "temporary"
    with started(url, store) as process:
        while not list(temporary.glob("*/staged/*/*.parquet")):
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.communicate()
    assert list(temporary.iterdir())
    assert "left by a command that was killed, is removed" in finished(url, store)


@pytest.mark.slow
def test_rows_of_a_running_refresh_are_left_alone(url, store):
    processes = [started(url, store) for _ in range(3)]
    for process in processes:
        with process:
            assert process.communicate(timeout=120)[1].count("is removed") == 0
        assert process.returncode == 0
    assert versions(store, D) == [1]
    assert whole(store, D)
    assert json.loads((store / "last_refresh.json").read_text())["reason"] == ""
    finished(url, store)


FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, "tests/support")
from data.audit import AuditError
from audit_notes import note
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
# No file may grow beyond 5,000 bytes: what a full disk does to a writer.
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
for number in range(100):
    try:
        note(Path(sys.argv[1]), f"页{number}")
    except AuditError as error:
        sys.exit(f"{number}: {error}")
"""


def test_a_disk_that_fills_up_leaves_a_whole_audit_log_that_goes_on(tmp_path):
    command = [sys.executable, "-c", FULL, str(tmp_path)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    written = int(ended.stderr.split(":")[0])
    assert ended.returncode == 1
    assert f"the audit log in {tmp_path} cannot be written" in ended.stderr
    assert written > 5
    assert audit.verify(tmp_path) is None
    assert audit.read(tmp_path).height == written
    note(tmp_path, "之后")
    assert audit.verify(tmp_path) is None
    assert audit.read(tmp_path)["what"][-1] == "之后"


def test_a_version_left_by_a_killed_refresh_with_other_figures_is_not_published(store):
    old = open_snapshot(store, BEFORE)
    cubes = {path.stem: old.cube(path.stem) for path in old.path.glob("*.parquet")}
    with publication.locked(store):
        left = publication.write(store, BEFORE, cubes | {"more": cubes["freshness"]}, old.manifest)
        (left.path.parent / "current").write_text("1")
        assert publication.write(store, BEFORE, cubes, old.manifest).version == 3
    assert open_snapshot(store, BEFORE).version == 3
