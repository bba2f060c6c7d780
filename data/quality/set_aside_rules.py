"""The rules that set a row aside, as expressions, one per table and column.

They are those of `docs/definitions.md`, “Which rows count”, and no others. What else may be wrong
with a row is reported (`reported.py`), and the row counts as it stands.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

import narwhals as nw

from data.registry import codes, contract
from data.registry.staging import WRONG
from data.registry.texts import DIGITS, REGION_FORM

#: A row's own start, and the steps that must not come before it.
STEPS = {
    "referral": {"sent_at": ["accepted_at", "returned_at", "responded_at", "feedback_at"]},
    "warning": {"raised_at": ["verified_at", "closed_at"]},
    "application": {
        "accepted_on": [
            "township_reviewed_on",
            "publicity_from",
            "publicity_to",
            "county_received_on",
            "decided_on",
            "notified_on",
            "uploaded_at",
        ]
    },
    "appeal": {"raised_at": ["accepted_at", "resolved_at", "replied_at"]},
    "coordination_case": {"opened_at": ["meeting_on", "decided_at", "implemented_at", "closed_at"]},
    "emergency_case": {
        "reported_at": ["first_aid_at", "relieved_on", "closed_at"],
        "relieved_on": ["paperwork_done_on"],
    },
}


@dataclass(frozen=True)
class Rule:
    """One rule on one column (or the key columns joined by `+`); `broken` is never null."""

    name: str
    column: str
    broken: nw.Expr


def before(table: str, first: str, second: str) -> nw.Expr:
    """`first` lies before `second`; by day when one of the two is a date, null when one is null."""
    schema = contract.polars_schema(table)
    if schema[first] == schema[second]:
        return nw.col(first) < nw.col(second)
    return nw.col(first).cast(nw.Date) < nw.col(second).cast(nw.Date)


def row_rules(table: str) -> list[Rule]:
    """The set-aside rules of a table that one row decides by itself; all but `duplicate_key`."""
    rules = [
        *_wrong_types(table),
        *_null_keys(table),
        *_unknown_codes(table),
        *_wrong_forms(table),
        *_reversed_spells(table),
        *_early_steps(table),
    ]
    return [Rule(rule.name, rule.column, rule.broken.fill_null(False)) for rule in rules]


def has_key(table: str) -> nw.Expr:
    """No key column is null."""
    filled = [~nw.col(each).is_null() for each in contract.key_of(table)]
    return nw.all_horizontal(*filled, ignore_nulls=False)


def any_of(rules: list[Rule]) -> nw.Expr:
    """Some rule is broken; false without rules."""
    return reduce(or_, (rule.broken for rule in rules), nw.lit(False))


def _is_wrong(table: str, column: str) -> nw.Expr:
    bit = list(contract.polars_schema(table)).index(column)
    # By its remainder: Spark has no bits.
    return nw.col(WRONG) % (2 << bit) >= (1 << bit)


def _wrong_types(table: str) -> list[Rule]:
    return [
        Rule("wrong_type", each, _is_wrong(table, each)) for each in contract.polars_schema(table)
    ]


def _null_keys(table: str) -> list[Rule]:
    return [
        Rule("null_key", each, nw.col(each).is_null() & ~_is_wrong(table, each))
        for each in contract.key_of(table)
    ]


def _unknown_codes(table: str) -> list[Rule]:
    return [
        Rule("unknown_code", column, unknown)
        for listed, column in codes.columns_with_lists()
        if listed == table and (unknown := codes.unknown(table, column)) is not None
    ]


def _wrong_forms(table: str) -> list[Rule]:
    """Regions whose code has not the digits of its level: no row could ever belong to them."""
    if table != "region":
        return []
    code, level = nw.col("region_code"), nw.col("region_level")
    others = [
        ((level == name) & (code.str.len_chars() != digits)).fill_null(False)
        for name, digits in DIGITS.items()
    ]
    wrong = reduce(or_, others, ~code.str.contains(REGION_FORM))
    return [Rule("wrong_form", "region_code", wrong)]


def _reversed_spells(table: str) -> list[Rule]:
    if not {"valid_from", "valid_to"} <= set(contract.polars_schema(table)):
        return []
    return [Rule("reversed_spell", "valid_to", before(table, "valid_to", "valid_from"))]


def _early_steps(table: str) -> list[Rule]:
    return [
        Rule("step_before_start", step, before(table, step, start))
        for start, steps in STEPS.get(table, {}).items()
        for step in steps
    ]
