"""No text of the product holds a word that `docs/style-zh.md`, “Fixed terms”, replaces."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Who speaks to users; `tasks.csv` quotes the policy, the contract names columns of the registry.
SPEAKING = (
    *(f"{room}/**/*.py" for room in ("exhibits", "briefing", "pages", "queries", "data")),
    *("pages/**/*.js", "pages/**/*.css", "docs/user-guide.md"),
    *(f"data/reference/{table}.csv" for table in ("codes", "definitions_zh", "targets", "sla")),
    "data/demo/decisions.csv",
)


def replaced_words() -> list[str]:
    """The last column of the table."""
    section = (ROOT / "docs/style-zh.md").read_text().split("## Fixed terms")[1].split("##")[0]
    rows = [line.split("|")[3] for line in section.splitlines() if line.startswith("| ")]
    return [word.strip() for row in rows[1:] for word in row.split(",")]


def texts(path: Path) -> Iterator[str]:
    """A file's text; of a program its strings without docstrings."""
    text = path.read_text()
    if path.suffix != ".py":
        yield text
        return
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    docstrings = {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield str(node.value)


def test_the_table_is_read():
    assert {"超时", "超期", "牵头单位", "变差信号", "项次"} <= set(replaced_words())


def test_no_text_of_the_product_has_a_word_that_was_replaced():
    pattern = re.compile("|".join(replaced_words()))
    faults = {
        (str(path.relative_to(ROOT)), match[0])
        for glob in SPEAKING
        for path in ROOT.glob(glob)
        for text in texts(path)
        for match in pattern.finditer(text)
    }
    assert faults == set()
