"""A registry that does not answer, or stops in the middle: given up in time, with nothing left."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from data import doctor, settings
from data.demo.build import build
from data.demo.load import load as write_registry
from data.demo.world import World
from data.quality.loading import load
from data.registry import watchdog
from data.registry.connection import RegistryError, RegistryTimeout, registry_url
from every_day import every_day
from queries.refresh import last_run
from queries.refresh.run import refresh
from queries.store.versions import stored_days

D = date(2026, 10, 31)


@pytest.fixture(scope="module")
def registry(tmp_path_factory) -> Path:
    """A small registry in SQLite; who changes it takes a copy."""
    folder = tmp_path_factory.mktemp("registry")
    write_registry(build(World(persons=2_000, months=4)), f"sqlite:///{folder}/registry.db")
    return folder / "registry.db"


@pytest.fixture
def second(monkeypatch):
    """A registry may be silent for one second."""
    monkeypatch.setattr(settings, "REGISTRY_TIMEOUT", 1.0)


@pytest.fixture
def admin(postgres_url):
    """A session beside the one that reads."""
    engine = create_engine(
        registry_url(postgres_url), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        yield connection


def readers() -> list[int]:
    """Reading processes that this process has, by their numbers."""
    found = []
    for child in Path("/proc").glob("[0-9]*"):
        try:
            command, stat = (child / "cmdline").read_bytes(), (child / "stat").read_text()
        except OSError:
            continue
        parent = int(stat.rpartition(")")[2].split()[1])
        if b"data.registry.reader_process" in command and parent == os.getpid():
            found.append(int(child.name))
    return found


def given_up(url: str, folder: Path, within: float = 8) -> str:
    """The one line by which a refresh ends in time; neither process nor thread is left."""
    begun, threads = time.monotonic(), threading.active_count()
    with pytest.raises(RegistryTimeout) as late:
        refresh(url, folder, D, 0)
    assert time.monotonic() - begun < within
    assert readers() == []
    assert threading.active_count() == threads
    assert "登记库应答过慢" in last_run.last(folder).reason
    assert stored_days(folder) == []
    assert [path.name for path in folder.iterdir()] == [last_run.FILE]
    return str(late.value)


@contextmanager
def silent():
    """A server that accepts connections and says nothing; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_server_that_accepts_and_never_answers(second, tmp_path, caplog):
    with silent() as port:
        told = given_up(f"postgresql://reader:geheim@127.0.0.1:{port}/registry", tmp_path)
    assert told.startswith("登记库应答过慢（postgresql+psycopg://reader:***@127.0.0.1:")
    assert "1秒内没有应答" in told
    assert "REGISTRY_TIMEOUT" in caplog.text
    assert "\n" not in told


def test_the_doctor_and_the_check_do_not_hang_either(second, capsys):
    with silent() as port:
        told = doctor.registry(f"postgresql://reader@127.0.0.1:{port}/registry")
    assert told.fatal
    assert "应答过慢" in told.state


def test_a_connection_has_half_a_minute_however_long_reading_may_take(monkeypatch):
    monkeypatch.setattr(watchdog, "CONNECT", 0.5)
    with silent() as port, pytest.raises(RegistryTimeout, match=r"0\.5秒"):
        watchdog.surveyed(f"postgresql://reader@127.0.0.1:{port}/registry")


@pytest.mark.parametrize("table", every_day(["person", "benefit_event"], ["person"]))
def test_a_table_that_somebody_else_has_locked(second, postgres_url, admin, tmp_path, table):
    write_registry(build(World(persons=2_000, months=4)), postgres_url)
    with create_engine(registry_url(postgres_url), poolclass=NullPool).begin() as other:
        other.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        given_up(postgres_url, tmp_path / "store")


@pytest.fixture
def slowed(postgres_url, admin) -> str:
    """A registry whose table of persons takes two seconds or so."""
    write_registry(build(World(persons=2_000, months=4)), postgres_url)
    admin.execute(text("ALTER TABLE person RENAME TO rows_of_person"))
    slowly = "SELECT * FROM rows_of_person WHERE pg_sleep(0.0008) IS NOT NULL"
    admin.execute(text(f"CREATE VIEW person AS {slowly}"))
    return postgres_url


def backend(admin) -> int:
    """The server's process that is sending persons, awaited; its number."""
    query = (
        "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
        "AND clock_timestamp() - query_start > interval '0.2 seconds'"
    )
    for _ in range(1000):
        if pid := admin.execute(text(query)).scalar():
            return pid
        time.sleep(0.01)
    raise TimeoutError("nobody reads")


