"""One line of the log: what it holds, and that it holds nothing else."""

import json

import pytest

from audit_notes import NAME, note, written
from data.audit import read, verify


def test_a_line_is_who_what_scope_when_and_from_where_and_nothing_else(tmp_path):
    (line,) = written(tmp_path, 1)
    entry = json.loads(line)
    previous, own = entry.pop("previous"), entry.pop("hash")
    assert entry == {
        "at": "2026-11-24T01:30:00.000Z",
        "account": "zhang",
        "unit": "市民政局",
        "role": "office",
        "event": "page",
        "what": "页0",
        "scope": {"as_of": "2026-10-31", "region": "621226", "options": {"part": "cases"}},
        "source": "10.0.0.7",
    }
    assert previous == "0" * 64
    assert len(own) == 64
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_scope_holds_no_other_keys_and_an_event_is_known(tmp_path):
    with pytest.raises(ValueError, match="a scope has no person_id"):
        note(tmp_path, "页", scope={"person_id": "1"})
    with pytest.raises(ValueError, match="no event 'look'"):
        note(tmp_path, "页", event="look")
    assert not (tmp_path / NAME).exists()


def test_long_and_broken_texts_are_cut_and_kept(tmp_path):
    assert verify(tmp_path / "nowhere") is None
    note(tmp_path, "长" * 5000, scope={"options": {"id": "\ud800\nx"}})
    assert read(tmp_path)["what"].item() == "长" * 200
    assert verify(tmp_path) is None
