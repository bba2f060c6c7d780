"""Term columns of the register that come from facts, and the number of each."""

from functools import cache

from data.reference import policy_tables
from queries.cubes.programmes import anchor_terms, anchored
from queries.cubes.rules import terms_named
from queries.cubes.terms import CATEGORIES

#: Students whom I0902 counts, beside the stages that rules name.
STUDENTS = "stage:preschool|primary|junior|senior_high|vocational"


#: Kinds of a category that are counted or named by rules, and their category.
MONITORED_KINDS = ("unstable_escaped", "marginal_prone", "sudden_hardship")
CATEGORY_OF = dict.fromkeys(MONITORED_KINDS, "relapse_monitored") | {"tekun_scattered": "tekun"}


@cache
def term_columns(connected: frozenset[str]) -> dict[str, list[str]]:
    """Columns of the register that come from facts: `earliest` by min, `latest` by max of `day`."""
    derived = ("age", "res", "policy", "hh_has", "hh_severe_disability")
    earliest = {t for t in terms_named(connected) if t.split(":")[0] not in derived}
    earliest |= {f"cat:{category}" for category in CATEGORIES}
    earliest |= {STUDENTS, "severe_disability:", "in_assistance:", "has:zero_employment_household"}
    earliest |= {"has:need_care", "has:resident_insurance"}
    earliest |= {f"cat:{sub_code}" for sub_code in CATEGORY_OF}
    earliest |= {t.removeprefix("hh_") for t in terms_named(connected) if t.startswith("hh_has:")}
    anchors = {
        "from:" + term.replace("hh_has:", "has:")
        for programme in anchored()
        for term in anchor_terms(programme, connected)
    }
    latest = anchors | {"any_event:"}
    for programme in policy_tables.programmes()["programme_code"]:
        latest |= {f"own:{programme}", f"excluded:{programme}"}
    return {"earliest": sorted(earliest), "latest": sorted(latest)}


def term_numbers(connected: frozenset[str]) -> dict[str, int]:
    """Number of each term column; comparing integers is several times faster than strings."""
    columns = term_columns(connected)
    return {term: i for i, term in enumerate(columns["earliest"] + columns["latest"])}