@pytest.mark.slow
@pytest.mark.skipif("TEST_POSTGRES_URL" in os.environ, reason="stops a server of its own alone")
@pytest.mark.parametrize("stopped", [False, True], ids=["goes on", "stopped"])
@pytest.mark.parametrize("fast", [True, False], ids=["adbc", "sqlalchemy"])
def test_a_server_that_is_stopped_in_the_middle(
    monkeypatch, slowed, admin, tmp_path, fast, stopped
):
    monkeypatch.setattr(settings, "REGISTRY_TIMEOUT", 5.0)
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(load, slowed, tmp_path, fast=fast)
        sending = backend(admin)
        try:
            if stopped:
                os.kill(sending, signal.SIGSTOP)
                with pytest.raises(RegistryTimeout, match="5秒"):
                    reading.result()
            else:
                assert reading.result().rows_read["person"] > 1_500
        finally:
            if stopped:
                os.kill(sending, signal.SIGCONT)
    assert readers() == []


@pytest.mark.slow
def test_a_file_that_somebody_else_has_locked(second, registry, tmp_path):
    file = tmp_path / "registry.db"
    file.write_bytes(registry.read_bytes())
    other = sqlite3.connect(file)
    other.execute("BEGIN EXCLUSIVE")
    try:
        given_up(f"sqlite:///{file}", tmp_path / "store")
    finally:
        other.close()
    # Nothing of it is left: the next one reads.
    refresh(f"sqlite:///{file}", tmp_path / "store", D, 0)
    assert stored_days(tmp_path / "store") == [D]
    assert last_run.last(tmp_path / "store").reason == ""


@pytest.mark.slow
def test_a_lock_that_is_given_back_in_time_is_waited_for(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "REGISTRY_TIMEOUT", 30.0)
    file = tmp_path / "registry.db"
    file.write_bytes(registry.read_bytes())
    other = sqlite3.connect(file, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    threading.Timer(2, other.rollback).start()
    assert load(f"sqlite:///{file}", tmp_path).rows_read["person"]
    other.close()


@pytest.mark.slow
def test_the_command_line_says_it_in_one_line_and_ends_with_1(registry, tmp_path):
    refresh(f"sqlite:///{registry}", tmp_path, D, 0)
    with silent() as port:
        url = f"postgresql://reader:geheim@127.0.0.1:{port}/registry"
        command = [sys.executable, "-m", "queries", "refresh", "--url", url, "--as-of", str(D)]
        ended = subprocess.run(
            [*command, "--snapshot", str(tmp_path)],
            env=os.environ | {"REGISTRY_TIMEOUT": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert ended.returncode == 1
    lines = ended.stderr.splitlines()
    assert lines[-1].startswith("error: 登记库应答过慢")
    assert "pg_locks" in lines[-2]
    assert "Traceback" not in ended.stderr
    assert stored_days(tmp_path) == [D]


KILLED = """
import sys
from pathlib import Path
from data.registry.watchdog import surveyed
surveyed(sys.argv[1])
"""


@pytest.mark.slow
def test_who_reads_ends_with_who_asked(tmp_path):
    with silent() as port:
        url = f"postgresql://reader@127.0.0.1:{port}/registry"
        with subprocess.Popen([sys.executable, "-c", KILLED, url]) as asker:
            children = Path(f"/proc/{asker.pid}/task/{asker.pid}/children")
            while not (reader := children.read_text().split()):
                time.sleep(0.02)
            time.sleep(2)
            asker.kill()
        for _ in range(100):
            if not Path(f"/proc/{reader[0]}").exists():
                return
            time.sleep(0.05)
    pytest.fail("the reading process is left")


def test_a_reader_that_is_killed_is_an_error(registry, tmp_path, monkeypatch):
    told = watchdog.read(f"sqlite:///{registry}", tmp_path)
    next(told)
    os.kill(readers()[0], signal.SIGKILL)
    with pytest.raises(RegistryError, match=r"意外结束（退出码-9）"):
        list(told)
    assert readers() == []


def test_who_stops_asking_leaves_no_reader(registry, tmp_path):
    told = watchdog.read(f"sqlite:///{registry}", tmp_path)
    next(told)
    assert len(readers()) == 1
    told.close()
    assert readers() == []
