"""The eligibility rules of `data/reference/eligibility_rules.csv` as expressions of days.

Text, clause, programme and basis of each rule stand there; `data/reference/rule_language.py` reads
`test_expr`, and here each of its terms becomes the one of `queries/cubes/terms.py`.
"""

from collections.abc import Callable
from datetime import date
from functools import cache, reduce
from operator import and_, or_

from data.reference import eligibility_rules, policy_tables
from data.reference.eligibility_rules import Rule
from data.reference.rule_language import Expression
from data.reference.rule_vocabulary import Term
from queries.cubes import terms
from queries.cubes.terms import Since, nobody

#: What each term of the language means.
TERMS: dict[str, Callable[..., Since]] = {
    "cat": terms.cat,
    "lowincome": terms.lowincome,
    "res": terms.res,
    "has": terms.has,
    "hh_has": terms.hh_has,
    "hh_has_severe_disability": terms.hh_has_severe_disability,
    "stage": terms.stage,
    "severe_disability": terms.severe_disability,
    "disability_type": terms.disability_type,
    "ev": terms.ev,
    "policy_in_scope": terms.policy_in_scope,
    "in_assistance": terms.in_assistance,
    "adult": terms.adult,
    "child": terms.child,
}

#: The registry table that a term reads; a rule that names an absent one is dropped.
TABLE_OF_TERM = {"ev": "hardship_event", "policy": "programme_policy"}

#: Running cash of persons, of which alone it is asked whether a rule still holds.
RUNNING_CASH = ("P0801", "P0802", "P0803", "P0804", "P1203")

#: `gap_basis` in the order from firm to none, with the name that answers use.
BASES = {"yes": "firm", "suspect_list": "suspected", "no": "none"}


@cache
def _since(expression: Expression) -> Since:
    if isinstance(expression, Term):
        return TERMS[expression.name](*expression.codes)
    parts = [_since(part) for part in expression.parts]
    match expression.how:
        case "and":
            return reduce(and_, parts)
        case "or":
            return reduce(or_, parts)
        case "not":
            return ~parts[0]


@cache
def basis_of(as_of: date) -> dict[str, str]:
    """The firmest basis among a programme's rules by its code; none also for one without rules."""
    order = list(BASES)
    firmest = dict.fromkeys(policy_tables.programmes()["programme_code"], "no")
    for rule in eligibility_rules.rules(as_of):
        firmest[rule.programme] = min(firmest[rule.programme], rule.gap_basis, key=order.index)
    return {programme: BASES[basis] for programme, basis in firmest.items()}


def _readable(rule: Since, connected: frozenset[str]) -> bool:
    tables = {TABLE_OF_TERM.get(term.split(":")[0]) for term in rule.terms}
    return tables - {None} <= connected


def _of(programme: str, as_of: date | None) -> list[Rule]:
    return [rule for rule in eligibility_rules.rules(as_of) if rule.programme == programme]


def has_rules(programme: str, as_of: date) -> bool:
    """Whether the policy says who is entitled to the programme."""
    return bool(_of(programme, as_of))


@cache
def all_rules(programme: str, connected: frozenset[str], as_of: date | None = None) -> list[Since]:
    """Rules whose tables are connected, whatever their basis; every version without a day."""
    rules = [_since(rule.expression) for rule in _of(programme, as_of)]
    return [rule for rule in rules if _readable(rule, connected)]


@cache
def rules_of(programme: str, connected: frozenset[str], as_of: date) -> list[Since]:
    """The rules with the programme's firmest basis whose tables are connected."""
    firmest = [
        _since(rule.expression)
        for rule in _of(programme, as_of)
        if BASES[rule.gap_basis] == basis_of(as_of)[programme]
    ]
    return [rule for rule in firmest if _readable(rule, connected)]


def any_rule(programme: str, connected: frozenset[str], as_of: date) -> Since:
    """Some rule of the programme holds, whatever its basis."""
    return reduce(or_, all_rules(programme, connected, as_of), nobody())


def eligibility(programme: str, connected: frozenset[str], as_of: date) -> Since:
    """Eligible since: some rule holds. Without any readable rule nobody ever is."""
    rules = rules_of(programme, connected, as_of)
    return reduce(or_, rules) if rules else nobody()


@cache
def terms_named(connected: frozenset[str], programmes: tuple[str, ...] = ()) -> list[str]:
    """Every term that some version of a rule of the programmes (default: of all) reads, sorted."""
    asked = programmes or tuple(policy_tables.programmes()["programme_code"])
    rules = [rule for p in asked for rule in all_rules(p, connected)]
    return sorted({term for rule in rules for term in rule.terms})
