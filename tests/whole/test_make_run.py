"""`make run` in a terminal: what it opens first, what it does behind, and that all of it ends."""

import fcntl
import os
import pty
import shutil
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from browser import ROOT, free_port
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from older import made_older
from queries.refresh import history
from queries.store.versions import days_made, look_again, stored_days, versions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / ".venv/installed").exists(), reason="nothing in .venv"),
]

D = date(2026, 10, 31)


class Run:
    """`make run` with a terminal of its own in a clone, and what runs there."""

    def __init__(self, clone: Path):
        self.clone, self.port = clone, free_port()
        self.begun, self.told = time.monotonic(), b""
        self.terminal, theirs = pty.openpty()
        # As in a window: the shell is told that it was closed, and what it runs is told by its end.
        self.shell = subprocess.Popen(
            ["bash", "-c", f"make run PORT={self.port}; exit"],
            cwd=clone,
            env={name: value for name, value in os.environ.items() if name not in OTHERS}
            | {"TMPDIR": str(clone / "temporary")},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            preexec_fn=own_terminal,
        )
        os.close(theirs)
        os.set_blocking(self.terminal, False)

    def read(self) -> str:
        """All that was said so far; a terminal that nobody reads would stop who writes."""
        try:
            while more := os.read(self.terminal, 1 << 16):
                self.told += more
        except OSError:
            pass
        return self.told.decode()

    def opened(self) -> float:
        """Waits until the board answers; seconds since the start."""
        self.wait(self.answers)
        return time.monotonic() - self.begun

    def answers(self) -> bool:
        try:
            return bool(urlopen(f"http://127.0.0.1:{self.port}/_stcore/health"))
        except OSError:
            return False

    def wait(self, come: Callable[[], object], seconds: float = 180) -> None:
        for _ in range(int(seconds / 0.1)):
            self.read()
            if come():
                return
            time.sleep(0.1)
        raise TimeoutError(f"{come}: {self.told.decode()}")

    def processes(self, having: str = "") -> list[int]:
        """Whatever runs in the clone."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                line = (place / "cmdline").read_bytes().decode(errors="replace")
                if (place / "cwd").resolve() == self.clone and having in line and line:
                    found.append(int(place.name))
            except OSError:
                continue
        return found


#: What a run of these tests may have that one by hand has not.
OTHERS = ("SNAPSHOT_DIR", "REGISTRY_URL", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


def own_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def interrupted(run: Run) -> None:
    os.write(run.terminal, b"\x03")


def killed(run: Run) -> None:
    os.kill(run.processes("make\0run")[0], signal.SIGKILL)


def terminal_closed(run: Run) -> None:
    os.close(run.terminal)


def told_to_end(run: Run) -> None:
    os.kill(run.processes("make\0run")[0], signal.SIGTERM)


def server_crashed(run: Run) -> None:
    os.kill(run.processes("streamlit")[0], signal.SIGKILL)


def ended(run: Run, end: Callable[[Run], None] = interrupted) -> None:
    """Ends it; nothing that it started is left, nor a row of the registry."""
    end(run)
    run.wait(lambda: not run.processes(), 30)
    run.shell.wait(30)
    assert not list((run.clone / "temporary").iterdir())


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The program as it stands, with a small registry for the demonstration's."""
    folder = tmp_path_factory.mktemp("clone").resolve()
    for each in ROOT.iterdir():
        if each.name not in ("var", ".git"):
            (folder / each.name).symlink_to(each)
    for name in ("var", "temporary"):
        (folder / name).mkdir()
    write_registry(build(World(persons=10_000)), f"sqlite:///{folder}/var/demo.db")
    return folder


@pytest.mark.parametrize("end", [interrupted, killed, terminal_closed, told_to_end, server_crashed])
def test_all_of_it_ends_whatever_ends_it_and_the_next_goes_on(clone, end):
    store = clone / "var/snapshot"
    look_again()
    before = stored_days(store)
    run = Run(clone)
    run.opened()
    owed = history.noted(store)
    assert D in stored_days(store)
    assert owed.missing
    assert len(run.processes("queries")) > 0
    # One day more each time, so that the history is still being computed when it ends.
    run.wait(lambda: look_again() or len(stored_days(store)) > max(len(before), 1))
    assert history.is_under_way(store)
    ended(run, end)
    run.wait(lambda: not history.is_under_way(store), 5)
    assert versions(store, D) == [1]


def test_when_history_is_whole_the_server_alone_is_started(clone):
    run = Run(clone)
    store = clone / "var/snapshot"
    run.wait(lambda: not (store / history.FILE).exists())
    run.wait(lambda: not run.processes("queries"))
    told = run.read()
    assert "history: going on where it was stopped" in told
    assert "history 25 of 25: 2024-10-31, " in told
    ended(run)
    look_again()
    assert all(versions(store, day) == [1] for day in stored_days(store))
    again = Run(clone)
    again.opened()
    assert again.processes("queries") == []
    assert "history" not in again.read()
    ended(again)


def test_a_store_of_older_definitions_opens_and_is_made_anew_behind(clone):
    store = clone / "var/snapshot"
    older = stored_days(store)
    made_older(store, *older)
    run = Run(clone)
    run.opened()
    assert "definitions: the newest day, then the month-ends are made anew" in run.read()
    run.wait(lambda: look_again() or len(days_made(store)) > 1)
    # The newest first; how many there are by now depends on the machine.
    made = days_made(store)
    assert made == older[-len(made) :]
    assert [versions(store, day) for day in older[-2:]] == [[1, 2], [1, 2]]
    ended(run)


def test_a_registry_that_cannot_be_read_opens_nothing(clone, monkeypatch, tmp_path):
    monkeypatch.setitem(os.environ, "LANG", "C.UTF-8")
    told = subprocess.run(
        ["make", "run"],
        cwd=clone,
        env=os.environ | {"REGISTRY_URL": "sqlite:////nowhere.db", "SNAPSHOT_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode != 0
    assert "error: " in told.stderr
    assert "server" not in told.stdout
    shutil.rmtree(tmp_path)
