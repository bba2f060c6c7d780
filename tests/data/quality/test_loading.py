"""Loading: required and optional tables, the frames handed on, the fingerprint."""

import polars as pl
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from data.quality.loading import load, load_frames
from data.registry import contract
from data.registry.connection import RegistryError, registry_url
from drawing import draw, registry

PEOPLE = """
    person_key | sex    | birth_month
    a          | male   | 1990-05-01
    b          | female |
    c          | woman  | 1991-01-01
"""
SPELLS = """
    spell_id | person_key | programme_code | valid_from | monthly_amount
    1        | a          | P0801          | 2026-01-01 | 310.55
    2        | b          | P0801          | 2026-01-01 | 0.10
"""


def frames():
    return registry(person=PEOPLE, benefit_spell=SPELLS)


def store(url, tables):
    """A registry database with these frames; money in yuan again."""
    engine = create_engine(registry_url(url), poolclass=NullPool)
    contract.metadata.create_all(engine, tables=[contract.TABLES[name] for name in tables])
    with engine.begin() as connection:
        for name, frame in tables.items():
            money = [
                each.name
                for each in contract.TABLES[name].columns
                if each.info["type"].startswith("decimal")
            ]
            rows = frame.with_columns(pl.col(money).cast(pl.Decimal(14, 2)) / 100).to_dicts()
            if rows:
                connection.execute(contract.TABLES[name].insert(), rows)
    return url


def test_a_missing_required_table_and_column_are_all_named():
    tables = frames()
    del tables["person"], tables["warning"]
    tables["referral"] = tables["referral"].drop("sent_at", "to_dept")
    with pytest.raises(RegistryError) as refused:
        load_frames(tables)
    assert str(refused.value).endswith("person、warning、referral.to_dept、referral.sent_at")


def test_an_optional_table_that_is_missing_or_lacks_a_column_is_absent():
    tables = frames() | {"appeal": draw("appeal", "appeal_id\na").drop("raised_at")}
    loaded = load_frames(tables)
    assert sorted(loaded.frames) == sorted(contract.REQUIRED)
    assert loaded.absent == contract.OPTIONAL
    assert [(each.table, each.rule, each.column) for each in loaded.findings] == [
        ("appeal", "missing_column", "raised_at"),
        ("person", "unknown_code", "sex"),
    ]


def test_frames_have_all_contract_columns_in_order_and_type():
    tables = frames()
    tables["person"] = tables["person"].select(
        pl.lit("x").alias("name"), *reversed(tables["person"].columns)
    )
    loaded = load_frames(tables)
    for name, frame in loaded.frames.items():
        assert frame.collect_schema() == contract.polars_schema(name)


def test_rows_read_kept_and_set_aside(tmp_path):
    loaded = load_frames(frames(), tmp_path)
    assert loaded.rows_read["person"] == 3
    assert loaded.rows_kept["person"] == 2
    assert loaded.rows_set_aside == {"person": {"unknown_code": 1}}
    assert (loaded.set_aside("person"), loaded.set_aside()) == (1, 1)
    assert loaded.frames["person"].collect()["person_key"].sort().to_list() == ["a", "b"]


def test_empty_required_tables_are_fine():
    loaded = load_frames(registry())
    assert sum(loaded.rows_read.values()) == loaded.rows_read["region"]
    assert loaded.findings == []


def test_the_fingerprint_knows_content_but_not_order():
    tables = frames()
    first = load_frames(tables).fingerprint
    shuffled = {name: frame.reverse() for name, frame in tables.items()}
    assert load_frames(shuffled).fingerprint == first
    changed = tables | {"person": draw("person", PEOPLE.replace("1990", "1989"))}
    assert load_frames(changed).fingerprint != first
    twice = tables | {"person": pl.concat([tables["person"], tables["person"]])}
    assert load_frames(twice).fingerprint != first
    more = tables | {"appeal": draw("appeal", "appeal_id")}
    assert load_frames(more).fingerprint != first


def test_values_that_change_columns_change_the_fingerprint():
    one = load_frames(registry(region="region_code | parent_code | region_name\n1 | x | y"))
    other = load_frames(registry(region="region_code | parent_code | region_name\n1 | y | x"))
    assert one.fingerprint != other.fingerprint


@pytest.mark.slow
def test_two_products_and_two_ways_of_reading_give_one_registry(tmp_path, postgres_url):
    tables = frames()
    in_memory = load_frames(tables)
    urls = [f"sqlite:///{tmp_path / 'registry.db'}", postgres_url]
    for number, url in enumerate(urls):
        store(url, tables)
        for fast in (True, False):
            loaded = load(url, tmp_path / f"{number}{fast}", fast=fast)
            assert loaded.fingerprint == in_memory.fingerprint
            assert loaded.rows_set_aside == in_memory.rows_set_aside
            for name, frame in loaded.frames.items():
                keys = contract.key_of(name)
                expected = in_memory.frames[name].collect().sort(keys)
                assert frame.collect().sort(keys).equals(expected)


@pytest.mark.slow
def test_loading_again_into_the_same_folder_leaves_nothing_of_the_first(tmp_path):
    tables = frames()
    store(f"sqlite:///{tmp_path / 'one.db'}", tables)
    store(f"sqlite:///{tmp_path / 'two.db'}", tables | {"person": tables["person"].head(1)})
    load(f"sqlite:///{tmp_path / 'one.db'}", tmp_path / "into")
    second = load(f"sqlite:///{tmp_path / 'two.db'}", tmp_path / "into")
    assert second.frames["person"].collect()["person_key"].to_list() == ["a"]
