"""Every exhibit on every registry: a sentence, a table that is exported, a chart that is drawn."""

import io
import re
from dataclasses import replace
from itertools import product
from types import SimpleNamespace

import openpyxl
import polars as pl
import pytest
from docx import Document

from briefing.files import documents, tables
from briefing.files.images import picture
from data.reference import policy_tables
from data.registry.contract import TABLES
from every_day import every_day
from every_exhibit import BUILDERS, COUNTY, LISTS, MAY_BE_EMPTY, SCOPES, is_drawn, sound
from exhibits import methods, recipe, series, task_exhibits
from exhibits.attention.entries import entries
from exhibits.coverage import matrix
from exhibits.exhibit import Exhibit
from exhibits.explore import choices
from exhibits.maps import county
from exhibits.overview import headlines, three_parts
from exhibits.overview.page_of import page_of
from exhibits.quality import stale_line
from exhibits.response import counties, rates
from exhibits.tasks import reported, rows
from exhibits.wording.definitions import definition, texts
from marks import LINE, MARK
from queries.access import access
from queries.answers.indicators import indicators
from queries.answers.marks import Mark
from queries.answers.programme_sums import task_rows
from queries.catalogue import COVERAGE, READS, catalogue
from queries.scope import Scope
from queries.store.snapshot import open_snapshot
from stores import STORES, D

#: Every scope where there is something to show.
EVERY_DAY = [("bare", "city"), ("empty", "city"), *product(["demonstration"], SCOPES)]


@pytest.fixture(scope="module")
def snapshots(stored):
    return {name: open_snapshot(stored(name), D) for name in STORES}


@pytest.mark.parametrize(
    ("registry", "scope"),
    every_day(product(STORES, SCOPES), EVERY_DAY),
)
def test_every_exhibit_is_sound_on_every_registry(snapshots, registry, scope):
    for name, build in BUILDERS.items():
        chosen = SCOPES[scope]
        if registry != "demonstration":
            chosen = replace(chosen, compared=None)  # one day is stored
        exhibit = build(snapshots[registry], chosen)
        sound(exhibit)
        assert tables.csv(exhibit, MARK).startswith(b"\xef\xbb\xbf"), name
        if exhibit.chart:
            assert exhibit.chart.description, name
            is_drawn(exhibit)


def test_on_the_demonstration_every_exhibit_of_the_city_has_a_chart_or_a_list(snapshots):
    for name, build in BUILDERS.items():
        exhibit = build(snapshots["demonstration"], SCOPES["city"])
        assert exhibit.table.height or name in MAY_BE_EMPTY, name
        assert exhibit.chart or name in LISTS, name


#: 未转办预警12条, 未转办预警数12条, 未转办12条: the sum, not the overdue of it.
SUM = re.compile(r"未转办(纳入|退出)?(预警)?数?\d+条")


def test_warnings_without_a_destination_are_never_told_without_their_parts(snapshots):
    snapshot, told = snapshots["demonstration"], 0
    for scope in (SCOPES["city"], SCOPES["county"]):
        findings = [build(snapshot, scope).finding for build in BUILDERS.values()]
        findings += [entry.sentence for entry in entries(snapshot, scope)]
        findings.append(series.trend(snapshot, scope, "I0707", "预警处置").finding)
        findings.append(county.county_map(snapshot, scope, "I0707").finding)
        for text in filter(SUM.search, findings):
            told += 1
            assert all(re.search(rf"{part}\d+条", text) for part in PARTS), text
        (card,) = [h for h in headlines.headlines(snapshot, scope) if h.indicator.id == "I0707"]
        assert all(part in card.parts for part in PARTS)
    assert told >= 8


PARTS = ("待核查", "待转办", "待民政办理")


@pytest.mark.parametrize("registry", STORES)
def test_every_exhibit_of_every_task_is_sound(snapshots, registry):
    for scope in (Scope(D), SCOPES["county"]):
        for task in policy_tables.table("tasks")["row_id"]:
            for exhibit in task_exhibits.exhibits_of(snapshots[registry], scope, task):
                sound(exhibit)
                is_drawn(exhibit)


