"""References between contract tables, and to the programmes and departments; which lead nowhere."""

from collections.abc import Iterator

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


def orphans(frames: dict[str, pl.LazyFrame], table: str) -> Iterator[Finding]:
    """References of a table to rows that are not there; tables not connected are passed over."""
    for column in contract.polars_schema(table):
        target = target_of(table, column)
        if target and (keys := known(frames, target)) is not None:
            lost = _lost(frames[table], column, keys)
            of_codes = target in CODES
            yield from found(table, "orphan_reference", column, lost, of_codes)
    if table == "coordination_case":
        yield from found(table, "orphan_reference", "source_id", _cases_of_nothing(frames))


def _cases_of_nothing(frames: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    cases = frames["coordination_case"]
    return pl.concat(
        _lost(cases.filter(source_type=source_type), "source_id", keys)
        for source_type, target in SOURCES.items()
        if (keys := known(frames, target)) is not None
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


def _lost(frame: pl.LazyFrame, column: str, keys: pl.LazyFrame) -> pl.LazyFrame:
    """Rows with a reference that is not among `known`."""
    referring = frame.filter(pl.col(column).is_not_null())
    return referring.join(keys, left_on=column, right_on="known", how="anti")
