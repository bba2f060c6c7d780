"""A registry that workers read, with Polars as the workers: what counts is what `load` says."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data.quality.loading import Loaded, load, load_by, with_report
from data.quality.plausible import implausible
from data.registry.connection import registry_url
from data.registry.contract import key_of
from data.registry.errors import RegistryError
from data.registry.workers import are_asked
from drawing import registry
from queries.cubes.engine import POLARS


@pytest.fixture
def folder(tmp_path):
    """A registry of few rows as a folder of Parquet, some in folders, names in capitals."""
    spells = """
        spell_id | person_key | category_code | region_code | valid_from | valid_to
        1        | a          | dibao         | 621202001   | 2026-01-01 |
        2        | a          | dibao         | 621202001   | 2026-02-01 |
        3        | b          | poor          | 621202001   | 2026-01-01 |
        4        | nobody     | tekun         |             | 2026-01-01 |
        4        | a          | tekun         | 621202001   | 2026-01-01 |
        5        | a          | tekun         | 621202001   | 2026-01-01 | 2025-01-01
    """
    people = "person_key | birth_month\na | 1980-01-01\nb | 1850-01-01\nb | 2026-05-01\nc |"
    target = tmp_path / "registry"
    for name, rows in registry(identification_spell=spells, person=people).items():
        (target / name).mkdir(parents=True)
        stored = rows.rename(str.upper) if name == "person" else rows
        stored.lazy().collect().write_parquet(target / name / "part-0.parquet")
    return target


def by_workers(folder, tmp_path) -> Loaded:
    return with_report(load_by(POLARS, f"parquet:///{folder}", tmp_path / "work"))


def test_rows_findings_and_refusals_are_those_of_load(folder, tmp_path):
    here = with_report(load(f"parquet:///{folder}", tmp_path))
    there = by_workers(folder, tmp_path)
    assert there.rows_set_aside == here.rows_set_aside
    assert there.rows_set_aside["identification_spell"] == {
        "unknown_code": 1,
        "reversed_spell": 1,
        "duplicate_key": 2,
    }
    assert (there.rows_read, there.rows_kept) == (here.rows_read, here.rows_kept)
    assert there.findings == here.findings
    assert {"overlapping_spells", "wrong_type"} <= {each.rule for each in there.findings}
    assert (there.absent, there.fingerprint) == (here.absent, here.fingerprint)
    assert implausible(there) == implausible(here)
    for name, frame in here.frames.items():
        counted, expected = there.frames[name].collect(), frame.collect()
        assert_frame_equal(counted.sort(key_of(name)), expected.sort(key_of(name)))


def test_what_it_lacks_is_said_with_where_was_looked(folder, tmp_path):
    (folder / "warning" / "part-0.parquet").unlink()
    with pytest.raises(RegistryError, match=f"必需的表或列：warning。查找处：parquet:///{folder}"):
        by_workers(folder, tmp_path)


def test_columns_of_other_types_are_refused_all_together(folder, tmp_path):
    for name in ("person", "benefit_spell"):
        file = folder / name / "part-0.parquet"
        rows = pl.read_parquet(file)
        days = [each for each in rows.columns if each.lower() in ("death_date", "valid_to")]
        rows.with_columns(pl.col(days).cast(pl.String)).write_parquet(file)
    with pytest.raises(RegistryError, match=r"valid_to（String，应为date）.*CAST") as refusal:
        by_workers(folder, tmp_path)
    assert "person.death_date" in str(refusal.value)


def test_what_the_workers_of_a_cluster_are_asked_for():
    assert are_asked("spark:gov.registry")
    assert are_asked("parquet:////srv/registry")
    assert not are_asked("sqlite:////srv/registry.db")


def test_a_schema_that_is_no_name_is_no_address(tmp_path):
    with pytest.raises(RegistryError, match=r"spark:目录\.模式"):
        load_by(POLARS, "spark:gov; DROP TABLE x", tmp_path)


def test_without_a_cluster_a_catalogue_is_refused_with_how_to_read_it():
    with pytest.raises(RegistryError, match="--engine spark"):
        registry_url("spark:gov.registry")