def test_every_task_row_has_indicators_and_every_indicator_a_definition_unit_and_page(snapshots):
    known = {task.row: task for task in rows.tasks(snapshots["demonstration"], Scope(D))}
    assert list(known) == policy_tables.table("tasks")["row_id"].to_list()
    for indicator in catalogue().values():
        # A row without a programme of the indicator's bases has nothing to sum.
        own = task_rows(indicator.id, D) if indicator.id in COVERAGE else indicator.task_rows
        for row in own:
            assert indicator.id in {line.id for line in known[row].lines}, (row, indicator.id)
        sources = (texts()[indicator.id]["tables"] or "").split("|")
        assert set(sources) <= set(TABLES)
        assert set(READS.get(indicator.id, ())) <= set(sources)
        assert indicator.unit
        assert definition(indicator.id)
        assert page_of(indicator.id)
    assert all(task.lines and task.leads for task in known.values())


def test_units_stand_as_the_policy_has_them(snapshots):
    known = {task.row: task for task in rows.tasks(snapshots["demonstration"], Scope(D))}
    assert (known["5"].leads, known["5"].cooperating) == ("各县区人民政府", "无")
    assert "市民政局" not in known["9-1"].leads + known["9-1"].cooperating
    assert len(known["9-1"].lead_codes) == 2
    assert "市民政局" in known["6"].leads


def test_my_tasks_are_those_a_department_leads_or_helps_with(snapshots):
    mine = rows.tasks(snapshots["demonstration"], Scope(D, department="women_federation"))
    assert [t.row for t in mine] == [
        "4",
        "7",
        "8",
        "9-1",
        "9-2",
        "9-3",
        "9-4",
        "9-5",
        "10",
        "11",
        "12",
    ]
    assert set(rows.roles("women_federation").values()) == {"配合"}


def test_a_report_that_differs_from_the_data_is_told():
    worse = Mark(variation="concern", unjudged="", rule="outside")
    coverage = replace(catalogue()["I0891"], name="覆盖率")
    shown = rows.Line(coverage, "覆盖率", "1%", "", "", worse, "", "", "map")
    task = rows.Task("8", "", "", "", "", "", (), (), (shown,))
    assert reported.differs(["on_track", "done", "slow"], task) == (
        "多数填报为正常，而数据显示覆盖率变差或持续未达标"
    )
    assert reported.differs(["slow", "blocked", "done"], task) == ""


def test_a_stale_or_absent_source_is_named_under_every_page(monkeypatch):
    manifest = {
        "rows_read": {"warning": 10, "referral": 5},
        "rows_kept": {"warning": 8, "referral": 5},
        "absent": ["appeal"],
        "last_records": {"warning": "2026-09-21", "referral": "2026-09-20"},
    }
    monkeypatch.setattr(stale_line, "_outside_counties", lambda snapshot: 0)
    told = stale_line.partial(SimpleNamespace(as_of=D, manifest=manifest))
    assert told == [
        "校验剔除2行",
        "未接入：民事直说诉求（救助类）",
        "超过40日无新记录：分类推送（转介）",
    ]


def test_only_cuts_that_all_chosen_indicators_have_are_offered():
    rate, register = catalogue()["I0723"], catalogue()["I0101"]
    assert "category" in choices.breakdowns([register], "")
    assert "category" not in choices.breakdowns([register, rate], "")
    assert "township" not in choices.breakdowns([rate], "")
    assert "township" in choices.breakdowns([rate], COUNTY)
    assert choices.kinds("month", False) == {"lines": "折线图", "table": "只要表格"}
    assert "map" in choices.kinds("county", False)
    assert "map" not in choices.kinds("county", True)
    assert "residence" in choices.breakdowns([register], "")
    assert "residence" not in choices.breakdowns([rate], "")
    assert choices.mixed([rate, register])
    assert "township" not in choices.breakdowns([rate], COUNTY, access("partner"))
    assert "residence" in choices.breakdowns([register], "", access("partner"))


def test_a_word_file_holds_the_table(snapshots):
    exhibit = methods.rules(snapshots["demonstration"], Scope(D))
    read = Document(io.BytesIO(documents.docx(exhibit, MARK)))
    assert read.paragraphs[0].text == exhibit.title
    table = read.tables[0]
    assert [cell.text for cell in table.rows[0].cells] == exhibit.table.columns
    assert len(table.rows) == exhibit.table.height + 1


