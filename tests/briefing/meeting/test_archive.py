"""The meeting: decisions, changes, agenda, selection, what is kept and what was revised since."""

import json
import shutil
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

import every_exhibit
from briefing.meeting import archive, selection
from briefing.meeting.agenda_line import Line
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection, SelectionError, from_json, to_json
from exhibits import recipe
from exhibits.exhibit import Recipe
from exhibits.meeting import agenda, changes, decisions
from exhibits.recipe import RecipeError
from queries.scope import Scope, meetings
from queries.store.publication import write
from queries.store.snapshot import open_snapshot
from stores import STORES, D

BEFORE = date(2026, 7, 31)

CITY = Selection(D, BEFORE)


@pytest.fixture(scope="module")
def store(stored, tmp_path_factory):
    """A copy: what is kept and revised here is nobody else's."""
    return shutil.copytree(stored("demonstration"), tmp_path_factory.mktemp("meeting") / "store")


@pytest.fixture
def snapshot(store, monkeypatch):
    monkeypatch.setattr("data.settings.SNAPSHOT_DIR", store)
    return open_snapshot(store, D)


def test_a_meeting_brings_its_cut_off_and_that_of_the_one_before(store):
    last, *_ = meetings(store)
    assert (last.id, last.cutoff, last.before) == ("J007", date(2026, 7, 31), date(2026, 3, 31))


def test_decisions_are_done_running_or_overdue_and_tell_what_their_indicator_did(snapshot):
    shown = decisions.decided(snapshot, CITY.scope)
    rows = {row["事项"]: row for row in shown.table.to_dicts()}
    late = rows["启动就业困难人员个性化就业援助"]
    assert (late["状态"], late["督办"], late["地区"]) == ("■ 逾期", "约谈", "两当县")
    assert rows["四季度走访计划"]["状态"] == "✔ 已办结"
    assert rows["采暖季救助准备"]["状态"] == "● 办理中"
    assert rows["未转办预警限期清零"]["涉及指标"] == "未转办逾期预警数"
    assert rows["未转办预警限期清零"]["会议时"] != rows["未转办预警限期清零"]["现在"]
    # 取消的事项不列
    assert "县级协调机制个案销号管理" not in rows
    total = shown.chart.data["value"].sum()
    assert total == shown.table.height


def test_only_what_a_rule_marked_is_a_change_and_each_stands_on_one_side(snapshot):
    worse, better = (
        changes.moved(snapshot, CITY.scope, way).table.to_dicts()
        for way in ("concern", "improvement")
    )
    assert worse
    assert all(row["判异规则"] and row["月末"] == D for row in worse + better)
    both = {(row["地区"], row["指标"]) for row in worse} & {(r["地区"], r["指标"]) for r in better}
    assert not both


def test_the_agenda_is_proposed_with_reasons_and_what_to_show(snapshot):
    items = agenda.proposals(snapshot, CITY.scope)
    assert 5 <= len(items) <= 7
    assert [item.kind for item in items][:3] == ["attention"] * 3
    for item in items:
        assert item.title
        assert item.reason.endswith("。")
        assert item.advice.endswith("。")
        assert item.lead
        assert item.due == "2026年11月27日"
        recipe.build(snapshot, item.recipe, BEFORE)


@pytest.mark.parametrize("registry", STORES)
def test_a_deck_can_be_made_of_every_registry(stored, registry):
    snapshot = open_snapshot(stored(registry), D)
    for chosen in (
        Selection(D),
        Selection(D, region="621202"),
        Selection(D, department="housing"),
    ):
        shown = deck(snapshot, chosen)
        for exhibit in shown.exhibits:
            every_exhibit.sound(exhibit)
        assert shown.sections


def test_the_agenda_is_as_the_office_has_it(snapshot):
    first, second = (line for line, _ in selection.lines(snapshot, CITY)[:2])
    own = Line("own-1", "研究采暖季保障", edits=(("lead", "civil_affairs"), ("due", "12月底前")))
    lines = (replace(second, edits=(("advice", "提请约谈。"),)), replace(first, struck=True), own)
    chosen = replace(CITY, agenda=lines)
    items = selection.agenda(snapshot, chosen)
    proposed = {item.key: item for item in agenda.proposals(snapshot, CITY.scope)}
    assert items[0] == replace(proposed[second.key], advice="提请约谈。")
    assert first.key not in {item.key for item in items}
    # The office's topic stands before the proposals that it has not ordered.
    assert items[1].title == "研究采暖季保障"
    assert items[1].proposal == "责任单位：市民政局；建议时限：12月底前。"
    assert deck(snapshot, chosen).agenda == items


def test_every_exhibit_can_be_pinned_and_comes_back_the_same(snapshot):
    for name, build in every_exhibit.BUILDERS.items():
        for scope in (CITY.scope, Scope(D, BEFORE, "621226")):
            shown = build(snapshot, scope)
            again = recipe.from_json(json.loads(json.dumps(recipe.to_json(shown.recipe))))
            assert again == shown.recipe, name
            assert recipe.build(snapshot, again, BEFORE) is shown, name


