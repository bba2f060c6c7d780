"""Which rows of the typed tables count: counts what is set aside, by rule and column."""

from dataclasses import dataclass

import polars as pl

from data.quality.findings import Finding, examples
from data.quality.set_aside_rules import Rule, any_of, has_key, row_rules
from data.quality.shown_values import counted, sample
from data.registry import contract
from data.registry.fingerprint import row_sums
from data.registry.staging import WRONG

REPEATED = "_repeated"
ROW = "_row"


@dataclass(frozen=True)
class Checked:
    """
    A table after the set-aside rules.

    `kept` scans the rows that count (contract columns). `rows_set_aside` counts rows by rule; a row
    under two rules is in both, and once in `rows_read - rows_kept`. `content`: rows and row sums
    for the fingerprint.
    """

    kept: pl.LazyFrame
    rows_read: int
    rows_kept: int
    rows_set_aside: dict[str, int]
    findings: list[Finding]
    content: tuple[int, ...]


def check(table: str, frame: pl.LazyFrame, unread: dict[str, list[str]] | None = None) -> Checked:
    """
    Applies the set-aside rules to a typed contract table with the column `_wrong`.

    `unread`: column → texts that its type cannot hold.
    """
    columns = list(contract.polars_schema(table))
    read = frame = frame.with_row_index(ROW)
    rules = row_rules(table)
    if (marked := _mark_repeated(table, read)) is not None:
        frame = marked
        rules.append(Rule("duplicate_key", "+".join(contract.key_of(table)), pl.col(REPEATED)))
    counts = _count(frame, rules, [*columns, WRONG])
    kept = _without(read, frame.filter(any_of(rules))) if counts["bad"] else read
    return Checked(
        kept=kept.select(columns),
        rows_read=counts["rows"],
        rows_kept=counts["rows"] - counts["bad"],
        rows_set_aside=_by_rule(rules, counts),
        findings=_findings(table, frame, rules, counts, unread or {}),
        content=(counts["rows"], counts["hash high"], counts["hash low"]),
    )


def _without(read: pl.LazyFrame, broken: pl.LazyFrame) -> pl.LazyFrame:
    """The rows of a table but these, by number: so few that no scan is slower for leaving them."""
    rows = broken.select(ROW).collect(engine="streaming")[ROW]
    return read.filter(~pl.col(ROW).is_in(rows.implode()))


def _findings(
    table: str,
    frame: pl.LazyFrame,
    rules: list[Rule],
    counts: dict[str, int],
    unread: dict[str, list[str]],
) -> list[Finding]:
    return [
        Finding(
            table,
            rule.name,
            rule.column,
            counts[f"column {number}"],
            examples(table, frame.filter(rule.broken)),
            set_aside=True,
            values=_values(rule, frame, unread),
        )
        for number, rule in enumerate(rules)
        if counts[f"column {number}"]
    ]


def _values(rule: Rule, frame: pl.LazyFrame, unread: dict[str, list[str]]) -> tuple[str, ...]:
    """What stands in the rows of a rule on codes or types."""
    match rule.name:
        case "unknown_code" | "wrong_form":
            return counted(rule.column, frame.filter(rule.broken))
        case "wrong_type":
            return sample(rule.column, unread.get(rule.column, []))
        case _:
            return ()


def _mark_repeated(table: str, frame: pl.LazyFrame) -> pl.LazyFrame | None:
    """The table with `_repeated` (its key occurs more than once); None when no key does."""
    keys = contract.key_of(table)
    complete = frame.filter(has_key(table)).select(keys)
    hashed = complete.select(pl.struct(keys).hash() if len(keys) > 1 else pl.col(keys[0]).hash())
    distinct = hashed.select(distinct=pl.first().n_unique(), rows=pl.len())
    counted = distinct.collect(engine="streaming").row(0, named=True)
    if counted["distinct"] == counted["rows"]:
        return None
    repeated = complete.group_by(keys).len().filter(pl.col("len") > 1).select(keys)
    repeated = repeated.collect(engine="streaming").lazy()
    return frame.join(
        repeated.with_columns(pl.lit(True).alias(REPEATED)), on=keys, how="left"
    ).with_columns(pl.col(REPEATED).fill_null(False))


def _count(frame: pl.LazyFrame, rules: list[Rule], hashed: list[str]) -> dict[str, int]:
    """In one pass: rows read and set aside, rows by rule, by rule and column, and row sums."""
    names = dict.fromkeys(rule.name for rule in rules)
    return (
        frame.select(
            pl.len().alias("rows"),
            any_of(rules).sum().alias("bad"),
            *(
                any_of([rule for rule in rules if rule.name == name]).sum().alias(f"rule {name}")
                for name in names
            ),
            *(rule.broken.sum().alias(f"column {i}") for i, rule in enumerate(rules)),
            *row_sums(hashed),
        )
        .collect(engine="streaming")
        .row(0, named=True)
    )


def _by_rule(rules: list[Rule], counts: dict[str, int]) -> dict[str, int]:
    names = dict.fromkeys(rule.name for rule in rules)
    return {name: counts[f"rule {name}"] for name in names if counts[f"rule {name}"]}
