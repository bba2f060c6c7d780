"""The language of the eligibility rules: a term is the day since which it holds.

Each term is a column of the register (`cubes/register.py`) that gives, per person, the day since
which the term holds, or NEVER. Then *and* is the latest of the days, *or* the earliest, and a rule
read as an expression is at once its truth and its 'eligible since' (`docs/definitions.md`). Terms
without a start of their own (`res`, `not`, an age not yet reached) hold since ALWAYS.

A term's name says how its rows are found: `cat:dibao`, `stage:primary|junior`, `ev:death`.
"""

from dataclasses import dataclass

import narwhals as nw

NEVER = 2_000_000_000
ALWAYS = -2_000_000_000

CATEGORIES = (
    "tekun",
    "dibao",
    "dibao_margin",
    "rigid_expenditure",
    "relapse_monitored",
    "other",
)


def earliest(*days: nw.Expr) -> nw.Expr:
    """The smallest of some days; Spark's `least` refuses one alone."""
    return nw.min_horizontal(*days) if len(days) > 1 else days[0]


def latest(*days: nw.Expr) -> nw.Expr:
    """The largest of some days."""
    return nw.max_horizontal(*days) if len(days) > 1 else days[0]


@dataclass(frozen=True)
class Since:
    """A day expression and the names of the terms that it reads."""

    day: nw.Expr
    terms: frozenset[str]

    def __and__(self, other: "Since") -> "Since":
        return Since(latest(self.day, other.day), self.terms | other.terms)

    def __or__(self, other: "Since") -> "Since":
        return Since(earliest(self.day, other.day), self.terms | other.terms)

    def __invert__(self) -> "Since":
        not_held = nw.when(self.day < NEVER)
        return Since(not_held.then(nw.lit(NEVER)).otherwise(nw.lit(ALWAYS)), self.terms)


def _term(name: str) -> Since:
    return Since(nw.col(name), frozenset({name}))


def _any(names: list[str]) -> Since:
    return Since(earliest(*[nw.col(n) for n in names]), frozenset(names))


def cat(*categories: str) -> Since:
    """The person holds one of these categories (`tekun_scattered` is a sub-code of `tekun`)."""
    return _any([f"cat:{category}" for category in categories])


def lowincome() -> Since:
    """The person holds any category."""
    return cat(*CATEGORIES)


def res(residence: str) -> Since:
    """Residence of the main category spell; it has no start."""
    return _term(f"res:{residence}")


def has(circumstance: str) -> Since:
    """A circumstance spell of this code holds."""
    return _term(f"has:{circumstance}")


def hh_has(circumstance: str) -> Since:
    """Some registered member of the household has this circumstance."""
    return _term(f"hh_has:{circumstance}")


def stage(*stages: str) -> Since:
    """A student in one of these stages."""
    return _term("stage:" + "|".join(stages))


def severe_disability() -> Since:
    """Disability of grade 1 or 2, or grade 3 if intellectual or mental."""
    return _term("severe_disability:")


def hh_has_severe_disability() -> Since:
    """Some registered member of the household is severely disabled."""
    return _term("hh_severe_disability:")


def disability_type(*types: str) -> Since:
    """A disability of one of these types."""
    return _term("disability_type:" + "|".join(types))


def ev(event: str) -> Since:
    """A hardship event of this code whose window has not ended."""
    return _term(f"ev:{event}")


def policy_in_scope(programme: str) -> Since:
    """The person's county has the programme in scope for any or one of the person's categories."""
    return _term(f"policy:{programme}")


def in_assistance() -> Since:
    """Any benefit spell of the person holds."""
    return _term("in_assistance:")


def adult() -> Since:
    """18 years or older, since the 18th birthday."""
    return _term("age:adult")


def child() -> Since:
    """Younger than `child_age_limit()`; it has no start."""
    return _term("age:child")


def nobody() -> Since:
    """A rule that holds for nobody: its tables are not connected."""
    return Since(nw.lit(NEVER), frozenset())
