"""Reference tables as an office edits them."""

import csv
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.reference import policy_tables


def _forget() -> None:
    """As after a start: nothing read from the tables is kept."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("data.reference", "queries.cubes")):
            for each in vars(module).values():
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


@contextmanager
def rules_added(folder: Path, *rules: tuple[str, str, str, str]) -> Iterator[None]:
    """Rules at the end of `eligibility_rules.csv`: rule_id, programme_code, gap_basis, test_expr."""
    copy = shutil.copytree(policy_tables.FOLDER, folder / "reference")
    file = copy / "eligibility_rules.csv"
    header = file.read_text(encoding="utf-8").splitlines()[0].split(",")
    with file.open("a", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, header)
        for rule in rules:
            columns = ("rule_id", "programme_code", "gap_basis", "test_expr")
            writer.writerow(dict(zip(columns, rule, strict=True)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy_tables, "FOLDER", copy)
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()
