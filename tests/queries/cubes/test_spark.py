"""Spark Connect: what it needs is said in one line, and what it loses is lost for nobody."""

import sys

import pytest

from queries.__main__ import main
from queries.cubes.engine import EngineError, engine


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
