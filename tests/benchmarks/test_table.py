"""The table of `make bench`: met or missed, and slower than what was kept."""

import json

import pytest

from benchmarks import table
from benchmarks.table import Row


@pytest.mark.parametrize(
    ("goal", "value", "kept", "said"),
    [
        (0.8, 8, None, "met"),
        (0.8, 8.1, None, "missed"),
        (None, 8, None, ""),
        (None, 8, 0.72, "slower than kept (0.72)"),
        (0.8, 8.1, 0.7, "missed, slower than kept (0.70)"),
        # A tenth is allowed.
        (None, 8, 0.73, ""),
    ],
)
def test_a_row_is_judged_by_its_goal_and_by_what_was_kept(goal, value, kept, said):
    *_, line = table.lines([Row("a", goal, value, 10)], {} if kept is None else {"a": kept})
    assert line.split("|")[-2].strip() == said


def test_ratios_are_kept_and_those_of_rows_not_measured_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "KEPT", tmp_path / "kept.json")
    assert table.kept() == {}
    table.keep([Row("a", None, 1, 3), Row("b", None, 1, 2)])
    table.keep([Row("b", None, 1, 4)])
    assert json.loads(table.KEPT.read_text()) == table.kept() == {"a": 0.333, "b": 0.25}
