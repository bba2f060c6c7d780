"""Term columns of the register that come from facts, and the number of each."""

from functools import cache

from data.reference import policy_tables
from queries.cubes.programmes import anchor_terms, anchored, covered_by, excluding
from queries.cubes.rules import RUNNING_CASH, terms_named
from queries.cubes.terms import CATEGORIES

#: Students whom I0902 counts, beside the stages that rules name.
STUDENTS = "stage:preschool|primary|junior|senior_high|vocational"

#: What stock indicators read beside the rules.
OF_STOCKS = frozenset(
    {STUDENTS, "in_assistance:", "has:zero_employment_household", "has:need_care"}
    | {"has:resident_insurance", "severe_disability:"}
)

#: Terms that are not read from facts as they are.
DERIVED = ("age", "res", "policy", "hh_has", "hh_severe_disability")


#: Kinds of a category that are counted or named by rules, and their category.
MONITORED_KINDS = ("unstable_escaped", "marginal_prone", "sudden_hardship")
CATEGORY_OF = dict.fromkeys(MONITORED_KINDS, "relapse_monitored") | {"tekun_scattered": "tekun"}


@cache
def term_columns(
    connected: frozenset[str], programmes: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """
    Columns of the register that come from facts: `earliest` by min, `latest` by max of `day`.

    Of some programmes alone, what their marks read; by default of all, and what stocks read.
    """
    named = terms_named(connected, programmes)
    earliest = {t for t in named if t.split(":")[0] not in DERIVED}
    earliest |= {t.removeprefix("hh_") for t in named if t.startswith("hh_")}
    earliest |= {f"cat:{category}" for category in CATEGORIES}
    asked = programmes or tuple(policy_tables.programmes()["programme_code"])
    anchors = {
        "from:" + term.replace("hh_has:", "has:")
        for programme in anchored()
        if programme in asked
        for term in anchor_terms(programme, connected)
    }
    latest = anchors | {f"excluded:{code}" for p in asked for code in excluding(p)}
    latest |= {f"own:{code}" for p in asked for code in covered_by(p)}
    latest |= {f"running:{p}" for p in RUNNING_CASH if p in asked}
    if not programmes:
        earliest |= OF_STOCKS | {f"cat:{sub_code}" for sub_code in CATEGORY_OF}
        latest |= {"any_event:"} | {f"own:{p}" for p in asked}
    return {"earliest": sorted(earliest), "latest": sorted(latest)}


@cache
def term_numbers(connected: frozenset[str]) -> dict[str, int]:
    """Number of each term column; comparing integers is several times faster than strings."""
    columns = term_columns(connected)
    return {term: i for i, term in enumerate(columns["earliest"] + columns["latest"])}
