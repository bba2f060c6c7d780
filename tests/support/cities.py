"""Two cities from generated registries: merged to a province, and read as one registry."""

import re
from pathlib import Path
from unittest.mock import patch

import polars as pl

from data.registry.contract import TABLES
from drawing import snapshot_of
from generated import frames_of
from queries.federation.keys import VARIABLE, City, Receiver, key_of, keygen
from queries.federation.merge import merge
from queries.federation.parcel import pack
from queries.store.snapshot import Snapshot
from registries import Case, Registry, registry_of

CODES = ("621200", "620500")

REGIONS = ("region_code", "parent_code", "county_code", "incident_region")

#: Columns that name a row, a person or a household; others hold codes of a list.
NAMES = re.compile(r".*_key|.*_id|duplicate_of|repeat_of")


def other_city(registry: Registry, same_people: bool = False) -> Registry:
    """
    The registry moved to 620500: its regions, and the names of its rows, persons and households.

    `same_people`: persons and households keep theirs, as if each lived in both cities.
    """
    kept = ("person_key", "household_key") if same_people else ()

    def moved(column: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        if column in REGIONS:
            return value.replace("6212", "6205", 1)
        return f"b{value}" if NAMES.fullmatch(column) and column not in kept else value

    return {
        table: [{column: moved(column, value) for column, value in row.items()} for row in rows]
        for table, rows in registry.items()
    }


def registries(case: Case, same_people: bool = False) -> tuple[Registry, Registry]:
    """The case's registry as the first city's, and another of the same day as the second's."""
    second = registry_of(case.seed + 1, case.as_of, case.absent)
    return case.registry, other_city(second, same_people)


def joint(cities: tuple[Registry, Registry], folder: Path, case: Case) -> Snapshot:
    """The day of one registry that holds all rows of both cities."""
    one, other = cities
    # As what it is of, this program knows a city.
    top = dict.fromkeys(column.name for column in TABLES["region"].columns) | {
        "region_code": "620000",
        "region_level": "city",
        "region_name": "甘肃省",
        "sort_order": 0,
    }
    both = {table: [*rows, *other[table]] for table, rows in one.items()}
    both["region"] = [top, *(row for row in both["region"] if row["region_level"] != "city")]
    return snapshot_of(frames_of(both), folder, case.as_of)


class Senders:
    """Cities with keys, who sign, and the receiver that lists them."""

    def __init__(self, folder: Path, codes: tuple[str, ...] = CODES):
        self.folder = folder
        self.keys = {code: keygen() for code in codes}
        self.listed = Receiver(
            "620000",
            "甘肃省",
            {code: City(f"{code}市", key_of(key[1], code)) for code, key in self.keys.items()},
        )

    def parcel(self, code: str, store: Path, as_of) -> Path:
        """The parcel of a day of a store, signed with a city's key."""
        to = self.folder / "parcels" / code
        with patch.dict("os.environ", {VARIABLE: self.keys[code][0]}):
            pack(store, as_of, to)
        return to


def merged(cities: tuple[Registry, Registry], folder: Path, case: Case) -> Snapshot:
    """The province's day of both cities' signed parcels."""
    senders = Senders(folder)
    parcels = []
    for code, registry in zip(CODES, cities, strict=True):
        store = snapshot_of(frames_of(registry), folder / code, case.as_of).folder
        parcels.append(senders.parcel(code, store, case.as_of))
    return merge(parcels, folder / "province", case.as_of, senders.listed)


def cells(frame: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    """A cube's cells, each once and in one order, without those in which nothing is counted."""
    dimensions = [name for name in frame.columns if name not in measures]
    counted = pl.any_horizontal(pl.col(name) != 0 for name in measures)
    sums = frame.group_by(dimensions).agg(pl.col(measures).sum())
    return sums.filter(counted).sort(dimensions)
