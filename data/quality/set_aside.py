"""Which rows of the typed tables count: counts what is set aside, by rule and column."""

from collections.abc import Callable
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from data.quality.findings import Finding, examples
from data.quality.set_aside_rules import Rule, any_of, has_key, row_rules
from data.quality.shown_values import counted, sample
from data.registry import contract
from data.registry.fingerprint import RowSums, row_sums
from data.registry.frames import Native, collected_all, is_here, rows_where, sums
from data.registry.staging import WRONG

REPEATED = "_repeated"
ROW = "_row"


@dataclass(frozen=True)
class Checked:
    """
    A table after the set-aside rules.

    `kept` scans the rows that count (contract columns), on the engine. `rows_set_aside` counts rows
    by rule; a row under two rules is in both, and once in `rows_read - rows_kept`. `content`: rows
    and row sums for the fingerprint.
    """

    kept: Native
    rows_read: int
    rows_kept: int
    rows_set_aside: dict[str, int]
    findings: list[Finding]
    content: tuple[int, ...]


def check(
    table: str,
    frame: Native,
    unread: Callable[[str], list[str]] = lambda column: [],
    hashed: RowSums = row_sums,
) -> Checked:
    """
    Applies the set-aside rules to a typed contract table with the column `_wrong`.

    `unread`: texts of a column that its type cannot hold; `hashed`: sums of the engine's row
    hashes.
    """
    columns = list(contract.polars_schema(table))
    read = marked = _numbered(nw.from_native(frame))
    rules = row_rules(table)
    if (repeated := _repeated(table, read)) is not None:
        keys = contract.key_of(table)
        marked = read.join(repeated.with_columns(nw.lit(True).alias(REPEATED)), on=keys, how="left")
        is_repeated = nw.col(REPEATED).fill_null(False)
        rules.append(Rule("duplicate_key", "+".join(keys), is_repeated))
    counts = _count(marked, rules, hashed(read, [*columns, WRONG]))
    kept = _without(read, marked, any_of(rules)) if counts["bad"] else read
    return Checked(
        kept=nw.to_native(kept.select(columns)),
        rows_read=counts["rows"],
        rows_kept=counts["rows"] - counts["bad"],
        rows_set_aside=_by_rule(rules, counts),
        findings=_findings(table, marked, rules, counts, unread),
        content=(counts["rows"], counts["hash high"], counts["hash low"]),
    )


def _numbered(frame: nw.LazyFrame) -> nw.LazyFrame:
    """Rows with their number where they have one; elsewhere they have no order."""
    if not is_here(frame):
        return frame
    here: pl.LazyFrame = nw.to_native(frame)
    return nw.from_native(here.with_row_index(ROW))


def _without(read: nw.LazyFrame, marked: nw.LazyFrame, broken: nw.Expr) -> nw.LazyFrame:
    """Rows that are not broken."""
    if not is_here(read):
        return marked.filter(~broken)
    # By number: so few that no scan is slower for leaving them.
    rows = nw.to_native(marked.filter(broken).select(ROW)).collect(engine="streaming")[ROW]
    here: pl.LazyFrame = nw.to_native(read)
    return nw.from_native(here.filter(~pl.col(ROW).is_in(rows.implode())))


def _findings(
    table: str,
    frame: nw.LazyFrame,
    rules: list[Rule],
    counts: dict[str, int],
    unread: Callable[[str], list[str]],
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


def _values(rule: Rule, frame: nw.LazyFrame, unread: Callable[[str], list[str]]) -> tuple[str, ...]:
    """What stands in the rows of a rule on codes or types."""
    match rule.name:
        case "unknown_code" | "wrong_form":
            return counted(rule.column, frame.filter(rule.broken))
        case "wrong_type":
            return sample(rule.column, unread(rule.column))
        case _:
            return ()


def _repeated(table: str, frame: nw.LazyFrame) -> nw.LazyFrame | None:
    """The keys that occur more than once; None when no key does."""
    keys = contract.key_of(table)
    complete = frame.filter(has_key(table)).select(keys)
    if is_here(complete) and _are_distinct(nw.to_native(complete)):
        return None
    repeated = complete.group_by(keys).agg(_rows=nw.len()).filter(nw.col("_rows") > 1).select(keys)
    if is_here(repeated):
        return nw.from_native(nw.to_native(repeated).collect(engine="streaming").lazy())
    (rows,) = sums(repeated, nw.len())
    return repeated if rows else None


def _are_distinct(keys: pl.LazyFrame) -> bool:
    """Whether no two keys have one hash, which is faster to know than the keys themselves."""
    names = keys.collect_schema().names()
    hashed = keys.select(pl.struct(names).hash() if len(names) > 1 else pl.col(names[0]).hash())
    counted = hashed.select(distinct=pl.first().n_unique(), rows=pl.len())
    distinct, rows = counted.collect(engine="streaming").row(0)
    return distinct == rows


def _count(frame: nw.LazyFrame, rules: list[Rule], row_sums: nw.LazyFrame) -> dict[str, int]:
    """Rows read and set aside, rows by rule, by rule and column, and row sums."""
    names = dict.fromkeys(rule.name for rule in rules)
    counted = frame.select(
        nw.len().alias("rows"),
        rows_where(any_of(rules)).alias("bad"),
        *(
            rows_where(any_of([rule for rule in rules if rule.name == name])).alias(f"rule {name}")
            for name in names
        ),
        *(rows_where(rule.broken).alias(f"column {i}") for i, rule in enumerate(rules)),
    )
    # Side by side, so that Polars reads the table once for both.
    both = collected_all([counted, row_sums])
    return {name: number for each in both for name, number in each.row(0, named=True).items()}


def _by_rule(rules: list[Rule], counts: dict[str, int]) -> dict[str, int]:
    names = dict.fromkeys(rule.name for rule in rules)
    return {name: counts[f"rule {name}"] for name in names if counts[f"rule {name}"]}
