"""The 50 eligibility rules of tasks 8–12, one expression each, named by rule id.

Text, clause, programme and basis of each rule stand in `data/reference/eligibility_rules.csv`.
"""

from functools import cache, reduce
from operator import or_

from data.reference import policy_tables
from queries.cubes.terms import (
    Since,
    adult,
    cat,
    child,
    disability_type,
    ev,
    has,
    hh_has,
    hh_has_severe_disability,
    in_assistance,
    lowincome,
    nobody,
    policy_in_scope,
    res,
    severe_disability,
    stage,
)

#: The four kinds of households that tasks 9-3 and 9-5 name.
HOUSED = cat("dibao", "tekun_scattered", "dibao_margin", "rigid_expenditure")
STRICKEN = cat("dibao", "tekun", "dibao_margin", "rigid_expenditure")

BASIC_LIVING = {
    "R0801": cat("dibao"),
    "R0802": cat("tekun"),
    "R0803a": cat("dibao_margin") & severe_disability(),
    "R0803b": cat("dibao_margin") & has("major_disease"),
    "R0803c": cat("dibao_margin") & has("other_special_difficulty"),
    "R0804": adult() & has("unemployed") & severe_disability(),
}

MEDICAL = {
    "R0911": cat("tekun") & has("resident_insurance"),
    "R0912a": cat("dibao"),
    "R0912b": policy_in_scope("P0912") & ~cat("tekun") & ~cat("dibao"),
    "R0913": lowincome() & has("major_disease") & ev("designated_inpatient_cost"),
    "R0914": lowincome()
    & (has("chronic_long_term") | (has("major_disease") & ev("long_term_outpatient_cost"))),
    "R0915": ev("medical_aid_received")
    & (ev("insured_place_designated") | (ev("referral_standard") & ev("in_province")))
    & ev("burden_still_heavy"),
    "R0916": ev("emergency_treatment") & (ev("identity_unknown") | ev("unable_to_pay")),
}

EDUCATION = {
    "R0921": lowincome() & stage("preschool"),
    "R0922": lowincome() & stage("primary", "junior"),
    "R0923": lowincome() & stage("senior_high"),
    "R0924": lowincome() & stage("vocational"),
    "R0925": cat("relapse_monitored")
    & stage("preschool", "primary", "junior", "senior_high", "vocational", "higher"),
    "R0926": lowincome() & ev("student_loan"),
    "R0927": lowincome() & stage("senior_high", "vocational", "higher"),
}

HOUSING = {
    "R0931": res("urban") & HOUSED & has("urban_housing_difficulty"),
    "R0932": res("urban") & HOUSED & has("urban_housing_difficulty"),
    "R0933": res("rural") & HOUSED & has("rural_housing_unsafe"),
}

EMPLOYMENT = {
    "R0941": lowincome() & ev("hired_by_enterprise"),
    "R0942": lowincome() & has("startup_willing"),
    "R0943": lowincome() & has("startup_willing"),
    "R0944": lowincome() & has("startup_willing"),
    "R0945": res("rural") & lowincome() & has("labour_capable") & has("unemployed"),
    "R0946": lowincome() & has("labour_capable") & has("unemployed") & has("job_willing"),
    "R0947": hh_has("zero_employment_household"),
    "R0948": lowincome() & has("market_hard_to_employ"),
}

DISASTER = {
    "R0951": STRICKEN & ev("disaster_emergency_stage"),
    "R0952": STRICKEN & ev("disaster_transition_stage"),
    "R0953": STRICKEN & ev("drought_difficulty"),
    "R0954": STRICKEN & ev("winter_spring_difficulty"),
    "R0955": STRICKEN & ev("house_damaged_by_disaster"),
}

EMERGENCY = {
    "R1001": lowincome() & ev("emergency_event"),
    "R1002": ev("vagrant"),
    "R1003": ev("emergency_event") & ev("severity_minor"),
    "R1004": ev("emergency_event") & ev("severity_serious"),
}

SERVICES = {
    "R1101": in_assistance() & has("need_care"),
    "R1102": disability_type("intellectual", "mental")
    | (disability_type("physical") & severe_disability()),
    "R1103": res("urban") & severe_disability(),
    "R1104": lowincome(),
}

OTHER = {
    "R1201": policy_in_scope("P1201"),
    "R1202": policy_in_scope("P1202") & ev("death"),
    "R1203": policy_in_scope("P1203") & cat("dibao_margin") & severe_disability(),
    "R1204": policy_in_scope("P1204") & cat("dibao_margin") & has("disability") & child(),
    "R1205": policy_in_scope("P1205") & cat("dibao_margin") & hh_has_severe_disability(),
    "R1206": lowincome(),
}

RULES: dict[str, Since] = (
    BASIC_LIVING
    | MEDICAL
    | EDUCATION
    | HOUSING
    | EMPLOYMENT
    | DISASTER
    | EMERGENCY
    | SERVICES
    | OTHER
)

#: The registry table that a term reads; a rule that names an absent one is dropped.
TABLE_OF_TERM = {"ev": "hardship_event", "policy": "programme_policy"}

#: `gap_basis` in the order from firm to none, with the name that answers use.
BASES = {"yes": "firm", "suspect_list": "suspected", "no": "none"}


@cache
def basis_of() -> dict[str, str]:
    """The firmest basis among a programme's rules: firm, suspected or none, by programme code."""
    rows = policy_tables.table("eligibility_rules").select("programme_code", "gap_basis").rows()
    order = list(BASES)
    firmest: dict[str, str] = {}
    for programme, basis in rows:
        basis_so_far = firmest.get(programme, "no")
        firmest[programme] = min(basis_so_far, basis, key=order.index)
    return {programme: BASES[basis] for programme, basis in firmest.items()}


def _readable(rule: Since, connected: frozenset[str]) -> bool:
    tables = {TABLE_OF_TERM.get(term.split(":")[0]) for term in rule.terms}
    return tables - {None} <= connected


@cache
def rules_of(programme: str, connected: frozenset[str]) -> list[Since]:
    """The rules with the programme's firmest basis whose tables are connected."""
    rows = policy_tables.table("eligibility_rules").filter(programme_code=programme)
    return [
        RULES[rule]
        for rule, basis in rows.select("rule_id", "gap_basis").rows()
        if BASES[basis] == basis_of()[programme] and _readable(RULES[rule], connected)
    ]


def eligibility(programme: str, connected: frozenset[str]) -> Since:
    """Eligible since: some rule holds. Without any readable rule nobody ever is."""
    rules = rules_of(programme, connected)
    return reduce(or_, rules) if rules else nobody()


@cache
def terms_named(connected: frozenset[str]) -> list[str]:
    """Every term that some rule of a programme reads, sorted."""
    return sorted({t for p in basis_of() for rule in rules_of(p, connected) for t in rule.terms})
