"""Spark Connect: what it needs is said in one line, and what it loses is lost for nobody."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

import sail as sail_server
from data.quality.loading import load_frames
from drawing import registry
from queries.__main__ import main
from queries.cubes.engine import EngineError
from queries.cubes.engines import engine
from queries.refresh.run import refresh_loaded
from queries.store.versions import stored_days

D = date(2026, 6, 17)


def test_without_a_server_it_says_how_to_start_one(monkeypatch, tmp_path, capsys):
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    registry = ["--url", f"sqlite:///{tmp_path}/none.db", "--snapshot", str(tmp_path / "store")]
    assert main(["refresh", *registry, "--engine", "spark"]) == 1
    (line,) = capsys.readouterr().err.strip().splitlines()
    assert "sail spark server --port 50051" in line
    assert "SPARK_REMOTE=sc://127.0.0.1:50051" in line


def test_without_its_client_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("SPARK_REMOTE", "sc://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "pyspark.sql.connect.session", None)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineError, match="pip install pyspark-client"):
        engine("spark")


def end_when_staged(server: subprocess.Popen, work: Path) -> None:
    while server.poll() is None and not list(work.glob("*/fact.parquet")):
        time.sleep(0.02)
    server.kill()


@pytest.mark.slow
@pytest.mark.usefixtures("sail_remote")
def test_a_server_lost_half_way_publishes_nothing_and_says_where_to_go_on(tmp_path, monkeypatch):
    store, work = tmp_path / "store", tmp_path / "work"
    work.mkdir()
    loaded = load_frames(registry())
    with sail_server.own_server() as (remote, server):
        monkeypatch.setenv("SPARK_REMOTE", remote)
        runner = engine("spark", work)
        ending = Thread(target=end_when_staged, args=(server, work))
        ending.start()
        with pytest.raises(EngineError, match=f"nothing of {D} is published.*run it again"):
            refresh_loaded(loaded, store, D, 0, runner)
        ending.join()
    assert stored_days(store) == []
    assert list(work.iterdir()) == []
    refresh_loaded(loaded, store, D, 0, engine("polars"))
    assert stored_days(store) == [D]
