"""Groups of an answer: regions of the registry, departments, programmes, categories, task rows."""

import polars as pl

from data.reference import policy_tables
from data.reference.departments import members
from data.reference.place import path, place
from queries.access import AccessError
from queries.cache import cached
from queries.cubes.terms import CATEGORIES
from queries.store.snapshot import Cubes, Snapshot


def regions(snapshot: Cubes, level: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every region of a level, in official order."""
    return _kept(snapshot, level) if isinstance(snapshot, Snapshot) else _read(snapshot, level)


def _read(snapshot: Cubes, level: str) -> tuple[tuple[str, str], ...]:
    rows = snapshot.cube("regions").filter(region_level=level)
    return tuple(rows.select("region_code", "region_name").rows())


@cached(512, lasting=True)
def _kept(snapshot: Snapshot, level: str) -> tuple[tuple[str, str], ...]:
    """Of a stored day: whatever is counted asks for its regions, a meeting's pack 1,400 times."""
    return _read(snapshot, level)


def city_code(snapshot: Cubes) -> str:
    """Code of the row of the whole: the province's where cities were merged, else the city's."""
    if province := snapshot.manifest.get("province"):
        return province
    found = regions(snapshot, "city")
    return found[0][0] if found else place().code


def region_codes(snapshot: Cubes, level: str) -> list[str]:
    """Codes of a level in official order; the city's own for `city`."""
    if level == "city":
        return [city_code(snapshot)]
    return [code for code, _ in regions(snapshot, level)]


def require_own_place(snapshot: Cubes) -> None:
    """AccessError when the day is of another place than `place.toml` names."""
    code, ours = city_code(snapshot), place()
    if not code.startswith(ours.prefix):
        name = dict(regions(snapshot, "city") + regions(snapshot, "province")).get(code, "")
        raise AccessError(
            f"该日数据属于{name}（{code}），设置的地区是{ours.name}（{ours.code}），"
            f"请核对{path()}与快照目录"
        )


def require_own_region(snapshot: Cubes) -> None:
    """AccessError for a day of another place, or without the region that is the access's own."""
    require_own_place(snapshot)
    own = snapshot.access.own
    if own and own not in snapshot.cube("regions")["region_code"]:
        raise AccessError(f"登记库的地区表中没有{own}，请核对本账号所属的地区代码")


def own_codes(snapshot: Cubes, level: str) -> list[str]:
    """Codes of a level that are the access's own; of the city its own for whoever sees the city."""
    codes = region_codes(snapshot, level)
    return codes if level == "city" else [c for c in codes if snapshot.access.own.contains(c)]


def departments(snapshot: Cubes, found: pl.Series) -> list[str]:
    """
    Members of the joint meeting in official order, and any other code that the data name.

    To a department its own code alone.
    """
    if snapshot.access.department:
        return [snapshot.access.department]
    official = members(snapshot.as_of)
    return official + sorted(set(found.drop_nulls()) - set(official))


def categories() -> list[str]:
    """Main categories in the order that decides which one is main."""
    return list(CATEGORIES)


def programmes() -> list[str]:
    """All programme codes in the order of the policy."""
    return policy_tables.programmes()["programme_code"].to_list()


def task_rows() -> list[str]:
    """The 18 rows of the task list."""
    return policy_tables.table("tasks")["row_id"].to_list()
