"""Every exhibit as roles see it whose counts are rounded: `*` for what is hidden, no case, no crash."""

import math
import re
from datetime import date

import polars as pl
import pytest

from briefing import documents, tables
from exhibits import draw, exceptions, headlines, hidden, overview
from exhibits.meeting import agenda
from marks import MARK
from queries.access import AccessError, access
from queries.scope import Scope, before, seen
from queries.snapshot import open_snapshot
from stores import D
from test_exhibits import BUILDERS

ROLES = {
    "county": access("county", "621202"),
    "analyst": access("analyst"),
    "department": access("department", department="education"),
}

SCOPES = {"city": Scope(D), "county": Scope(D, region="621202")}

#: What no reader is to see: a number that is none, or half a person.
BROKEN = re.compile(r"(?<![A-Za-z])(nan|NaN|None)(?![A-Za-z])|\d\.0(?=[人户件条个▲▼）])")

#: A cut by parts that are not shown to them.
REFUSED = ("explored residences",)

COUNTED = re.compile(r"（(人|件|条|户|人次)）$")

#: Counts of rows of the registry, of warnings about data: nobody's own.
ROWS = ("tables", "revisions", "records", "freshness", "submissions")


def texts(frame: pl.DataFrame) -> str:
    return "\n".join(
        "\n".join(map(str, frame[c])) for c in frame.columns if frame[c].dtype == pl.String
    )


@pytest.mark.parametrize("name", [name for name in BUILDERS if name not in REFUSED])
@pytest.mark.parametrize("place", SCOPES)
@pytest.mark.parametrize("role", ROLES)
def test_an_exhibit_of_rounded_counts_is_whole(stored, role, place, name):
    for store in ("demonstration", "empty", "bare"):
        snapshot = open_snapshot(stored(store), D, access=ROLES[role])
        exhibit = BUILDERS[name](snapshot, ROLES[role].narrowed(SCOPES[place]))
        assert not BROKEN.search(exhibit.finding)
        assert not BROKEN.search(texts(exhibit.table))
        if exhibit.chart:
            assert not BROKEN.search(texts(exhibit.chart.data))
            assert not BROKEN.search(" ".join(label for label, _ in exhibit.chart.classes))
            draw.figure(exhibit)
        if exhibit.table.height:
            assert not BROKEN.search(tables.csv(exhibit, MARK).decode().replace("None", ""))
            tables.xlsx(exhibit, MARK)
        if store == "demonstration" and exhibit.recipe:
            assert exhibit.definition.endswith(hidden.RULE)
        if name not in ROWS:
            for column in exhibit.table.columns:
                if COUNTED.search(column) and exhibit.table[column].dtype.is_numeric():
                    known = exhibit.table[column].cast(pl.Float64).drop_nulls().drop_nans()
                    assert (known % 5 == 0).all(), (column, known.to_list()[:9])


def test_a_hidden_count_is_a_star_in_every_file():
    table = pl.DataFrame({"地区": ["礼县", "武都区"], "缺口（人）": [math.nan, 120.0]})
    assert (
        b"\n\xe7\xa4\xbc\xe5\x8e\xbf,*\n\xe6\xad\xa6\xe9\x83\xbd\xe5\x8c\xba,120\n"
        in tables.text(table, MARK)
    )
    assert documents.cells.said(table) == [["礼县", "*"], ["武都区", "120"]]


def test_words_say_a_star_for_what_is_hidden():
    assert (
        hidden.starred("缺口nan人，符合条件715.0人，覆盖率95.00%")
        == "缺口*人，符合条件715人，覆盖率95.00%"
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("store", ["demonstration", "empty", "bare"])
def test_what_stands_beside_exhibits_is_whole(stored, role, store):
    snapshot = open_snapshot(stored(store), D, access=ROLES[role])
    scope = ROLES[role].narrowed(Scope(D))
    said = [part.text for part in overview.paragraphs(snapshot, scope)]
    said += [f"{h.figure}{h.change}" for h in headlines.headlines(snapshot, scope)]
    said += [found.text for found in exceptions.exceptions(snapshot, scope)]
    said += [f"{item.title}{item.reason}" for item in agenda.proposals(snapshot, scope)]
    assert [text for text in said if BROKEN.search(text)] == []


@pytest.mark.parametrize("name", REFUSED)
def test_parts_that_would_give_others_away_are_refused(stored, name):
    snapshot = open_snapshot(stored("demonstration"), D, access=ROLES["analyst"])
    with pytest.raises(AccessError, match="不能按类别或城乡筛选"):
        BUILDERS[name](snapshot, Scope(D))


def test_a_day_to_compare_with_that_may_not_be_seen_is_none(stored):
    snapshot = open_snapshot(stored("demonstration"), D, access=ROLES["analyst"])
    known = Scope(D, date(2026, 9, 30))
    # Stored, and of the time before anything was made for rounded roles.
    unknown = Scope(D, date(2026, 7, 31))
    assert seen(snapshot, known).compared and before(snapshot, known)
    assert seen(snapshot, unknown).compared is None
    assert BUILDERS["cascade"](snapshot, unknown).compared is None
    assert BUILDERS["map of a rate"](snapshot, unknown).compared is None
