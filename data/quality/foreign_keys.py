"""References between contract tables, and to the programmes and departments; which lead nowhere."""

from collections.abc import Iterator, Mapping

import narwhals as nw
import polars as pl

from data.quality.findings import Finding, found
from data.reference.policy_tables import departments, programmes
from data.reference.policy_tables import table as reference_table
from data.registry import contract
from data.registry.codes import closed_lists
from data.registry.frames import is_here

#: Foreign keys that are not called as the key they point to.
TARGETS = {
    "parent_code": "region",
    "county_code": "region",
    "incident_region": "region",
    "duplicate_of": "warning",
    "match_run_id": "match_run",
    "prev_meeting_id": "joint_meeting",
    "repeat_of": "appeal",
}

#: What `coordination_case.source_id` points to, by `source_type`.
SOURCES = {
    "warning": "warning",
    "referral": "referral",
    "emergency": "emergency_case",
    "appeal": "appeal",
}


Frames = Mapping[str, nw.LazyFrame]

#: What a target has: codes of a list, hashes of the keys of a table here, keys of one elsewhere.
Keys = list[str] | pl.Series | nw.LazyFrame

#: Targets that are lists of the reference.
LISTS = ("programmes", "departments", "indicators")

#: Targets whose references are codes, which may be named; the others are keys.
CODES = (*LISTS, "region")


def target_of(table: str, column: str) -> str | None:
    """
    The table a reference points to: a contract table, `programmes`, `departments` or `indicators`.

    None for a column that refers to nothing: a table's own key, or a column with a closed list.
    """
    of_column = contract.TABLES[table].columns[column]
    own_key = contract.key_of(table) == [column]
    if own_key or (table, column) in closed_lists():
        return None
    if column == "programme_code":
        return "programmes"
    if column == "indicator_id":
        return "indicators"
    if column.endswith("_dept") or column == "dept_code":
        return "departments"
    if of_column.info["key"] is None:
        return None
    return TARGETS.get(column) or _by_key().get(column)


def _by_key() -> dict[str, str]:
    """Tables with a key of one column, by that column; `case_id` is in two and no reference."""
    keys = {table: contract.key_of(table) for table in contract.TABLES}
    return {key[0]: table for table, key in keys.items() if len(key) == 1}


def keys(frames: Frames) -> dict[str, Keys]:
    """
    The keys of each target that is connected.

    Of a table here their hashes: two keys with one hash are as good as excluded, and a join would
    hash and compare the keys as texts, for each column again.
    """
    referred = {
        target_of(table, each) for table in frames for each in contract.polars_schema(table)
    }
    targets = sorted({*filter(None, referred), *SOURCES.values()})
    tables = {
        target: frames[target].select(known=nw.col(contract.key_of(target)[0])).drop_nulls()
        for target in targets
        if target in frames
    }
    codes: dict[str, Keys] = {each: listed(each) for each in targets if each in LISTS}
    return codes | _hashed(tables)


def _hashed(tables: Frames) -> dict[str, Keys]:
    """Keys as hashes where Polars has them."""
    if not all(map(is_here, tables.values())):
        return dict(tables)
    hashes = [nw.to_native(each).select(pl.col("known").hash()) for each in tables.values()]
    collected = pl.collect_all(hashes, engine="streaming")
    return {target: of.to_series() for target, of in zip(tables, collected, strict=True)}


def listed(target: str) -> list[str]:
    """The codes of `programmes`, `departments` or `indicators`."""
    match target:
        case "programmes":
            return programmes()["programme_code"].to_list()
        case "departments":
            return departments()["dept_code"].to_list()
        case _:
            return reference_table("indicators")["id"].to_list()


def orphans(frames: Frames, table: str, keys: Mapping[str, Keys]) -> Iterator[Finding]:
    """References of a table to rows that are not there; tables not connected are passed over."""
    targets = {
        each: target
        for each in contract.polars_schema(table)
        if (target := target_of(table, each)) and target in keys
    }
    frame = frames[table]
    for column in _with_lost(frame, {each: keys[target] for each, target in targets.items()}):
        target = targets[column]
        broken = _lost(frame, column, keys[target])
        yield from found(table, "orphan_reference", column, broken, target in CODES)
    if table == "coordination_case":
        yield from found(table, "orphan_reference", "source_id", _cases_of_nothing(frame, keys))


def _with_lost(frame: nw.LazyFrame, columns: Mapping[str, Keys]) -> list[str]:
    """Columns to be looked at: Polars knows in one pass of which some are lost."""
    if not columns or not is_here(frame):
        return list(columns)
    here: pl.LazyFrame = nw.to_native(frame)
    lost = here.select(_is_lost(each, keys).any().alias(each) for each, keys in columns.items())
    row = lost.collect(engine="streaming").row(0, named=True)
    return [column for column in columns if row[column]]


def _is_lost(column: str, keys: Keys) -> pl.Expr:
    """Of a row of Polars."""
    value = pl.col(column)
    match keys:
        case pl.Series():
            is_known = value.hash().is_in(keys.implode())
        case list():
            is_known = value.is_in(keys)
        case _:
            raise TypeError("rows of Polars refer to keys of another engine")
    return value.is_not_null() & ~is_known


def _lost(frame: nw.LazyFrame, column: str, keys: Keys) -> nw.LazyFrame:
    """Rows whose reference leads nowhere."""
    if is_here(frame):
        here: pl.LazyFrame = nw.to_native(frame)
        return nw.from_native(here.filter(_is_lost(column, keys)))
    filled = frame.filter(~nw.col(column).is_null())
    if isinstance(keys, nw.LazyFrame):
        return filled.join(keys, left_on=column, right_on="known", how="anti")
    return filled.filter(~nw.col(column).is_in(keys))


def _cases_of_nothing(cases: nw.LazyFrame, keys: Mapping[str, Keys]) -> nw.LazyFrame:
    return nw.concat(
        [
            _lost(cases.filter(nw.col("source_type") == source), "source_id", keys[target])
            for source, target in SOURCES.items()
            if target in keys
        ]
    )
