"""The eligibility rules of `eligibility_rules.csv`, which an office may add to."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.files import ConfigurationError, path, table
from data.reference.rule_language import Expression, RuleError, parse
from data.reference.validity import holding

#: `gap_basis` from firm to none.
GAP_BASES = ("yes", "suspect_list", "no")

#: Characters of a refused text that the message repeats.
SHOWN = 200


def _refused(rule: str | None, why: object, text: str | None) -> ConfigurationError:
    shown = text if text is None or len(text) <= SHOWN else text[:SHOWN] + "…"
    return ConfigurationError(f"{path('eligibility_rules')}, {rule}: {why}: {shown}")


def read_rules(rows: pl.DataFrame) -> list[Expression]:
    """
    The expression of each row of rule_id, programme_code, gap_basis, test_expr.

    ConfigurationError, with file, rule and text, for a rule without an id, an unknown programme or
    basis, and a `test_expr` that is not in the language.
    """
    programmes = set(policy_tables.programmes()["programme_code"])
    expressions: list[Expression] = []
    for row in rows.iter_rows(named=True):
        rule, text = row["rule_id"], row["test_expr"]
        if rule is None:
            raise _refused(rule, "every rule needs a rule_id", text)
        if row["programme_code"] not in programmes:
            raise _refused(rule, "there is no such programme_code", row["programme_code"])
        if row["gap_basis"] not in GAP_BASES:
            raise _refused(rule, f"gap_basis is one of {', '.join(GAP_BASES)}", row["gap_basis"])
        try:
            expressions.append(parse(text or ""))
        except RuleError as error:
            raise _refused(rule, error, text) from error
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
