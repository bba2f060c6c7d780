"""A province's day from its cities' parcels: counts are added, figures are made of the sums."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from data import china
from data.reference.place import CITY_DIGITS
from data.registry.contract import polars_schema
from queries.cubes import flows
from queries.cubes.rollup import as_text, coded
from queries.federation.keys import FederationError, Receiver
from queries.federation.parcel import MEASURES, SUMS, receive, without
from queries.refresh.manifest import code_version, contract_version
from queries.refresh.run import figures, store
from queries.region import LEVELS
from queries.store import publication
from queries.store.snapshot import Draft, Snapshot
from queries.store.versions import stored_days

#: Tables of which each city counts its own, and the province none.
CITY_ALONE = ("match_run",)

#: What is read from them and from `parcel.LISTED`: a department supplies data to several cities,
#: and each city has a last meeting of its own.
NOT_ADDED = ("I0401", "I1301", "I1302")

Cubes = dict[str, pl.DataFrame]


def merge(parcels: Sequence[Path], into: Path, as_of: date, listed: Receiver) -> Snapshot:
    """
    Stores the province's day of the parcels; every listed city without one is named by its pages.

    FederationError for a parcel that is refused (`parcel.receive`), two of one city, parcels of
    different tables, and a store that is a city's own.
    """
    with publication.locked(into):
        _refuse_own(into)
        cities = {}
        for parcel in parcels:
            city = receive(parcel, as_of, into, listed)
            if (code := city.folder.name) in cities:
                raise FederationError(f"{parcel}: another parcel of city {code} is named too")
            cities[code] = city
        _refuse_unlike(cities)
        cubes = _added(cities) | _beside(cities, listed)
        described = _described(list(cities.values()), as_of) | {"province": listed.code}
        cubes |= figures(Draft(as_of, cubes, described))
        return store(into, as_of, cubes, described)


def _refuse_own(into: Path) -> None:
    for day in stored_days(into):
        if not (into / "cities").exists():
            raise FederationError(f"{into} holds {day} of a registry; merge into another folder")


def _refuse_unlike(cities: dict[str, Snapshot]) -> None:
    """Cities without a table of the others count less by it: their sum would be of no place."""
    connected = {code: set(city.manifest["connected"]) for code, city in cities.items()}
    every = set[str]().union(*connected.values())
    lacking = {code: sorted(every - tables) for code, tables in connected.items()}
    if any(lacking.values()):
        named = "; ".join(f"city {code}: {', '.join(t)}" for code, t in lacking.items() if t)
        raise FederationError(f"not all cities report the same tables; missing from {named}")


def _added(cities: dict[str, Snapshot]) -> Cubes:
    """Counts by region, added cell by cell; a row's region may lie in another city."""
    cubes = {}
    for cube, measures in MEASURES.items():
        for level in LEVELS:
            rows = _under_one_another(f"{cube}.{level}", cities)
            if "id" in rows.columns:
                rows = rows.filter(~pl.col("id").is_in(NOT_ADDED))
            cubes[f"{cube}.{level}"] = _summed_cells(rows, measures)
    return cubes


def _summed_cells(rows: pl.DataFrame, measures: tuple[str, ...]) -> pl.DataFrame:
    dimensions = [name for name in rows.columns if name not in measures]
    summed = coded(rows).lazy().group_by(dimensions).agg(pl.col(measures).sum())
    cells = summed.collect(engine="streaming")
    return as_text(
        cells.sort(flows.order(cells) if {"id", "day"} <= set(dimensions) else dimensions)
    )


def _under_one_another(name: str, cities: dict[str, Snapshot]) -> pl.DataFrame:
    frames = {city.path: city.cube(name) for city in cities.values()}
    first, *_ = frames.values()
    for path, frame in frames.items():
        if frame.schema != first.schema:
            raise FederationError(f"{path}: {name} has other columns than the other parcels'")
    return pl.concat(frames.values())


