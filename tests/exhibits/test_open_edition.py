"""Exhibits of the open edition and of each role: nothing small, nothing false, nothing broken."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import chain

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation

from briefing.files import cells, documents, tables
from briefing.slides import presentation
from data.reference import policy_tables
from every_day import every_day
from every_exhibit import BUILDERS, is_drawn
from exhibits import draw, task_exhibits
from exhibits.attention.entries import entries
from exhibits.exhibit import Chart, Exhibit
from exhibits.make import NOT_OFFERED, OPEN_EDITION
from exhibits.meeting import agenda, changes, decisions, summary
from exhibits.overview import headlines, three_parts
from exhibits.permitted import where_permitted
from exhibits.suppressed import paired, total
from exhibits.tasks import rows
from exhibits.warnings import unrouted
from exhibits.wording.words import HIDDEN_NAME
from marks import MARK
from queries.access import Access, access
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import D

OWN, OTHER, TOWNSHIP = "621226", "621225", "621226100"

ROLES = {
    "partner": access("partner"),
    "open county": access("county", county=OWN).in_open_edition(),
    "county": access("county", county=OWN),
    "county government": access("county_government", county=OWN),
    "township": access("township", township=TOWNSHIP),
    "education": access("department", department="education"),
    "housing": access("department", department="housing"),
}

OPEN = ("partner", "open county")

SCOPES = (Scope(D, date(2026, 9, 30)), Scope(D, None, OWN), Scope(D, None, OWN, "", "dibao", ""))

EVERY = BUILDERS | {
    "moved": lambda s, c: changes.moved(s, c, "concern"),
    "decided": decisions.decided,
    "headline table": summary.headline_table,
}

#: What pages ask for beside exhibits.
OTHERS = {
    "headlines": headlines.headlines,
    "entries": lambda s, c: where_permitted(entries, s, c),
    "paragraphs": three_parts.paragraphs,
    "numbers": unrouted.numbers,
    "agenda": agenda.proposals,
    "tasks": rows.tasks,
}

#: Units of what the open edition rounds, and the column of a chart's values.
ROUNDED = ("人", "人次", "人（户）次", "户", "条", "件")
VALUES = {"bars": "value", "lines": "y", "control": "y", "flow": "n"}

NOTHING = re.compile(r"未发生|未发现|(?<!并)无(?!可比|异常|显著|法|劳|障)")


def here(registry: str, code: str) -> str:
    """A region as it is in a registry: the empty one has two counties alone."""
    return (
        code.replace(TOWNSHIP, "621202001").replace(OWN, "621202") if registry == "empty" else code
    )


def opened(stored, registry: str, role: Access):
    own = {name: here(registry, getattr(role, name)) for name in ("county", "township")}
    return open_snapshot(stored(registry), D, access=replace(role, **own))


def scopes(registry: str):
    """One day alone is stored of small registries."""
    for scope in SCOPES:
        compared = scope.compared if registry == "demonstration" else None
        yield replace(scope, compared=compared, region=here(registry, scope.region))


def texts(exhibit: Exhibit) -> list[str]:
    every = [exhibit.title, exhibit.finding, exhibit.definition, exhibit.source_line]
    frames = [exhibit.table, *([exhibit.chart.data] if exhibit.chart else [])]
    return every + [t for f in frames for s in f.select(pl.col(pl.String)) for t in s.drop_nulls()]


@pytest.mark.parametrize("role", every_day(ROLES, ["partner"]))
@pytest.mark.parametrize(
    # On the small ones the pages of each kind of role are seen in test_every_page.py.
    "registry",
    ["demonstration", *(pytest.param(name, marks=pytest.mark.slow) for name in ("empty", "bare"))],
)
def test_every_exhibit_of_every_role_is_made_and_says_nothing_broken(stored, registry, role):
    snapshot = opened(stored, registry, ROLES[role])
    for scope in scopes(registry):
        for name, build in EVERY.items():
            exhibit = build(snapshot, scope)
            assert exhibit.finding.endswith("。"), (name, exhibit.finding)
            for text in texts(exhibit):
                assert not re.search(r"nan(?![a-z])|None|\d\.0(?=[人户件条个])", text), (name, text)
            is_drawn(exhibit)


@pytest.mark.parametrize("role", every_day(ROLES, ["partner"]))
def test_what_pages_ask_for_beside_exhibits_is_given_to_every_role(stored, role):
    snapshot = opened(stored, "demonstration", ROLES[role])
    for scope in scopes("demonstration"):
        for ask in OTHERS.values():
            ask(snapshot, snapshot.access.narrowed(scope))
        for task in policy_tables.table("tasks")["row_id"]:
            task_exhibits.exhibits_of(snapshot, snapshot.access.narrowed(scope), task)


def counts(exhibit: Exhibit):
    """Name and figures of each column of counts below the city, and of the chart's values."""
    if "地区" in exhibit.table.columns:
        exhibit = replace(exhibit, table=exhibit.table.filter(pl.col("地区") != "全市"))
    money = "元" in "".join(exhibit.table["指标"]) if "指标" in exhibit.table.columns else False
    for column in exhibit.table:
        counted = column.name.endswith(tuple(f"（{unit}）" for unit in ROUNDED))
        if counted or (column.name in ("分子", "分母") and not money):
            yield column.name, [v for v in cells.values(column) if isinstance(v, int | float)]
    chart = exhibit.chart
    if chart and chart.kind in VALUES and chart.unit in ROUNDED:
        yield chart.kind, chart.data[VALUES[chart.kind]].drop_nulls().to_list()


