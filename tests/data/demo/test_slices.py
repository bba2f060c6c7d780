"""A registry larger than a city, made slice by slice."""

import polars as pl
import pytest

from data.demo import load, slices
from data.demo.world import World
from data.quality.loading import load as read
from data.quality.loading import with_report
from data.quality.plausible import implausible
from data.registry.contract import TABLES, key_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """1,000 persons in three slices of at most 400."""
    target = tmp_path_factory.mktemp("sliced") / "registry"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "USUAL_PERSONS", 400)
        patch.setattr(load, "USUAL_PERSONS", 400)
        load.make(World(1_000), f"parquet:///{target}", False, lambda step: None)
    return target


def table(folder, name) -> pl.DataFrame:
    return pl.read_parquet(folder / name / "*.parquet")


def test_worlds_hold_the_persons_together():
    assert [each.persons for each in slices.worlds(World(1_000_000))] == [250_000] * 4
    assert slices.worlds(World(1_000)) == [World(1_000)]


def test_a_file_a_slice_and_one_of_what_is_common(folder):
    assert {path.name for path in folder.iterdir()} == set(TABLES)
    assert len(list((folder / "person").iterdir())) == 3
    assert len(list((folder / "region").iterdir())) == 1


def test_no_two_slices_share_a_person_or_a_case(folder):
    for name in ("person", "identification_spell", "warning", "referral", "benefit_event"):
        keys = table(folder, name)[key_of(name)[0]]
        assert keys.n_unique() == len(keys)


def test_counties_hand_in_once_for_all_slices(folder):
    handed_in = table(folder, "data_submission")
    months = handed_in.filter(~pl.col("submission_id").is_duplicated())
    assert months.group_by("region_code", "dataset_code", "period_month").len()["len"].max() == 1


def test_what_a_match_warned_of_is_in_the_slices(folder):
    runs, warned = table(folder, "match_run"), table(folder, "warning")
    by_run = warned.filter(~pl.col("warning_id").str.starts_with("Z"))["match_run_id"].drop_nulls()
    assert runs["warning_count"].sum() == len(by_run)
    assert set(by_run) <= set(runs["run_id"])


def test_the_ledger_has_a_row_a_programme_county_and_month(folder):
    ledger = table(folder, "fund_ledger")
    assert ledger.select(pl.struct(key_of("fund_ledger")).is_unique().all()).item()


def test_it_is_read_as_any_registry_and_may_be_published(folder, tmp_path):
    loaded = with_report(read(f"parquet:///{folder}", tmp_path))
    orphans = {
        (each.table, each.column): each.rows
        for each in loaded.findings
        if each.rule == "orphan_reference"
    }
    # Those that are planted, in each slice.
    assert set(orphans) == {
        ("referral", "warning_id"),
        ("benefit_event", "person_key"),
        ("benefit_spell", "region_code"),
    }
    assert implausible(loaded) == []


def test_it_takes_the_place_of_files(folder, tmp_path):
    target = tmp_path / "registry"
    load.make(World(200), f"parquet:///{target}", False, lambda step: None)
    assert (target / "person.parquet").is_file()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slices, "USUAL_PERSONS", 100)
        patch.setattr(load, "USUAL_PERSONS", 100)
        load.make(World(200), f"parquet:///{target}", True, lambda step: None)
    assert not (target / "person.parquet").exists()
    assert len(list((target / "person").iterdir())) == 2
