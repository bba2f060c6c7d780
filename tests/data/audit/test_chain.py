"""Is the log as it was written: whatever is changed, removed or cut off shows, and where."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit_notes import NAME, NOVEMBER, note, put, written
from data.audit import Fault, read, verify
from data.audit.entry import GENESIS, chained

OCTOBER = datetime(2026, 10, 31, 23, 59, 59, 999_000, tzinfo=UTC)


def forged(line: bytes, previous: bytes) -> bytes:
    """The line of another account, with the hash that it has behind another line."""
    return chained(json.loads(line) | {"account": "wang1"}, json.loads(previous)["hash"])[0]


@pytest.mark.parametrize(
    ("first_bad", "tampered"),
    [
        pytest.param(3, lambda x: [*x[:2], x[2].replace(b"zhang", b"wang1"), *x[3:]], id="changed"),
        pytest.param(4, lambda x: [*x[:2], forged(x[2], x[1]), *x[3:]], id="rehashed"),
        pytest.param(5, lambda x: [*x[:4], forged(x[4], x[3])], id="last rehashed"),
        pytest.param(3, lambda x: [*x[:2], b'{"at": "\n', *x[3:]], id="garbled"),
        pytest.param(3, lambda x: x[:2] + x[3:], id="removed"),
        pytest.param(1, lambda x: x[1:], id="first removed"),
        pytest.param(2, lambda x: [x[0], x[2], x[1], *x[3:]], id="reordered"),
        pytest.param(4, lambda x: [*x[:3], x[2], *x[3:]], id="repeated"),
        pytest.param(4, lambda x: [*x[:2], forged(x[4], x[1]), *x[2:]], id="inserted"),
        pytest.param(4, lambda x: x[:3], id="cut off"),
        pytest.param(1, lambda x: [], id="emptied"),
    ],
)
def test_the_first_bad_line_shows_and_the_log_is_not_whole_again(tmp_path, first_bad, tampered):
    lines = tampered(written(tmp_path))
    put(tmp_path, lines)
    before = json.loads(lines[first_bad - 2])["hash"] if first_bad > 1 else GENESIS
    assert verify(tmp_path) == Fault(NAME, first_bad, before)
    note(tmp_path, "之后")
    assert verify(tmp_path) is not None


def test_a_file_goes_on_from_the_one_before_and_a_removed_one_shows(tmp_path):
    names = [f"audit-2026-{month}.jsonl" for month in (10, 11, 12)]
    for month in (OCTOBER, NOVEMBER, datetime(2026, 12, 1, tzinfo=UTC)):
        note(tmp_path, "页", month)
    assert sorted(path.name for path in tmp_path.glob("*.jsonl")) == names
    assert verify(tmp_path) is None
    first, middle, last = ((tmp_path / name).read_bytes() for name in names)
    (tmp_path / NAME).unlink()
    assert verify(tmp_path) == Fault(names[2], 1, json.loads(first)["hash"])
    (tmp_path / NAME).write_bytes(middle)
    (tmp_path / names[2]).unlink()
    assert verify(tmp_path) == Fault(names[2], 1, json.loads(middle)["hash"])
    (tmp_path / names[2]).write_bytes(last)
    (tmp_path / names[0]).unlink()
    assert verify(tmp_path) == Fault(NAME, 1, GENESIS)


@pytest.mark.parametrize("damage", [Path.unlink, lambda head: head.write_bytes(b"{")])
def test_a_lost_head_shows_and_goes_on_showing(tmp_path, damage):
    last = json.loads(written(tmp_path)[-1])["hash"]
    damage(tmp_path / "head.json")
    assert verify(tmp_path) == Fault("head.json", 1, last)
    note(tmp_path, "之后")
    assert verify(tmp_path) == Fault(NAME, 6, last)


def test_half_a_line_shows_until_the_next_is_chained_to_it(tmp_path, caplog):
    lines = written(tmp_path)
    put(tmp_path, [*lines, lines[0][:40]])
    fault = Fault(NAME, 6, json.loads(lines[-1])["hash"])
    assert verify(tmp_path) == fault
    note(tmp_path, "之后")
    assert "a line that is not whole" in caplog.text
    assert verify(tmp_path) is None
    assert read(tmp_path)["what"].to_list() == ["页0", "页1", "页2", "页3", "页4", "之后"]
    # It is evidence like any other line.
    *_, half, last = (tmp_path / NAME).read_bytes().splitlines(keepends=True)
    put(tmp_path, [*lines, half.replace(b"2026", b"2025"), last])
    assert verify(tmp_path) == fault
    put(tmp_path, [*lines, last])
    assert verify(tmp_path) == fault


@pytest.mark.parametrize("ending", [b"\n", b""])
def test_a_line_whose_writer_was_killed_before_the_head_counts(tmp_path, ending):
    written(tmp_path, 1)
    head = (tmp_path / "head.json").read_bytes()
    lines = written(tmp_path, 1)
    (tmp_path / "head.json").write_bytes(head)
    put(tmp_path, [lines[0], lines[1].rstrip() + ending])
    assert verify(tmp_path) is None
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    # Also where it is the first of a month, which the head does not know.
    head = (tmp_path / "head.json").read_bytes()
    december = datetime(2026, 12, 1, tzinfo=UTC)
    note(tmp_path, "十二月", december)
    (tmp_path / "head.json").write_bytes(head)
    note(tmp_path, "之后", december)
    assert verify(tmp_path) is None
    assert read(tmp_path).height == 5