@pytest.mark.parametrize("role", every_day(OPEN, ["partner"]))
def test_the_open_edition_shows_no_count_below_the_city_that_is_not_rounded(stored, role):
    snapshot = opened(stored, "demonstration", ROLES[role])
    for scope in SCOPES[1:]:
        tasks = policy_tables.table("tasks")["row_id"]
        of_tasks = chain.from_iterable(
            task_exhibits.exhibits_of(snapshot, scope, task) for task in tasks
        )
        for exhibit in (*[build(snapshot, scope) for build in EVERY.values()], *of_tasks):
            assert exhibit.definition.endswith(OPEN_EDITION), exhibit.key
            for name, figures in counts(exhibit):
                assert all(figure % 5 == 0 for figure in figures), (exhibit.key, name, figures)


def test_the_open_edition_says_nothing_happened_only_where_nothing_did(stored):
    exact = opened(stored, "demonstration", access("office"))
    shown = opened(stored, "demonstration", ROLES["partner"])
    for scope in SCOPES:
        for name, build in EVERY.items():
            exhibit, known = build(shown, scope), build(exact, scope)
            if not exhibit.withheld and NOTHING.search(exhibit.finding):
                assert NOTHING.search(known.finding), (name, exhibit.finding, known.finding)


def test_a_county_compares_its_rates_with_others_and_sees_no_count_of_theirs(stored):
    snapshot = opened(stored, "demonstration", ROLES["county"])
    shown = EVERY["county table"](snapshot, SCOPES[0])
    assert all("%" in name for name in shown.table.columns[1:])
    assert shown.table.height == 10
    assert EVERY["funnel"](snapshot, SCOPES[0]).table.height == 1
    for name in ("matrix", "programmes", "not terminated", "unrouted by county"):
        places = EVERY[name](snapshot, SCOPES[0]).table
        assert "文县" not in str(places.to_dicts()), name


def test_what_a_role_may_not_see_is_refused_and_not_told_as_nothing(stored):
    snapshot = opened(stored, "demonstration", ROLES["education"])
    refused = EVERY["unrouted by county"](snapshot, SCOPES[1])
    assert (refused.withheld, refused.title) == (True, NOT_OFFERED)
    assert refused.finding == "此项超出本角色的查看范围。"
    (told,) = three_parts.paragraphs(snapshot, Scope(D, None, OWN, "education"))
    assert told.text == "此项超出本角色的查看范围。"


#: Two places, one with a hidden part.
DATA = pl.DataFrame(
    {
        "label": ["甲", "甲", "乙", "乙"],
        "series": ["逾期", "时限内", "逾期", "时限内"],
        "value": [100, 20, None, 50],
        "suppressed": [False, False, True, True],
    }
)

TABLE = pl.DataFrame(
    {
        "地区": ["甲", "乙", "丙"],
        "件数（件）": [15, None, None],
        "说明": ["", None, ""],
        "suppressed": [False, True, False],
    }
)


