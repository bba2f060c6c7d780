"""Reference tables as an office edits them."""

import csv
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from data import settings
from data.reference.edited import check_edited
from data.reference.files import FOLDER, ConfigurationError

#: Rows of a table by its name, each the values of some columns; the others are empty.
Rows = list[dict[str, str]]

#: A limit and a rule, each by the key of its row.
FEEDBACK = {"step_code": "referral.feedback"}
RULE = {"rule_id": "R0801"}

#: A department that is a member from July 2026.
AGRICULTURE = {
    "dept_code": "agriculture",
    "full_name": "市农业农村局",
    "short_name_seed": "市农业农村局",
    "sort_order": "7",
    "member": "1",
    "valid_from": "2026-07-01",
}


def _forget() -> None:
    """As after a start: nothing read from the tables is kept."""
    rooms = ("data.", "geo.", "queries.", "exhibits.")
    for name, module in list(sys.modules.items()):
        if name.startswith(rooms):
            for each in vars(module).values():
                if hasattr(each, "cache_clear") and not isinstance(each, type):
                    each.cache_clear()


def shipped(name: str) -> Rows:
    """The rows of a shipped table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def versions(name: str, key: dict[str, str], *of_row: dict[str, str]) -> Rows:
    """A shipped table with versions of the row that has a key, each with what it changes."""
    rows = shipped(name)
    (row,) = [row for row in rows if key.items() <= row.items()]
    return [r for r in rows if r is not row] + [row | changed for changed in of_row]


@contextmanager
def replaced(folder: Path, tables: Mapping[str, Rows]) -> Iterator[None]:
    """Tables that stand in `REFERENCE_DIR` instead of the shipped ones."""
    own = folder / "reference"
    own.mkdir(parents=True)
    for name, rows in tables.items():
        header = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        with (own / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)
    with in_folder(own):
        yield


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """`REFERENCE_DIR` as after a start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "REFERENCE_DIR", folder)
        _forget()
        try:
            yield
        finally:
            patch.undo()
            _forget()


@contextmanager
def in_place(folder: Path, code: str, name: str, boundaries: str = "") -> Iterator[None]:
    """A board of another place, without boundaries or with a table `[boundaries]`."""
    text = f'code = "{code}"\nname = "{name}"\nmeeting = "社会救助联席会议"\n{boundaries}'
    (folder / "place.toml").write_text(text, encoding="utf-8")
    with in_folder(folder):
        yield


@contextmanager
def rules_added(folder: Path, *rules: tuple[str, str, str, str]) -> Iterator[None]:
    """Rules at the end of `eligibility_rules.csv`: rule_id, programme_code, gap_basis, test_expr."""
    columns = ("rule_id", "programme_code", "gap_basis", "test_expr")
    added = [dict(zip(columns, rule, strict=True)) for rule in rules]
    with replaced(folder, {"eligibility_rules": shipped("eligibility_rules") + added}):
        yield


def refusal(folder, **tables):
    """What a start says when the tables are so."""
    with replaced(folder, tables), pytest.raises(ConfigurationError) as refused:
        check_edited()
    return str(refused.value).removeprefix(f"{folder}/reference/")


def changed(name, key, **values):
    """A shipped table with other values in one row, which comes last."""
    return versions(name, key, values)
