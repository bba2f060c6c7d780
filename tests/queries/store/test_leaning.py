"""A day that leans on an earlier one: the same cubes, in a fraction of the room."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from queries.__main__ import main
from queries.store import leaning, publication
from queries.store.manifests import base_of
from queries.store.publication import alike
from queries.store.snapshot import open_snapshot
from queries.store.versions import broken_days, forget_versions, stored_days

END, DAY = date(2026, 9, 30), date(2026, 10, 12)
ROWS = 2_000


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """A thousand rows are many here."""
    for module in (leaning, publication):
        monkeypatch.setattr(module, "LEAST", 1_000)


def flow(rows: int = ROWS, changed: int = 0) -> pl.DataFrame:
    """A row a day, the last of which are of the newest days; a few of `changed` value."""
    number = pl.int_range(rows, eager=True)
    return pl.DataFrame(
        {
            "id": ["I0101", "I0102"] * (rows // 2),
            "region": pl.Series(["621202", None] * (rows // 2)),
            "day": number,
            "numerator": number % 7 + (number < changed).cast(pl.Int64),
            "denominator": number % 11,
        }
    ).sample(fraction=1, shuffle=True, seed=rows)


def publish(folder: Path, day: date, frame: pl.DataFrame):
    cubes = {"flow.city": frame, "regions": pl.DataFrame({"code": ["621200"]})}
    return publication.write(folder, day, cubes, {"connected": []})


def test_what_leans_reads_as_what_was_stored(tmp_path):
    publish(tmp_path, END, flow())
    later = flow(ROWS + 40, changed=5)
    snapshot = publish(tmp_path, DAY, later)
    assert base_of(snapshot.path) == tmp_path / "2026-09-30" / "1"
    assert pl.read_parquet(snapshot.path / "flow.city.parquet").height == 45
    assert pl.read_parquet(snapshot.path / "flow.city.gone").height == 5
    assert alike(snapshot.cube("flow.city"), later)
    since = ROWS - 3
    assert alike(snapshot.cube("flow.city", since), later.filter(pl.col("day") >= since))
    assert alike(snapshot.cube("flow.city", 3), later.filter(pl.col("day") >= 3))


def test_month_ends_are_whole_and_nothing_leans_on_what_leans(tmp_path):
    publish(tmp_path, END, flow())
    for day in (DAY, DAY + timedelta(1), date(2026, 10, 31), date(2026, 11, 1)):
        publish(tmp_path, day, flow(changed=1))
    bases = {day: base_of(open_snapshot(tmp_path, day).path) for day in stored_days(tmp_path)}
    named = {day: base and base.parent.name for day, base in bases.items()}
    assert named == {
        END: None,
        DAY: "2026-09-30",
        DAY + timedelta(1): "2026-09-30",
        date(2026, 10, 31): None,
        date(2026, 11, 1): "2026-10-31",
    }


def test_nothing_leans_on_a_day_long_before_or_later(tmp_path):
    publish(tmp_path, date(2026, 6, 30), flow())
    publish(tmp_path, date(2026, 11, 30), flow())
    assert base_of(publish(tmp_path, DAY, flow()).path) is None


@pytest.mark.parametrize(
    "other",
    [
        flow().with_columns(pl.col("numerator") + 1),
        flow().with_columns(pl.col("numerator").cast(pl.Int32)),
        pl.concat([flow(), flow()]),
        flow(500),
    ],
    ids=["all changed", "other type", "rows twice", "small"],
)
def test_what_gains_nothing_or_is_not_exact_is_stored_whole(tmp_path, other):
    publish(tmp_path, END, flow())
    snapshot = publish(tmp_path, DAY, other)
    assert base_of(snapshot.path) is None
    assert alike(snapshot.cube("flow.city"), other)


def test_a_day_whose_base_is_lost_cannot_serve_and_says_why(tmp_path, caplog):
    publish(tmp_path, END, flow())
    publish(tmp_path, DAY, flow(changed=1))
    shutil.rmtree(tmp_path / "2026-09-30")
    forget_versions()
    assert broken_days(tmp_path) == [DAY]
    assert "2026-10-12/1 leans on" in caplog.text


def test_the_same_cubes_again_are_no_new_version(tmp_path):
    publish(tmp_path, END, flow())
    snapshot = publish(tmp_path, DAY, flow(changed=1))
    cubes = {name: snapshot.cube(name) for name in ("flow.city", "regions")}
    assert publication.same(snapshot, cubes)


def test_what_days_that_stay_lean_on_is_not_pruned(tmp_path, capsys):
    start = date(2026, 10, 5)
    publish(tmp_path, start, flow())
    for number in range(1, 20):
        publish(tmp_path, start + timedelta(number), flow(changed=number))
    keep = ["--keep", "daily=3,month-ends=all,meetings=all"]
    assert main(["prune", "--snapshot", str(tmp_path), *keep]) == 0
    assert stored_days(tmp_path) == [start, *(date(2026, 10, n) for n in (22, 23, 24))]


def test_a_base_is_a_version_of_the_store_and_nothing_else(tmp_path):
    path = publish(tmp_path, END, flow()).path / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"base": "../../elsewhere/1"}))
    forget_versions()
    assert broken_days(tmp_path) == [END]
