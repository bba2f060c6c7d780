"""The docs: the glossary has every identifier, definitions are cited by their headings, no dead paths."""

import re
from itertools import chain

from browser import ROOT
from data.reference.policy_tables import table
from exhibits.wording.names import STATES
from queries.access.roles import roles
from queries.answers import response

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

#: Statuses of a figure, as `queries/answers` gives them.
STATUSES = ("ok", "no_data", "off_season", "not_reached", "undefined", "suppressed", "older")

CATALOGUE = ("indicators", "definitions_zh", "programmes", "eligibility_rules", "sla", "targets")


def _identifiers() -> set[str]:
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("| ")]
    return set(chain.from_iterable(re.findall(r"[a-z_]+", row[2] + row[3]) for row in rows))


def test_the_glossary_has_every_field_state_basis_status_and_role():
    fields = {column for name in (*CATALOGUE, "tasks") for column in table(name).columns}
    rules, limits = table("eligibility_rules"), table("sla")
    bases = {*rules["gap_basis"], *limits["basis"], "firm", "suspected", "none"}
    directions = {*table("indicators")["better"], *table("indicators")["kind"]}
    states = {*STATES, *response.STATES}
    wanted = fields | bases | directions | states | {*STATUSES} | {*roles()}
    assert wanted - _identifiers() == set()


def _texts() -> dict[str, str]:
    rooms = (
        "data",
        "geo",
        "queries",
        "exhibits",
        "briefing",
        "pages",
        "tests",
        "docs",
        "benchmarks",
    )
    kinds = ("*.py", "*.md", "*.toml", "*.js")
    paths = [p for room in rooms for kind in kinds for p in (ROOT / room).rglob(kind)]
    paths += [ROOT / "README.md", ROOT / "Makefile", ROOT / "pyproject.toml"]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in paths
        if "node_modules" not in path.parts
    }


#: A path that a sentence names: of a folder of ours, or a page of docs.
PATH = re.compile(
    r"(?<![\w/.-])((?:data|geo|queries|exhibits|briefing|pages|tests|docs|benchmarks)/[\w/.-]*\w"
    r"|[\w-]+\.md)"
)


def _exists(name: str, place: str) -> bool:
    bases = (ROOT, ROOT / "docs", ROOT / "tests", (ROOT / place).parent)
    return any((base / name).exists() for base in bases)


def test_nothing_names_a_file_that_is_not_in_the_tree():
    missing = [
        f"{place}: {name}"
        for place, text in _texts().items()
        for name in PATH.findall(text)
        if "." in name.rpartition("/")[2] and not _exists(name, place)
    ]
    assert missing == []


def test_every_heading_of_the_definitions_is_proved_by_a_test_that_cites_it():
    definitions = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## (.+)$", definitions, re.M))
    cited = {
        place: set(re.findall(r"definitions\.md`?,\s+“([^”]+)”", text))
        for place, text in _texts().items()
    }
    assert {h for found in cited.values() for h in found} <= headings
    by_tests = {h for place, found in cited.items() if place.startswith("tests/") for h in found}
    assert headings - by_tests == set()
