"""What stands at the top level, and how long a page is; who may import whom stands in pyproject."""

from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]

TOP_LEVEL = {
    "dashboard.py",  # fixed by the user, with the next line
    *("pages", "queries", "geo", "data", "tests"),
    *("exhibits", "briefing", "benchmarks", "docs"),
    *("requirements.txt", "requirements-dev.txt", "requirements.lock", "requirements-dev.lock"),
    *(".streamlit", "README.md", "Makefile", "pyproject.toml", ".ci", ".git"),
    *(".gitignore", ".dockerignore"),
}

PAGE_LINES = 80


def _lines(name: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def test_a_page_is_short():
    pages = sorted((ROOT / "pages").glob("*.py"))
    assert [p.name for p in pages if len(_lines(f"pages/{p.name}")) > PAGE_LINES] == []


def test_top_level_holds_nothing_else():
    ignored = [line.strip("/") for line in _lines(".gitignore")]
    names = {path.name for path in ROOT.iterdir()} - TOP_LEVEL
    assert {name for name in names if not any(fnmatch(name, i) for i in ignored)} == set()


def test_every_room_says_what_lives_there():
    folders = {
        path.parent
        for room in ("data", "geo", "queries", "exhibits", "briefing", "pages")
        for path in (ROOT / room).rglob("*.py")
    }
    texts = {folder: (folder / "__init__.py").read_text(encoding="utf-8") for folder in folders}
    assert [folder for folder, text in texts.items() if not text.startswith('"""')] == []


def test_what_git_ignores_gets_into_no_image():
    """Secrets, users, figures and the log among it."""
    ignored, kept_out = (
        {line.removeprefix("**/").strip("/") for line in _lines(file)}
        for file in (".gitignore", ".dockerignore")
    )
    assert ignored - kept_out == set()
