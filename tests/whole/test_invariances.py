"""What must not change a figure does not: later events, order of rows, database, engine.

`docs/definitions.md`, “As of”: cutting every later event out of the registry changes no figure.
"""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.demo.build import build as demonstration
from data.demo.load import load as write
from data.demo.world import World
from data.quality.loading import Loaded, load, load_frames
from queries.answers.coverage import coverage
from queries.answers.indicators import indicators
from queries.answers.warnings import warnings
from queries.cubes.build import build, stage_registry
from queries.cubes.engines import engine
from queries.cubes.programmes import SHARED_GAP
from queries.refresh.run import refresh_loaded
from queries.store.publication import alike
from queries.store.snapshot import Snapshot

D = date(2026, 6, 17)

#: When a row begins to exist; a row of another table stands from the start.
STARTS = {
    "identification_spell": "valid_from",
    "circumstance_spell": "valid_from",
    "benefit_spell": "valid_from",
    "programme_policy": "valid_from",
    "hardship_event": "occurred_on",
    "benefit_event": "occurred_on",
    "application": "accepted_on",
    "warning": "raised_at",
    "referral": "sent_at",
    "coordination_case": "opened_at",
    "appeal": "raised_at",
    "emergency_case": "reported_at",
    "field_visit": "visited_on",
    "match_run": "run_at",
    "joint_meeting": "held_on",
    "fund_ledger": "period_month",
}

#: Days that were set beforehand: they say what shall be, not what happened.
PLANNED = {"due_at", "due_on", "planned_on", "grace_until", "data_cutoff_on", "period_month"}

#: Results and the step that gave them.
RESULTS = {
    ("warning", "verify_result"): "verified_at",
    ("warning", "outcome_code"): "closed_at",
    ("referral", "outcome_code"): "responded_at",
    ("referral", "return_reason"): "returned_at",
    ("application", "result_code"): "decided_on",
    ("data_submission", "error_count"): "submitted_at",
    ("coordination_case", "decision_code"): "decided_at",
}


@pytest.fixture(scope="module")
def small():
    return demonstration(World(persons=2_000))


@pytest.fixture(scope="module")
def loaded(small, tmp_path_factory) -> Loaded:
    folder = tmp_path_factory.mktemp("sqlite")
    write(small, f"sqlite:///{folder}/registry.db")
    return load(f"sqlite:///{folder}/registry.db", folder)


def cubes(of: Loaded, folder: Path, engine_name: str = "polars", day: date = D):
    runner = engine(engine_name, folder)
    connected = stage_registry(of.frames, folder / "staged", day, day, runner)
    return build(runner, folder / "staged", connected, day)


@pytest.fixture(scope="module")
def usual(loaded, tmp_path_factory):
    return cubes(loaded, tmp_path_factory.mktemp("usual"))


