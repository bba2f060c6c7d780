"""What somebody may upload as a selection: it reads back or is refused in one sentence."""

import gzip
import io
import json
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.meeting.agenda_line import EDITABLE, LONGEST, Line
from briefing.meeting.selection import MOST, Selection, SelectionError, from_json, to_json

GOOD = json.loads(to_json(Selection(date(2026, 10, 31), date(2026, 7, 31))))


def _map(options: dict) -> dict:
    return {"builder": "maps.county.county_map", "options": options}


def _zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("selection.json", " " * 100_000_000)
    return held.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "not json",
        "[" * 100_000,
        "x" * 600_000,
        json.dumps(GOOD | {"as_of": "yesterday"}),
        json.dumps(GOOD | {"agenda": "all"}),
        json.dumps(GOOD | {"period": "week"}),
        json.dumps(GOOD | {"period": ["month"]}),
        json.dumps(GOOD | {"agenda": [{"key": "x" * 500}]}),
        json.dumps(GOOD | {"agenda": [{"key": "a", "edits": ["title"]}]}),
        json.dumps(GOOD | {"agenda": [{"key": "a", "edits": {"recipe": "x"}}]}),
        json.dumps(GOOD | {"agenda": [{"key": "a", "edits": {"due": "x" * 61}}]}),
        json.dumps(GOOD | {"agenda": [{"key": "a", "edits": {"due": 1}}]}),
        json.dumps(GOOD | {"exhibits": [{}] * 61}),
        json.dumps(GOOD | {"exhibits": [{"builder": "os.system"}]}),
        json.dumps(GOOD | {"exhibits": [{"builder": "series.trend", "options": {"x": "y"}}]}),
        json.dumps(
            GOOD | {"exhibits": [{"builder": "series.trend", "options": {"indicator": "I9999"}}]}
        ),
        json.dumps(GOOD | {"exhibits": [{"builder": "series.trend", "region": 621226}]}),
        json.dumps(GOOD | {"exhibits": [_map({"indicator": "I0891" * 100})]}),
        json.dumps(GOOD | {"exhibits": [_map({"indicator": ["I0891"] * 20_000})]}),
        json.dumps(GOOD | {"exhibits": [_map({"indicator": {"a": {"b": "c"}}})]}),
        json.dumps(GOOD | {"exhibits": [_map({"page": "9" * 5_000})]}),
        json.dumps(GOOD | {"as_of": float("nan")}),
        json.dumps(GOOD)[:-1] + ', "region": 1' + "0" * 5_000 + "}",
        json.dumps(GOOD)[:-1] + ', "agenda": ' + "[" * 90_000 + "]" * 90_000 + "}",
        json.dumps(GOOD).encode() + b"\xff\xfe",
        json.dumps(GOOD | {"agenda": [{"key": "own-1", "text": "\ud800"}]}),
        json.dumps(GOOD | {"meeting": "\udfff"}),
        json.dumps(GOOD | {"exhibits": [_map({"indicator": "I0891", "by\ud800": "x"})]}),
        gzip.compress(b" " * 100_000_000),
        _zip_bomb(),
    ],
)
def test_what_is_no_selection_is_refused(text):
    with pytest.raises(SelectionError):
        from_json(text)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(field=st.sampled_from(sorted(GOOD)), value=ANYTHING, option=ANYTHING)
def test_whatever_a_file_holds_it_is_a_selection_or_refused(field, value, option):
    pinned = {"exhibits": [_map({"indicator": "I0891", "page": option})]}
    for told in (GOOD | {field: value}, GOOD | pinned, value):
        try:
            assert isinstance(from_json(json.dumps(told)), Selection)
        except SelectionError as error:
            assert str(error)


def test_a_selection_keeps_its_period_and_is_of_the_month_without_one():
    chosen = Selection(date(2026, 10, 31), period="since_meeting")
    assert from_json(to_json(chosen)) == chosen
    assert chosen.scope.period == "since_meeting"
    old = {field: value for field, value in GOOD.items() if field != "period"}
    assert from_json(json.dumps(old)).period == "month"


def test_a_line_keeps_what_a_document_can_hold():
    line = {"key": "own-1", "text": " 研究\x00\x0b\ufffe\u202e住房\x7f救助 "}
    assert from_json(json.dumps(GOOD | {"agenda": [line]})).agenda[0].text == "研究住房救助"
    line = {"key": "a", "edits": {"advice": "\u202e约谈\x00", "due": ""}}
    (edited,) = from_json(json.dumps(GOOD | {"agenda": [line]})).agenda
    assert edited == Line("a", edits=(("advice", "约谈"), ("due", "")))


def test_a_file_written_before_texts_could_be_edited_is_read():
    old = {"key": "attention-621226-unrouted", "text": "", "struck": True}
    (line,) = from_json(json.dumps(GOOD | {"agenda": [old]})).agenda
    assert line == Line("attention-621226-unrouted", struck=True)


def test_the_largest_selection_that_the_office_can_write_is_read_back():
    longest = tuple((name, "县" * most) for name, most in EDITABLE.items())
    lines = tuple(Line(f"own-{i}", "县" * LONGEST, edits=longest) for i in range(MOST))
    chosen = Selection(date(2026, 10, 31), agenda=lines)
    assert from_json(to_json(chosen).encode()) == chosen
