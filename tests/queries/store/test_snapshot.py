"""What is read of the store: a day that is there, a cube that is whole, a day of older code."""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from queries.access import access
from queries.answers.attention import attention
from queries.answers.indicators import indicators
from queries.answers.open_cases import LATER, open_cases
from queries.scope import month_ends
from queries.store import publication, snapshot
from queries.store.snapshot import open_snapshot
from queries.store.versions import SnapshotError, stored_days

D = date(2026, 10, 31)
CUBES = {"flow.city": pl.DataFrame({"n": [1, 2]})}


def store(folder: Path, cubes=CUBES) -> snapshot.Snapshot:
    with publication.locked(folder):
        return publication.write(folder, D, cubes, {"as_of": D.isoformat()})


def test_a_day_that_is_not_stored_names_those_that_are(tmp_path):
    store(tmp_path)
    with pytest.raises(SnapshotError, match=r"2026-09-30 is not stored .* 2026-10-31"):
        snapshot.open_snapshot(tmp_path, date(2026, 9, 30))


def test_a_half_written_cube_is_named(tmp_path):
    stored = store(tmp_path)
    (stored.path / "flow.city.parquet").write_bytes(b"PAR1 half")
    with pytest.raises(SnapshotError, match=r"flow\.city"):
        stored.cube("flow.city")


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