def _beside(cities: dict[str, Snapshot], listed: Receiver) -> Cubes:
    """What counts need: regions, population, policies; how fresh and complete; who reported."""
    regions = pl.concat([_province(listed), *_own(cities, "regions", "region_code")])
    completeness = _under_one_another("completeness", cities)
    freshness = _under_one_another("freshness", cities)
    cubes = {
        "regions": regions,
        "completeness": completeness.group_by("table", "field", "county", maintain_order=True).agg(
            pl.col("rows", "filled").sum()
        ),
        "freshness": freshness.group_by("table", "county", maintain_order=True).agg(
            pl.col("last").max()
        ),
        "cities": _reported(cities, listed),
    }
    if population := _own(cities, "population", "region_code"):
        cubes["population"] = _comparable(population)
    if policies := _own(cities, "policies", "county"):
        cubes["policies"] = pl.concat(policies)
    return cubes


def _own(cities: dict[str, Snapshot], name: str, column: str) -> list[pl.DataFrame]:
    """A table of each city without what it says of regions that are not its own."""
    return [
        city.cube(name).filter(pl.col(column).str.starts_with(code[:CITY_DIGITS]))
        for code, city in cities.items()
        if city.holds(name)
    ]


def _province(listed: Receiver) -> pl.DataFrame:
    """The top row of the regions."""
    named = {"region_code": listed.code, "region_level": "province", "region_name": listed.name}
    return pl.DataFrame([named], schema=polars_schema("region"))


def _comparable(population: list[pl.DataFrame]) -> pl.DataFrame:
    """Population up to the latest year that all cities know: persons of all ÷ that of all."""
    if any(frame.is_empty() for frame in population):
        return population[0].clear()
    latest = pl.concat(frame.select(pl.col("stat_year").max()) for frame in population)
    return pl.concat(population).filter(pl.col("stat_year") <= latest["stat_year"].min())


def _reported(cities: dict[str, Snapshot], listed: Receiver) -> pl.DataFrame:
    """
    Every city that is expected: code, name, version of its day (null: it has not reported).

    A cube, so that a city's later version is another version of the province's day too.
    """
    return pl.DataFrame(
        [
            (code, city.name, cities[code].version if code in cities else None)
            for code, city in sorted(listed.cities.items())
        ],
        schema={"code": pl.String, "name": pl.String, "version": pl.Int64},
        orient="row",
    )


def _described(cities: Sequence[Snapshot], as_of: date) -> dict[str, Any]:
    """The manifest: sums over the cities; a table is as old as where it is oldest."""
    each = [without(city.manifest, CITY_ALONE) for city in cities]
    last = [(table, day) for m in each for table, day in m.get("last_records", {}).items()]
    return {
        "as_of": as_of.isoformat(),
        "created_at": china.now().isoformat(timespec="seconds"),
        "registry_fingerprint": _digest(cities),
        "contract_version": contract_version(),
        "code_version": code_version(),
        "engine": "merge",
        "counts_alone": True,
        "connected": each[0]["connected"],
        "absent": each[0]["absent"],
        "demonstration": any(m["demonstration"] for m in each),
        **{name: _summed(m[name] for m in each) for name in ("rows_read", "rows_kept")},
        **{
            name: _by_rule(m.get(name, {}) for m in each)
            for name in ("rows_set_aside", "rows_reported")
        },
        "last_records": {table: min(d for t, d in last if t == table) for table, _ in last},
        "forced": [f"{_name(c)}：{why}" for c in cities for why in c.manifest.get("forced", [])],
    }


def _name(city: Snapshot) -> str:
    return city.cube("regions").filter(region_level="city")["region_name"].item()


def _digest(cities: Sequence[Snapshot]) -> str:
    """What the day was made of: of each city's signed sums."""
    sums = sorted((city.path / SUMS).read_bytes() for city in cities)
    return hashlib.sha256(b"".join(sums)).hexdigest()[:16]


def _summed(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    """Rows by table, added."""
    rows = Counter[str]()
    for by_table in counts:
        rows.update(by_table)
    return dict(rows)


def _by_rule(counts: Iterable[dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    """Rows by table and rule, added."""
    rows: dict[str, Counter[str]] = {}
    for tables in counts:
        for table, by_rule in tables.items():
            rows.setdefault(table, Counter()).update(by_rule)
    return {table: dict(by_rule) for table, by_rule in rows.items()}
