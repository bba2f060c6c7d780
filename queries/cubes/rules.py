"""The eligibility rules of `data/reference/eligibility_rules.csv` as expressions of days.

Text, clause, programme and basis of each rule stand there; `data/reference/rule_language.py` reads
`test_expr`, and here each of its terms becomes the one of `queries/cubes/terms.py`.
"""

from collections.abc import Callable
from functools import cache, reduce
from operator import and_, or_

from data.reference import eligibility_rules, policy_tables
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
def expressions() -> dict[str, Since]:
    """Every rule of `eligibility_rules.csv` by its id; ConfigurationError for a wrong one."""
    return {rule: _since(expression) for rule, expression in eligibility_rules.rules().items()}


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
def basis_of() -> dict[str, str]:
    """The firmest basis among a programme's rules by its code; none also for one without rules."""
    rows = policy_tables.table("eligibility_rules").select("programme_code", "gap_basis").rows()
    order = list(BASES)
    firmest = dict.fromkeys(policy_tables.programmes()["programme_code"], "no")
    for programme, basis in rows:
        firmest[programme] = min(firmest[programme], basis, key=order.index)
    return {programme: BASES[basis] for programme, basis in firmest.items()}


def _readable(rule: Since, connected: frozenset[str]) -> bool:
    tables = {TABLE_OF_TERM.get(term.split(":")[0]) for term in rule.terms}
    return tables - {None} <= connected


def _rows_of(programme: str) -> list[tuple[str, str]]:
    """rule_id and gap_basis of a programme's rules."""
    rows = policy_tables.table("eligibility_rules").filter(programme_code=programme)
    return rows.select("rule_id", "gap_basis").rows()


def has_rules(programme: str) -> bool:
    """Whether the policy says who is entitled to the programme."""
    return bool(_rows_of(programme))


@cache
def rules_of(programme: str, connected: frozenset[str]) -> list[Since]:
    """The rules with the programme's firmest basis whose tables are connected."""
    firmest = [
        expressions()[rule]
        for rule, basis in _rows_of(programme)
        if BASES[basis] == basis_of()[programme]
    ]
    return [rule for rule in firmest if _readable(rule, connected)]


@cache
def any_rule(programme: str, connected: frozenset[str]) -> Since:
    """Some rule of the programme holds, whatever its basis."""
    rules = [expressions()[rule] for rule, _ in _rows_of(programme)]
    return reduce(or_, [rule for rule in rules if _readable(rule, connected)], nobody())


def eligibility(programme: str, connected: frozenset[str]) -> Since:
    """Eligible since: some rule holds. Without any readable rule nobody ever is."""
    rules = rules_of(programme, connected)
    return reduce(or_, rules) if rules else nobody()


@cache
def terms_named(connected: frozenset[str], programmes: tuple[str, ...] = ()) -> list[str]:
    """Every term that some rule of the programmes (default: of all) reads, sorted."""
    asked = programmes or tuple(basis_of())
    read = {t for p in asked for rule in rules_of(p, connected) for t in rule.terms}
    running = {t for p in RUNNING_CASH if p in asked for t in any_rule(p, connected).terms}
    return sorted(read | running)
