"""References between contract tables, and to the programmes and departments; which lead nowhere."""

from collections.abc import Iterator, Mapping

import polars as pl

from data.quality.findings import Finding, found
from data.reference.policy_tables import departments, programmes
from data.reference.policy_tables import table as reference_table
from data.registry import contract
from data.registry.codes import closed_lists

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


#: Hashes of keys, by the table that they are keys of.
Hashes = Mapping[str, pl.Series]

#: Targets whose references are codes, which may be named; the others are keys.
CODES = ("programmes", "departments", "indicators", "region")


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


def hashes(frames: dict[str, pl.LazyFrame]) -> Hashes:
    """Hashes of the keys of each connected target: two keys with one hash are as good as excluded.

    A join would hash and compare the keys as texts, for each column again.
    """
    referred = {
        target_of(table, each) for table in frames for each in contract.polars_schema(table)
    }
    keys = {
        target: there.select(pl.col("known").drop_nulls().hash())
        for target in sorted({*filter(None, referred), *SOURCES.values()})
        if (there := known(frames, target)) is not None
    }
    of_targets = pl.collect_all(keys.values(), engine="streaming")
    return {target: of.to_series() for target, of in zip(keys, of_targets, strict=True)}


def orphans(frames: dict[str, pl.LazyFrame], table: str, hashes: Hashes) -> Iterator[Finding]:
    """References of a table to rows that are not there; tables not connected are passed over."""
    targets = {
        each: target
        for each in contract.polars_schema(table)
        if (target := target_of(table, each)) and target in hashes
    }
    frame = frames[table]
    lost = {each: _is_lost(each, hashes[target]) for each, target in targets.items()}
    # One pass for all columns: where nothing is lost, that is all.
    some = frame.select(each.any().alias(name) for name, each in lost.items())
    for column, of_column in some.collect(engine="streaming").to_dict().items():
        if of_column.any():
            of_codes = targets[column] in CODES
            broken = frame.filter(lost[column])
            yield from found(table, "orphan_reference", column, broken, of_codes)
    if table == "coordination_case":
        yield from found(table, "orphan_reference", "source_id", _cases_of_nothing(frame, hashes))


def _is_lost(column: str, hashes: pl.Series) -> pl.Expr:
    return pl.col(column).is_not_null() & ~pl.col(column).hash().is_in(hashes.implode())


def _cases_of_nothing(cases: pl.LazyFrame, hashes: Hashes) -> pl.LazyFrame:
    return pl.concat(
        cases.filter(pl.col("source_type") == source, _is_lost("source_id", hashes[target]))
        for source, target in SOURCES.items()
        if target in hashes
    )


def known(frames: dict[str, pl.LazyFrame], target: str) -> pl.LazyFrame | None:
    """The keys of a target in a column `known`; None when it is not connected."""
    listed = {
        "programmes": lambda: programmes()["programme_code"],
        "departments": lambda: departments()["dept_code"],
        "indicators": lambda: reference_table("indicators")["id"],
    }
    if target in listed:
        return pl.LazyFrame({"known": listed[target]()})
    if target in frames:
        return frames[target].select(known=pl.col(contract.key_of(target)[0]))
    return None
