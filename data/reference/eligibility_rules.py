"""The eligibility rules of `eligibility_rules.csv`, which an office may add to."""

from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import polars as pl

from data.reference import checks, policy_tables
from data.reference.files import table
from data.reference.rule_language import Expression, RuleError, parse
from data.reference.validity import holding

#: `gap_basis` from firm to none.
GAP_BASES = ("yes", "suspect_list", "no")


def read_rules(rows: pl.DataFrame) -> list[Expression]:
    """
    The expression of each row of rule_id, programme_code, gap_basis, test_expr.

    ConfigurationError, with file, line and text, for a rule without an id, an unknown programme or
    basis, and a `test_expr` that is not in the language.
    """
    programmes = set(policy_tables.programmes()["programme_code"])
    expressions: list[Expression] = []
    for place, row in enumerate(rows.iter_rows(named=True)):
        refused = partial(checks.refuse, "eligibility_rules", place)
        if row["rule_id"] is None:
            refused("rule_id", None, "规则须有编号")
        if row["programme_code"] not in programmes:
            refused("programme_code", row["programme_code"], "没有这个项目")
        if row["gap_basis"] not in GAP_BASES:
            refused("gap_basis", row["gap_basis"], f"须为{'、'.join(GAP_BASES)}之一")
        try:
            expressions.append(parse(row["test_expr"] or ""))
        except RuleError as error:
            refused("test_expr", row["test_expr"], str(error))
    return expressions


@dataclass(frozen=True)
class Rule:
    """A version of a rule: its expression and what it makes of a gap."""

    id: str
    programme: str
    gap_basis: str
    expression: Expression


@cache
def rules(as_of: date | None = None) -> list[Rule]:
    """The rules that hold on a day, in the order of the file; every version without one."""
    rows = table("eligibility_rules")
    if as_of:
        rows = holding(rows, as_of)
    about = rows.select("rule_id", "programme_code", "gap_basis").rows()
    return [
        Rule(rule, programme, basis, expression)
        for (rule, programme, basis), expression in zip(about, read_rules(rows), strict=True)
    ]