def test_a_selection_is_a_file_that_reads_back(snapshot):
    pinned = (Recipe("coverage.cascade.cascade", "621226", options=(("basis", "firm"),)),)
    line = Line("gap", struck=True, edits=(("lead", "市财政局"), ("due", "")))
    chosen = replace(CITY, meeting="J007", agenda=(line,), pinned=pinned)
    assert from_json(to_json(chosen)) == chosen


def test_an_unknown_region_or_a_missing_option_is_told(snapshot):
    with pytest.raises(RecipeError, match="region"):
        recipe.build(snapshot, Recipe("coverage.cascade.cascade", "999999"), None)
    with pytest.raises(RecipeError):
        recipe.build(snapshot, Recipe("series.trend"), None)


def test_what_was_presented_opens_unchanged_after_a_revision(snapshot, store):
    chosen = replace(CITY, meeting="../J 007")
    shown = deck(snapshot, chosen)
    number = archive.write(snapshot, chosen, shown)
    assert archive.numbers(chosen.meeting, D) == [number]
    assert {p.parent for p in store.rglob("deck.json")} == {archive.folder("../J 007", D) / "1"}

    opened, told = archive.read(chosen.meeting, D, number)
    assert list(archive.revisions(opened, told)) == []
    # What an item would show stands in the archive as an exhibit.
    assert opened.agenda == tuple(replace(item, recipe=None) for item in shown.agenda)
    assert [(p.kind, p.title, p.lines) for p in opened.pages] == [
        (p.kind, p.title, p.lines) for p in shown.pages
    ]
    assert [page.item and page.item.reason for page in opened.pages] == [
        page.item and page.item.reason for page in shown.pages
    ]
    for was, kept in zip(shown.exhibits, opened.exhibits, strict=True):
        assert (kept.finding, kept.source_line, kept.recipe) == (
            was.finding,
            was.source_line,
            was.recipe,
        )
        assert kept.table.equals(was.table)
        assert (kept.chart is None) == (was.chart is None)
        if kept.chart:
            assert kept.chart.data.equals(was.chart.data)
            assert kept.chart.classes == was.chart.classes

    # A later load of the registry: one county's figure becomes another.
    cubes = {path.stem: pl.read_parquet(path) for path in snapshot.path.glob("*.parquet")}
    figures = cubes["figures.city"]
    other = pl.when(id="I0707").then(pl.col("value") + 1).otherwise("value")
    cubes["figures.city"] = figures.with_columns(value=other)
    write(store, D, cubes, snapshot.manifest)
    again, told = archive.read(chosen.meeting, D, number)
    differing = {old.key: now for old, now in archive.revisions(again, told)}
    assert "headline-table" in differing
    assert differing["headline-table"].version == 2
    kept = next(each for each in again.exhibits if each.key == "headline-table")
    assert kept.table.equals(next(e for e in shown.exhibits if e.key == "headline-table").table)


def test_an_archive_from_before_there_were_pages_opens_with_its_sections(snapshot):
    chosen = replace(CITY, meeting="J005")
    shown = deck(snapshot, chosen)
    number = archive.write(snapshot, chosen, shown)
    path = archive.folder("J005", D) / str(number) / "deck.json"
    archived = json.loads(path.read_text())
    del archived["pages"], archived["further"]
    for item in archived["agenda"]:
        del item["cooperating"]
    path.write_text(json.dumps(archived))
    opened, _ = archive.read("J005", D, number)
    assert (opened.pages, opened.further) == ((), ())
    assert [section.title for section in opened.sections] == [s.title for s in shown.sections]
    assert len(opened.agenda) == len(shown.agenda)


def test_damaged_material_is_told_and_a_selection_is_kept(snapshot):
    chosen = replace(CITY, meeting="J006")
    assert archive.saved_selection("J006", D) is None
    archive.save_selection(chosen)
    assert archive.saved_selection("J006", D) == chosen
    number = archive.write(snapshot, chosen, deck(snapshot, chosen))
    next((archive.folder("J006", D) / str(number)).glob("*.table.parquet")).unlink()
    with pytest.raises(archive.ArchiveError):
        archive.read("J006", D, number)
    (archive.folder("J006", D) / "selection.json").write_text("{")
    with pytest.raises(SelectionError):
        archive.saved_selection("J006", D)


@pytest.mark.parametrize("before", recipe.MOVED)
def test_an_exhibit_that_has_moved_is_made_by_the_name_of_before(before):
    moved = [name for name in recipe.builders() if name.rpartition(".")[0] == recipe.MOVED[before]]
    assert moved
    for name in moved:
        told = {"builder": f"{before}.{name.rpartition('.')[2]}"}
        assert recipe.from_json(told).builder == name
