"""The eligibility rules of `eligibility_rules.csv`, which an office may add to."""

from functools import cache

import polars as pl

from data.reference import policy_tables
from data.reference.policy_tables import ConfigurationError
from data.reference.rule_language import Expression, RuleError, parse

#: `gap_basis` from firm to none.
GAP_BASES = ("yes", "suspect_list", "no")

#: Characters of a refused text that the message repeats.
SHOWN = 200


def _refused(rule: str | None, why: object, text: str | None) -> ConfigurationError:
    shown = text if text is None or len(text) <= SHOWN else text[:SHOWN] + "…"
    file = policy_tables.FOLDER / "eligibility_rules.csv"
    return ConfigurationError(f"{file}, {rule}: {why}: {shown}")


def read_rules(rows: pl.DataFrame) -> dict[str, Expression]:
    """
    The expression of each rule by its id, from rule_id, programme_code, gap_basis, test_expr.

    ConfigurationError, with file, rule and text, for a rule without an id or with that of another,
    an unknown programme or basis, and a `test_expr` that is not in the language.
    """
    programmes = set(policy_tables.programmes()["programme_code"])
    expression_by_rule: dict[str, Expression] = {}
    for row in rows.iter_rows(named=True):
        rule, text = row["rule_id"], row["test_expr"]
        if rule is None or rule in expression_by_rule:
            raise _refused(rule, "every rule needs a rule_id of its own", text)
        if row["programme_code"] not in programmes:
            raise _refused(rule, "there is no such programme_code", row["programme_code"])
        if row["gap_basis"] not in GAP_BASES:
            raise _refused(rule, f"gap_basis is one of {', '.join(GAP_BASES)}", row["gap_basis"])
        try:
            expression_by_rule[rule] = parse(text or "")
        except RuleError as error:
            raise _refused(rule, error, text) from error
    return expression_by_rule


@cache
def rules() -> dict[str, Expression]:
    """The expression of each rule of the file, by its id."""
    return read_rules(policy_tables.table("eligibility_rules"))
