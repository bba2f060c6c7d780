"""Who may import whom, and what stands at the top level: the table of docs, kept by a machine.

Imports inside functions count too. `queries.scope` allows that module and what is in it.
"""

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Room → what of ours it may import beside itself.
MAY_IMPORT = {
    "data": (),
    "geo": (),
    "queries": ("data",),
    "exhibits": ("queries", "geo", "data.reference.policy_tables"),
    "briefing": ("exhibits", "queries", "geo", "data.spreadsheets"),
    "pages": (
        *("exhibits", "briefing", "data.settings"),
        *("queries.scope", "queries.catalogue", "queries.access"),
    ),
    # What pages share also notes who looks.
    "pages.shared": ("queries.access", "data.audit"),
    "dashboard": ("pages.shared",),
}

#: Packages that one or two rooms alone may use.
AT_HOME_IN = {"geopandas": ("geo",), "streamlit": ("pages", "dashboard")}

TOP_LEVEL = {
    *("dashboard.py", "requirements.txt"),  # fixed by the user, with the next line
    *("pages", "queries", "geo", "data", "tests"),
    *("exhibits", "briefing", "benchmarks", "docs"),
    *(".streamlit", "README.md", "Makefile", "pyproject.toml", ".ci", ".git"),
    *(".gitignore", ".dockerignore"),
}

PAGE_LINES = 80

MODULES = [
    *(path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))),
    ROOT / "dashboard.py",
]


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return "pages.shared" if parts[:2] == ("pages", "shared") else parts[0].removesuffix(".py")


def imported(code: str, package: tuple[str, ...] = ()) -> set[str]:
    """Dotted names that a module of `package` imports; `from a import b` is a.b."""
    names = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    return names


def is_within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def forbidden(room: str, names: set[str]) -> list[str]:
    ours = {name for name in names if name.split(".")[0] in MAY_IMPORT}
    above = MAY_IMPORT["pages"] if room == "pages.shared" else ()
    allowed = (room, *MAY_IMPORT[room], *above)
    strangers = {name for name in ours if not any(is_within(name, module) for module in allowed)}
    away = {
        name
        for name in names
        for package, homes in AT_HOME_IN.items()
        if is_within(name, package) and room.split(".")[0] not in homes
    }
    return sorted(strangers | away)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_keep_to_the_table(path):
    package = path.relative_to(ROOT).parts[:-1]
    names = imported(path.read_text(encoding="utf-8"), package)
    assert forbidden(room_of(path), names) == []


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_a_page_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= PAGE_LINES


def test_top_level_holds_nothing_else():
    ignored = [
        line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if line.strip()
    ]
    names = {path.name for path in ROOT.iterdir()}
    unknown = {
        name for name in names - TOP_LEVEL if not any(fnmatch(name, pattern) for pattern in ignored)
    }
    assert unknown == set()


def test_what_git_ignores_gets_into_no_image():
    """Secrets, users, figures and the log among it."""
    names = {
        file: {
            line.removeprefix("**/").strip("/") for line in (ROOT / file).read_text().splitlines()
        }
        for file in (".gitignore", ".dockerignore")
    }
    assert names[".gitignore"] - names[".dockerignore"] == set()


@pytest.mark.parametrize(
    ("room", "code", "found"),
    [
        ("data", "from queries import scope", ["queries.scope"]),
        ("geo", "import data.registry.reader", ["data.registry.reader"]),
        ("queries", "from data.registry.reader import read", []),
        ("exhibits", "from data import reference, spreadsheets", ["data.spreadsheets"]),
        ("exhibits", "from data.reference.policy_tables import tasks", []),
        ("exhibits", "from data.reference_files import x", ["data.reference_files.x"]),
        ("pages", "def f():\n    from queries.cubes import build", ["queries.cubes.build"]),
        ("pages", "from queries.scope import Scope", []),
        ("pages", "from data import audit", ["data.audit"]),
        ("pages.shared", "from data import audit, settings", []),
        ("pages.shared", "from queries.access import User", []),
        ("dashboard", "from pages import shared", []),
        ("dashboard", "from pages import overview", ["pages.overview"]),
        ("queries", "import streamlit as st", ["streamlit"]),
        ("briefing", "import polars, datetime", []),
    ],
)
def test_the_test_sees_what_it_should(room, code, found):
    assert forbidden(room, imported(code)) == found


def test_relative_imports_stay_in_their_package():
    assert imported("from . import a\nfrom ..b import c", ("data", "demo")) == {
        "data.demo.a",
        "data.b.c",
    }