def exhibit_of(stacked: bool = False, horizontal: bool = True) -> Exhibit:
    data = DATA if stacked else DATA.filter(series="逾期").drop("series")
    chart = Chart("bars", data, unit="件", stacked=stacked, horizontal=horizontal)
    return Exhibit("k", "页", "题", "答。", paired(TABLE), chart, "口径", D, "全市")


def test_a_hidden_bar_is_a_hatched_stub_with_a_star():
    known, stub, key = draw.figure(exhibit_of()).to_dict()["data"]
    assert known["x"] == [100, None]
    assert (stub["x"], stub["y"], stub["text"]) == ([3.0], ["乙"], ["*"])
    assert (stub["textposition"], stub["offsetgroup"]) == ("outside", known["offsetgroup"])
    assert stub["marker"]["pattern"]["shape"] == "/"
    assert (key["name"], key["showlegend"]) == (HIDDEN_NAME, True)


def test_a_hidden_part_of_a_stack_is_a_stub_of_its_own():
    figure = draw.figure(exhibit_of(stacked=True)).to_dict()
    late, stub, in_time, _ = figure["data"]
    assert (late["x"], in_time["x"]) == ([100, None], [20, 50])
    assert stub["x"] == [pytest.approx(3.6)]
    star = next(a for a in figure["layout"]["annotations"] if "*" in a["text"])
    assert (star["text"], star["y"], star["x"]) == ("<b>*</b>", "乙", pytest.approx(1.8))


def test_stubs_alone_stay_short():
    """Where every known bar is 0 the axis is not stretched to the stubs."""
    chart = replace(exhibit_of().chart, data=DATA.filter(series="逾期", label="乙").drop("series"))
    drawn = draw.figure(replace(exhibit_of(), chart=chart)).to_dict()
    assert drawn["data"][1]["x"] == [0.03]
    assert drawn["layout"]["xaxis"]["range"] == [0, 1.0]
    assert drawn["layout"]["xaxis"]["visible"] is False


@pytest.mark.parametrize("stacked", [False, True])
def test_a_slide_has_the_stub_its_star_and_the_legends_words(stacked):
    book = Presentation(io.BytesIO(presentation.slide(exhibit_of(stacked), MARK)))
    (chart,) = [shape.chart for shape in book.slides[0].shapes if shape.has_chart]
    first = chart.plots[0].series[0]
    shown = [shape.text_frame.text for shape in book.slides[0].shapes if shape.has_text_frame]
    assert HIDDEN_NAME in shown
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    (point,) = first._element.findall("c:dPt", first._element.nsmap)
    assert point.find("c:idx", point.nsmap).get("val") == "1"
    assert point.find(".//a:pattFill", space).get("prst") == "wdUpDiag"
    labels = [text.text for text in first._element.iterfind(".//c:dLbl//a:t", first._element.nsmap)]
    assert labels == ["*"]


def test_a_hidden_figure_is_a_star_in_every_file_and_an_unknown_one_is_not():
    exhibit = exhibit_of()
    assert cells.texts(exhibit.table) == [["甲", "15", ""], ["乙", "*", "—"], ["丙", "—", ""]]
    lines = tables.csv(exhibit, MARK).decode("utf-8-sig").splitlines()
    assert [line.split(",")[1] for line in lines[2:]] == ["15", "*", ""]
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx(exhibit, MARK))).active
    column = [sheet.cell(tables.HEADER + 2 + i, 2).value for i in range(3)]
    assert column == [15, "*", None]
    grid = Document(io.BytesIO(documents.docx(exhibit, MARK))).tables[0]
    assert [row.cells[1].text for row in grid.rows[1:]] == ["15", "*", "—"]


def test_stars_stay_with_their_rows_when_rows_are_chosen():
    table = paired(TABLE)
    assert cells.texts(table.filter(pl.col("地区") == "乙")) == [["乙", "*", "—"]]
    assert paired(TABLE.filter(pl.col("地区") != "乙"))["件数（件）"].dtype == pl.Int64


def test_a_sum_with_a_hidden_part_is_unknown():
    assert total(pl.Series([1, 2])) == 3
    assert total(pl.Series([1, None])) is None
    assert total(pl.Series([], dtype=pl.Int64)) == 0