def assert_alike(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    assert set(one) == set(other)
    assert [name for name in one if not alike(one[name], other[name])] == []


def cut(name: str, frame: pl.LazyFrame, day: date) -> pl.LazyFrame:
    """A table without what happened after a day."""
    schema = frame.collect_schema()
    later = {
        column: pl.col(column).dt.date() > day
        for column, dtype in schema.items()
        if dtype.is_temporal() and column not in PLANNED
    }
    results = {
        column: pl.col(step).dt.date() > day
        for (table, column), step in RESULTS.items()
        if table == name
    }
    start = STARTS.get(name)
    rows = frame.filter(~later[start].fill_null(False)) if start in later else frame
    gone = (later | results).items()
    return rows.with_columns(
        pl.when(~condition.fill_null(False)).then(column).alias(column)
        for column, condition in gone
    )


def test_cutting_every_later_event_changes_no_figure(loaded, usual, tmp_path):
    before = {name: cut(name, frame, D) for name, frame in loaded.frames.items()}
    assert sum(f.select(pl.len()).collect().item() for f in before.values()) < sum(
        loaded.rows_kept.values()
    )
    assert_alike(usual, cubes(load_frames(before, tmp_path), tmp_path))


def test_the_order_of_rows_changes_nothing(loaded, usual, tmp_path):
    shuffled = {
        name: frame.collect().sample(fraction=1, shuffle=True, seed=7).lazy()
        for name, frame in loaded.frames.items()
    }
    again = load_frames(shuffled, tmp_path)
    assert_alike(usual, cubes(again, tmp_path))


def test_sqlite_and_postgresql_give_equal_cubes(small, usual, postgres_url, tmp_path):
    write(small, postgres_url)
    assert_alike(usual, cubes(load(postgres_url, tmp_path), tmp_path))


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Loaded:
    """As many persons as an engine needs to fill every cube."""
    folder = tmp_path_factory.mktemp("few")
    write(demonstration(World(persons=300)), f"sqlite:///{folder}/registry.db")
    return load(f"sqlite:///{folder}/registry.db", folder)


@pytest.fixture(scope="module")
def few_cubes(few, tmp_path_factory):
    return cubes(few, tmp_path_factory.mktemp("few_cubes"))


@pytest.mark.slow
def test_polars_and_duckdb_give_equal_cubes(few, few_cubes, tmp_path):
    assert_alike(few_cubes, cubes(few, tmp_path, "duckdb"))


@pytest.mark.slow
@pytest.mark.usefixtures("sail")
def test_polars_and_spark_give_equal_cubes(few, few_cubes, tmp_path):
    assert_alike(few_cubes, cubes(few, tmp_path, "spark"))


@pytest.fixture(scope="module")
def snapshot(loaded, tmp_path_factory) -> Snapshot:
    folder = tmp_path_factory.mktemp("store")
    return refresh_loaded(loaded, folder, D, 0, engine("polars"))[-1]


def counts(snapshot: Snapshot, by: str) -> dict[str, float]:
    """Numerators by indicator, summed over the groups of a cut."""
    sums = indicators(snapshot, by).group_by("id").agg(pl.col("numerator").sum())
    return dict(sums.rows())


#: A person or household with rows in two counties counts in each and once in the city.
DISTINCT = {
    "I0109",
    "I0706",
    "I0801",
    "I0806",
    "I0808",
    "I0809",
    "I0803",
    "I0804",
    "I0805",
    "I1101",
    "I1202",
}
#: No sum over regions: rows without a region, decisions of the city, programmes judged in each.
CITY_ONLY = {"I0401", "I0895", "I1301", "I1302"}


def test_counties_add_up_to_the_city(snapshot):
    city, county = counts(snapshot, "city"), counts(snapshot, "county")
    unplaced = snapshot.cube("flow.county").filter(
        ~pl.col("region").is_in(snapshot.cube("regions")["region_code"].to_list())
    )
    for indicator in set(city) - DISTINCT - CITY_ONLY - set(unplaced["id"]):
        assert county[indicator] == pytest.approx(city[indicator]), indicator


def test_main_categories_add_up_to_the_register(snapshot):
    category = counts(snapshot, "category")
    assert category["I0103"] == counts(snapshot, "city")["I0101"] > 1_500


def test_eligible_is_covered_and_excluded_and_gap(snapshot):
    rows = coverage(snapshot, "township").filter(pl.col("basis") != "none").drop_nulls("gap")
    parts = pl.col("covered_eligible") + pl.col("excluded") + pl.col("pending") + pl.col("gap")
    assert rows.filter(pl.col("eligible") != parts).is_empty()
    assert rows["gap"].sum() > 0


def test_states_add_up_to_the_warnings_raised(snapshot):
    everything = indicators(snapshot, "city", date(2000, 1, 1)).filter(id="I0701")
    assert warnings(snapshot, "source")["warnings"].sum() == everything["value"].item()


def test_programmes_add_up_to_the_city_without_the_shared_gap(snapshot):
    rows = coverage(snapshot, "city").filter(
        pl.col("basis") == "suspected", pl.col("programme_code") != SHARED_GAP
    )
    suspected = indicators(snapshot, "city").filter(id="I0892")
    assert rows["gap"].sum() == suspected["value"].item()
