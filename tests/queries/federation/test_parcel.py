"""What leaves a city, and what a receiver takes: counts alone, of a listed key, as they were signed."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cities import Senders
from drawing import registry, snapshot_of
from queries.access import AccessError
from queries.answers.open_cases import open_cases
from queries.federation.keys import FederationError, Receiver, keygen
from queries.federation.parcel import pack, receive
from queries.store.snapshot import open_snapshot

D = date(2026, 10, 31)

LONGNAN = "621200"


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    frames = registry(
        identification_spell="""
            spell_id | person_key  | household_key | category_code | region_code | valid_from
            s1       | person-zhao | home-zhao     | dibao         | 621202001   | 2024-01-01
        """,
        warning="""
            warning_id | direction | person_key  | region_code | raised_at
            W-case-1   | entry     | person-zhao | 621202001   | 2026-10-09 10:00:00
        """,
        referral="""
            referral_id | person_key  | region_code | to_dept   | sent_at
            R-case-1    | person-zhao | 621202001   | education | 2026-10-12
        """,
        joint_meeting="""
            meeting_id | held_on    | data_cutoff_on
            M-1        | 2026-10-20 | 2026-10-15
        """,
        meeting_item="""
            item_id  | meeting_id | item_name   | status_code
            item-one | M-1        | 研究赵某一事 | open
        """,
    )
    return snapshot_of(frames, tmp_path_factory.mktemp("city"), D).folder


@pytest.fixture
def senders(tmp_path) -> Senders:
    return Senders(tmp_path, (LONGNAN, "620500"))


@pytest.fixture
def parcel(senders, store) -> Path:
    return senders.parcel(LONGNAN, store, D)


def taken(senders: Senders, parcel: Path, listed: Receiver | None = None):
    return receive(parcel, D, senders.folder / "province", listed or senders.listed)


def test_no_case_no_person_and_no_item_leaves_the_city(store, parcel):
    names = re.compile("zhao|case-1|item-one|赵某")
    texts = {
        value
        for path in (parcel / f"{D}" / "1").glob("*.parquet")
        for column in pl.read_parquet(path).select(pl.col(pl.String))
        for value in column.drop_nulls()
    }
    assert [text for text in texts if names.search(text)] == []
    # They are in the city's own store.
    at_home = open_snapshot(store, D)
    assert at_home.cube("open_warnings")["case"].to_list() == ["W-case-1"]
    assert at_home.cube("decisions")["item_name"].to_list() == ["研究赵某一事"]


def test_a_cube_that_names_cases_is_never_signed(store, tmp_path, monkeypatch):
    monkeypatch.setattr("queries.federation.parcel.SENT", {"open_warnings"})
    with pytest.raises(FederationError, match=r"open_warnings.parquet has a column case, which"):
        pack(store, D, tmp_path)
    assert list(tmp_path.glob("*/*")) == []


def test_a_parcel_is_a_store_whose_lists_are_refused(senders, store, parcel):
    received = taken(senders, parcel)
    ours, theirs = (day.cube("stock.city") for day in (received, open_snapshot(store, D)))
    assert ours.equals(theirs)
    with pytest.raises(AccessError, match="不含逐件清单"):
        open_cases(received)
    assert "joint_meeting" not in received.manifest["connected"]


def test_a_parcel_received_twice_is_there_once(senders, parcel):
    assert taken(senders, parcel).path == taken(senders, parcel).path


def refused(senders: Senders, parcel: Path, why: str, listed: Receiver | None = None) -> None:
    with pytest.raises(FederationError, match=why):
        taken(senders, parcel, listed)
    assert list((senders.folder / "province").glob("cities/*/*/*")) == []


def test_a_key_that_is_not_listed_is_refused(senders, parcel):
    others = {code: city for code, city in senders.listed.cities.items() if code != LONGNAN}
    refused(senders, parcel, "signed by no key of the list", Receiver("620000", "甘肃省", others))


def test_another_city_s_key_signs_for_nobody_else(senders, store):
    parcel = senders.parcel("620500", store, D)
    refused(senders, parcel, r"\(city 620500\) says city 621200, the receiver 620500")


def test_a_changed_file_is_refused(senders, parcel):
    cube = parcel / f"{D}" / "1" / "stock.city.parquet"
    pl.read_parquet(cube).with_columns(pl.col("numerator") + 1).write_parquet(cube)
    refused(senders, parcel, "stock.city.parquet is not as it was signed")


def test_a_missing_file_is_refused(senders, parcel):
    (parcel / f"{D}" / "1" / "stock.city.parquet").unlink()
    refused(senders, parcel, "stock.city.parquet cannot be read")


def test_changed_sums_are_refused(senders, parcel):
    sums = parcel / f"{D}" / "1" / "SHA256SUMS"
    sums.write_text(sums.read_text() + "\n")
    refused(senders, parcel, "signed by no key of the list")


@pytest.mark.parametrize(
    ("field", "value"),
    [("definitions", 1), ("contract_version", "0123456789ab"), ("as_of", "2026-09-30")],
)
def test_other_definitions_contract_or_day_are_refused_by_name(
    senders, store, field, value, monkeypatch
):
    described = pack.__globals__["_described"]
    monkeypatch.setattr(
        "queries.federation.parcel._described", lambda *of: described(*of) | {field: value}
    )
    parcel = senders.parcel(LONGNAN, store, D)
    refused(senders, parcel, rf"{D}/1 \(city 621200\) says {field} {value}, the receiver .*agree")


def test_an_older_version_is_refused_after_a_newer_one(senders, store, parcel):
    taken(senders, parcel)
    kept = senders.folder / "province" / "cities" / LONGNAN / f"{D}"
    kept.joinpath("1").rename(kept / "2")
    kept.joinpath("current").write_text("2")
    with pytest.raises(FederationError, match="version 2 of 621200 was received before"):
        taken(senders, parcel)


def test_the_same_version_with_other_figures_is_refused(senders, store, parcel, tmp_path):
    taken(senders, parcel)
    again = tmp_path / "again"
    shutil.copytree(store, again)
    manifest = again / f"{D}" / "1" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"seconds": 1}))
    senders.folder = tmp_path / "second"
    parcel = senders.parcel(LONGNAN, again, D)
    senders.folder = tmp_path
    with pytest.raises(FederationError, match="same version came before with other figures"):
        taken(senders, parcel)


def test_without_a_key_nothing_is_signed(store, tmp_path, monkeypatch):
    monkeypatch.delenv("SIGNING_KEY", raising=False)
    with pytest.raises(FederationError, match="SIGNING_KEY is not set"):
        pack(store, D, tmp_path)
    monkeypatch.setenv("SIGNING_KEY", "no key")
    with pytest.raises(FederationError, match="SIGNING_KEY is no Ed25519 key"):
        pack(store, D, tmp_path)


def test_what_was_received_is_not_signed_again(senders, parcel, monkeypatch, tmp_path):
    received = taken(senders, parcel)
    monkeypatch.setenv("SIGNING_KEY", keygen()[0])
    with pytest.raises(FederationError, match="made by a parcel; a city signs what it refreshed"):
        pack(received.folder, D, tmp_path)
