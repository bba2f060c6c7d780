"""A day that workers read, check, stage and count equals the day that Polars makes."""

import os
import subprocess
import time
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Thread

import narwhals as nw
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import sail as sail_server
from data.demo.build import build as demonstration
from data.demo.load import load as write
from data.demo.world import World
from data.quality.loading import load, load_by, with_report
from data.quality.plausible import implausible
from data.registry.contract import key_of
from data.registry.frames import collected
from drawing import registry
from queries.cubes import spark
from queries.cubes.engine import EngineError
from queries.cubes.engines import engine
from queries.refresh.run import refresh
from queries.store.publication import alike
from queries.store.snapshot import Snapshot
from queries.store.versions import stored_days

D = date(2026, 6, 17)

#: What a day says of its rows.
COUNTED = (
    "rows_read",
    "rows_kept",
    "rows_set_aside",
    "rows_reported",
    "connected",
    "demonstration",
)

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("sail")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A demonstration with what it plants for the checks to find."""
    target = tmp_path_factory.mktemp("parquet") / "registry"
    write(demonstration(World(persons=300)), f"parquet:///{target}")
    return target


def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def test_rows_set_aside_report_and_refusals_are_equal(folder, tmp_path):
    here = with_report(load(f"parquet:///{folder}", tmp_path / "here"), D)
    cluster = engine("spark", work(tmp_path))
    there = with_report(load_by(cluster, f"parquet:///{folder}", tmp_path / "work" / "rows"), D)
    assert there.findings == here.findings
    assert (there.rows_read, there.rows_kept) == (here.rows_read, here.rows_kept)
    assert there.rows_set_aside == here.rows_set_aside
    assert sum(map(len, here.rows_set_aside.values())) > 8
    assert implausible(there) == implausible(here)


def test_a_day_of_a_folder_of_parquet_is_the_day_of_polars(folder, tmp_path, monkeypatch):
    cluster = work(tmp_path)
    url = f"parquet:///{folder}"
    (ours,) = refresh(url, tmp_path / "polars", D, 0)
    monkeypatch.setattr("queries.refresh.run.load", None)
    (theirs,) = refresh(url, tmp_path / "spark", D, 0, "spark", work=cluster)
    assert_equal(theirs, ours)
    assert list(cluster.iterdir()) == []


def assert_equal(one: Snapshot, other: Snapshot) -> None:
    for each in COUNTED:
        assert one.manifest[each] == other.manifest[each], each
    assert names(one) == names(other)
    assert [name for name in names(other) if not alike(one.cube(name), other.cube(name))] == []


def names(snapshot: Snapshot) -> set[str]:
    return {path.stem for path in snapshot.path.glob("*.parquet")}


def test_a_catalogue_is_read_as_a_folder_is(folder, tmp_path, monkeypatch):
    session = spark._session(os.environ["SPARK_REMOTE"])
    # Sail's catalogue is a session's own.
    monkeypatch.setattr(spark, "_session", lambda _remote: session)
    session.sql("CREATE SCHEMA registry")
    for file in folder.iterdir():
        session.sql(f"CREATE TABLE registry.{file.stem} USING parquet LOCATION '{file}'")
    there = load_by(engine("spark", work(tmp_path)), "spark:registry", tmp_path / "work" / "rows")
    here = load(f"parquet:///{folder}", tmp_path / "here")
    assert there.rows_set_aside == here.rows_set_aside
    assert there.rows_kept == here.rows_kept
    assert there.absent == []


def test_values_of_all_sorts_are_typed_alike(tmp_path):
    target = tmp_path / "registry"
    target.mkdir()
    days = [date(1850, 1, 1), date(1899, 12, 30), date(1900, 1, 1), date(9999, 12, 31), None]
    at = datetime(2026, 3, 2, 17)
    odd = {
        "person": pl.DataFrame(
            {
                "person_key": [" a\t", "\u200bb", "c.0", "4.0", "NULL", "\xa0d"],
                "death_date": [*days, date(2026, 1, 1)],
                "birth_month": [date(1980, 1, 1), *days],
            }
        ),
        "benefit_spell": pl.DataFrame(
            {
                "spell_id": [1, 2, 3, 4],
                "region_code": ["621202000000", "621202001000", "000000", "62"],
                "household_key": ["000", "0a", "—", None],
                "monthly_amount": [
                    Decimal("0.29"),
                    Decimal("-1.10"),
                    Decimal("999999999999.99"),
                    None,
                ],
                "valid_from": [date(1900, 1, 1), date(1850, 1, 1), None, date(2026, 1, 1)],
            }
        ),
        "warning": pl.DataFrame(
            {"warning_id": ["x", "y"], "raised_at": [at, None]},
        ).with_columns(pl.col("raised_at").dt.replace_time_zone("UTC")),
        "region": pl.DataFrame(
            # Of one number and NaN, Sail 0.7 makes the number twice.
            {"region_code": ["621200", "621202", "6212"], "longitude": [104.9, 105.1, float("nan")]}
        ),
    }
    for name, drawn in registry().items():
        usual = drawn.lazy().collect()
        rows = odd.get(name, usual)
        empty = [pl.lit(None, t).alias(c) for c, t in usual.schema.items() if c not in rows.columns]
        rows.with_columns(empty).write_parquet(target / f"{name}.parquet")
    here = load(f"parquet:///{target}", tmp_path / "here")
    cluster = engine("spark", work(tmp_path))
    there = load_by(cluster, f"parquet:///{target}", tmp_path / "work" / "rows")
    assert there.findings == here.findings
    for name in odd:
        assert_frame_equal(
            collected(nw.from_native(there.frames[name]).sort(key_of(name))),
            here.frames[name].collect().sort(key_of(name)),
        )


def end_when_typed(server: subprocess.Popen, cluster: Path) -> None:
    while server.poll() is None and not list(cluster.glob("*/typed/person.parquet")):
        time.sleep(0.02)
    server.kill()


def test_a_server_lost_while_it_checks_publishes_nothing_and_leaves_nothing(
    folder, tmp_path, monkeypatch
):
    cluster, url = work(tmp_path), f"parquet:///{folder}"
    with sail_server.own_server() as (remote, server):
        monkeypatch.setenv("SPARK_REMOTE", remote)
        ending = Thread(target=end_when_typed, args=(server, cluster))
        ending.start()
        with pytest.raises(EngineError, match=f"nothing of {D} is published"):
            refresh(url, tmp_path / "store", D, 0, "spark", work=cluster)
        ending.join()
    assert stored_days(tmp_path / "store") == []
    assert list(cluster.iterdir()) == []