def test_who_sees_one_department_reads_its_name_and_its_year(stored):
    """Its figure is not the city's, and there is nobody to compare it with."""
    own = access("department", department="education")
    snapshot = open_snapshot(stored("demonstration"), D, access=own)
    exhibit = rates.rate(snapshot, Scope(D, period="year"))
    assert exhibit.finding.startswith("市教育局按时响应率（本年）")
    assert exhibit.table["部门"].to_list() == ["市教育局"]
    assert exhibit.chart.reference is None
    assert "统计期为本年（2026年1月1日至2026年10月31日）" in exhibit.definition


def test_a_workbook_holds_the_table_with_numbers_as_numbers(snapshots):
    exhibit = rates.rate(snapshots["demonstration"], SCOPES["city"])
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx(exhibit, MARK))).active
    rows = list(sheet.iter_rows(min_row=tables.HEADER + 1, values_only=True))
    assert sheet["A1"].value == exhibit.title
    assert list(rows[0]) == exhibit.table.columns
    assert [tuple(row) for row in rows[1:]] == exhibit.table.rows()
    assert sheet.freeze_panes == f"B{tables.HEADER + 2}"


def test_a_cell_that_begins_like_a_formula_stays_text():
    table = pl.DataFrame({"地区": ["=HYPERLINK(1)", "+1", "礼县"]})
    exhibit = Exhibit("k", "页", "题", "答。", table, None, "口径", D, "全市")
    assert tables.csv(exhibit, MARK).decode("utf-8-sig").splitlines() == [
        f"# {LINE}",
        "地区",
        "'=HYPERLINK(1)",
        "'+1",
        "礼县",
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(tables.xlsx(exhibit, MARK))).active
    assert sheet.cell(tables.HEADER + 2, 1).data_type == "s"


def test_a_picture_carries_finding_source_day_and_credit(snapshots):
    exhibit = county.county_map(snapshots["demonstration"], SCOPES["city"], "I0891")
    drawn = picture(exhibit, MARK).layout
    below = drawn.title.subtitle.text.replace("<br>", "")
    assert drawn.title.text.startswith(f"<b>{exhibit.title}</b>")
    assert f">{exhibit.when}<" in drawn.title.text
    assert exhibit.finding in below
    assert "截至2026年10月31日" in below
    assert "天地图" in below
    assert "演示数据（合成）" in below


def test_the_matrix_adds_up_to_the_command_lines_figures(snapshots):
    snapshot = snapshots["demonstration"]
    table = matrix.matrix(snapshot, SCOPES["city"], "gap", "suspected").table
    shared = table.filter(pl.col("项目") != "住房租赁补贴")
    city = indicators(snapshot, "city").filter(id="I0892")["value"].item()
    assert shared["疑似缺口（人、户）"].sum() == city


def test_a_programme_whose_source_is_absent_is_named(snapshots):
    exhibit = matrix.matrix(snapshots["bare"], Scope(D), "gap", "firm")
    assert "数据源未接入" in exhibit.definition


def test_headlines_say_why_there_is_no_figure(snapshots):
    cards = headlines.headlines(snapshots["empty"], SCOPES["county"])
    by_id = {card.indicator.id: card for card in cards}
    assert by_id["I0101"].figure == "0人"
    assert by_id["I0723"].figure == "无此类事项"
    assert {card.change for card in cards} == {"无可比数据"}
    assert {card.variation for card in cards} == {""}


def test_entries_lead_to_pages_that_exist_and_say_who_must_act_by_when(snapshots):
    for scope in SCOPES.values():
        for entry in entries(snapshots["demonstration"], scope):
            assert entry.page in {"coverage", "warnings", "departments", "map", "meeting"}
            assert entry.sentence.endswith("。")
            assert re.fullmatch(r"责任单位：.+；建议时限：2026年11月27日；建议：.+。", entry.action)
            assert "市民政局" not in entry.actor
            sound(recipe.build(snapshots["demonstration"], entry.recipe, None))


def test_the_bulletin_of_a_township_names_it(snapshots):
    parts = three_parts.paragraphs(snapshots["demonstration"], SCOPES["township"])
    assert [part.title for part in parts] == ["最低生活保障", "特困人员救助供养", "临时救助"]
    assert parts[0].text.startswith("武都区钟楼街道")


def test_words_of_significance_need_a_rule(snapshots):
    """显著 is written only where some cell of the exhibit is marked by its interval."""
    exhibit = counties.by_county(snapshots["demonstration"], SCOPES["city"])
    marked = "concern" in set(exhibit.chart.data["mark"])
    assert ("显著低于" in exhibit.finding) == marked
