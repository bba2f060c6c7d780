"""The terms of `test_expr` and their codes (`docs/definitions.md`, “Eligible, covered, gap”)."""

from dataclasses import dataclass
from functools import cache

from data.reference import policy_tables


@dataclass(frozen=True)
class Term:
    """A term and the codes it names; `res == 'urban'` is `res` of `urban`."""

    name: str
    codes: tuple[str, ...] = ()


#: Least and most codes of each term, and the list they are in.
TERMS: dict[str, tuple[int, int, str]] = {
    "cat": (1, 99, "类别"),
    "lowincome": (0, 0, ""),
    "has": (1, 1, "情形"),
    "hh_has": (1, 1, "情形"),
    "hh_has_severe_disability": (0, 0, ""),
    "stage": (1, 99, "学段"),
    "severe_disability": (0, 0, ""),
    "disability_type": (1, 99, "残疾类型"),
    "ev": (1, 1, "事件"),
    "policy_in_scope": (1, 1, "项目"),
    "in_assistance": (0, 0, ""),
}

#: Comparisons of an age, as `ast` writes them, and the term of each.
AGES = {"age >= 18": Term("adult"), "age < child_age_limit()": Term("child")}

COMPARISONS = "、".join(["res == '…'", *AGES])


@cache
def lists() -> dict[str, list[str]]:
    """The codes that a term may name, by what they are."""

    def attribute(column: str, circumstance: str) -> list[str]:
        rows = policy_tables.table("codes").filter(table="circumstance_spell", column=column)
        return rows.filter(within=circumstance)["code"].to_list()

    categories = policy_tables.labels("identification_spell", "category_code")
    return {
        "类别": [*categories, "tekun_scattered"],
        "城乡": [*policy_tables.labels("identification_spell", "residence_type")],
        "情形": [*policy_tables.labels("circumstance_spell", "circumstance_code")],
        "学段": attribute("attr1", "student"),
        "残疾类型": attribute("attr2", "disability"),
        "事件": policy_tables.table("hardship_events")["event_code"].to_list(),
        "项目": policy_tables.programmes()["programme_code"].to_list(),
    }
