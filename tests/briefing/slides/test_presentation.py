"""The pack's slides: twelve pages in their order, legible, nothing cut, in every edition."""

import re
from dataclasses import replace
from datetime import date

import pytest

from briefing.meeting.deck import deck
from briefing.meeting.pages import NO_TOPIC
from briefing.meeting.selection import Line, Selection, agenda
from briefing.slides import presentation
from every_day import every_day
from marks import MARK
from queries.access import WHOLE, access
from queries.store.snapshot import open_snapshot
from slides import faults, overlaps, read, tables, texts, titles
from stores import STORES, D

CITY = Selection(D, date(2026, 7, 31), period="since_meeting")

PERIOD = "（上次会议以来）"


@pytest.fixture(scope="module")
def snapshot(stored):
    return open_snapshot(stored("demonstration"), D)


@pytest.fixture(scope="module")
def made(snapshot):
    return deck(snapshot, CITY)


@pytest.fixture(scope="module")
def book(made):
    return read(presentation.pptx(made, MARK))


def struck(snapshot, kept: int) -> Selection:
    """The selection with all topics but the first ones struck."""
    keys = [item.key for item in agenda(snapshot, CITY)]
    return replace(CITY, agenda=tuple(Line(k, struck=i >= kept) for i, k in enumerate(keys)))


def test_twelve_pages_in_their_order_with_their_titles(made, book):
    topics = [f"议题{i}：{item.title}" for i, item in enumerate(made.agenda[:5], start=1)]
    assert len(topics) == 5
    assert titles(book) == [
        "陇南市社会救助部门联席会议材料",
        "总体情况",
        "上次会议议定事项落实情况",
        *topics,
        f"部门办理情况{PERIOD}",
        "县区指标对照",
        f"任务落实情况{PERIOD}",
        "口径说明",
    ]


def test_no_page_has_type_below_14_points_or_text_that_is_cut_or_overlaps(book):
    assert faults(book) == []
    assert [fault for slide in book.slides for fault in overlaps(slide)] == []
    assert not [text for slide in book.slides for text in texts(slide) if text.endswith("…")]


def test_the_summary_has_three_sentences_six_numbers_and_a_line_a_further_topic(made, book):
    lines = texts(book.slides[1])
    sentences = [line for line in lines if re.match(r"\d\. ", line)]
    assert len(sentences) == 3
    for sentence, item in zip(sentences, made.agenda, strict=False):
        assert item.title in sentence
        assert "责任单位：" in sentence
    further = [line for line in lines if line.startswith("另有议题：")]
    assert len(further) == len(made.agenda) - 5 == 2
    assert all(i.title in line for line, i in zip(further, made.agenda[5:], strict=True))
    names = [row[0] for row in made.pages[0].exhibit.table.rows()]
    assert len(names) == 6
    assert set(names) <= set(lines)


def test_decisions_are_overdue_first_with_the_indicator_then_and_now(made, book):
    (table,) = tables(book.slides[2])
    head, *rows = table
    assert head[-3:] == ["涉及指标", "会议时", "现在"]
    order = ["■ 逾期", "● 办理中", "✔ 已办结"]
    places = [order.index(row[head.index("状态")]) for row in rows]
    assert places == sorted(places)
    assert places[0] == 0
    of_all = made.pages[1].exhibit.table.height
    left = of_all - len(rows)
    assert left == 0 or f"共{of_all}行，此处列前{len(rows)}行，其余{left}行" in "".join(
        texts(book.slides[2])
    )


def test_a_topic_has_a_chart_who_must_act_by_when_and_what_is_to_be_decided(made, book):
    for page, item in zip(list(book.slides)[3:8], made.agenda, strict=False):
        said = texts(page)
        assert item.reason in said
        assert "请会议决定" in said
        assert f"建议时限：{item.due}" in said
        assert any(line.startswith("由") and item.due in line for line in said)
        assert sum(shape.has_chart or shape.has_table for shape in page.shapes) == 1


def test_departments_counties_and_the_eighteen_rows_have_a_table_each(book):
    departments, counties, rows = (tables(book.slides[i])[0] for i in (8, 9, 10))
    assert departments[0][:3] == ["部门", "推送（件）", "已办理（件）"]
    assert departments[1][0] == "合计"
    assert len(counties) == 1 + 1 + 9
    assert [row[0] for row in rows[1:]] == [
        *("1-1", "1-2", "2", "3", "4", "5", "6", "7", "8"),
        *("9-1", "9-2", "9-3", "9-4", "9-5", "10", "11", "12", "13"),
    ]


@pytest.mark.parametrize(("kept", "pages"), [(7, 12), (3, 10), (0, 7)])
def test_with_fewer_topics_there_are_fewer_pages(snapshot, kept, pages):
    fewer = read(presentation.pptx(deck(snapshot, struck(snapshot, kept)), MARK))
    assert len(fewer.slides) == pages
    assert (NO_TOPIC in texts(fewer.slides[1])) == (kept == 0)
    assert faults(fewer) == []


def test_the_annex_comes_when_it_is_asked_for_with_the_further_topics_first(made, book):
    whole = read(presentation.pptx(made, MARK, annex=True))
    assert titles(whole)[: len(book.slides)] == titles(book)
    sixth, seventh = titles(whole)[12:14]
    assert sixth == f"议题6：{made.agenda[5].title}"
    assert seventh == f"议题7：{made.agenda[6].title}"
    assert len(whole.slides) > 30
    assert faults(whole) == []


EDITIONS = {
    "a county": (WHOLE, Selection(D, region="621226")),
    "a department": (WHOLE, Selection(D, department="housing")),
    "leader": (access("leader"), Selection(D)),
    "county": (access("county", "621226"), Selection(D)),
    "county government": (access("county_government", "621226"), Selection(D)),
    "department": (access("department", department="housing"), Selection(D)),
    "analyst": (access("analyst"), Selection(D)),
    "partner": (access("partner"), Selection(D)),
    "open": (WHOLE.in_open_edition(), Selection(D)),
}


@pytest.mark.parametrize("edition", every_day(EDITIONS, ["open"]))
def test_every_role_and_edition_gets_its_pages(stored, edition):
    role, chosen = EDITIONS[edition]
    made = deck(open_snapshot(stored("demonstration"), D, access=role), chosen)
    assert not [line for line in made.left_out if "编号" in line]
    whole = read(presentation.pptx(made, MARK, annex=True))
    assert faults(whole) == []
    named = titles(whole)
    assert named[1:3] == ["总体情况", "上次会议议定事项落实情况"]
    assert "口径说明" in named


@pytest.mark.parametrize("registry", [name for name in STORES if name != "demonstration"])
@pytest.mark.parametrize(
    "chosen", every_day([Selection(D), Selection(D, region="621202")], [Selection(D)])
)
def test_a_registry_without_meetings_or_anybody_gets_its_pages(stored, registry, chosen):
    whole = read(
        presentation.pptx(deck(open_snapshot(stored(registry), D), chosen), MARK, annex=True)
    )
    assert faults(whole) == []
    assert titles(whole)[1] == "总体情况"
    assert "数据源未接入" in "".join(texts(whole.slides[2]))


@pytest.mark.parametrize(
    ("role", "listed"),
    [
        (WHOLE, True),
        (access("department", department="housing"), True),
        (access("leader"), False),
        (WHOLE.in_open_edition(), False),
    ],
)
def test_a_departments_edition_lists_what_is_overdue_where_the_role_may(stored, role, listed):
    chosen = Selection(D, department="housing")
    made = deck(open_snapshot(stored("demonstration"), D, access=role), chosen)
    assert "（市住建局）" in made.title
    assert ("逾期推送清单" in [page.title for page in made.pages]) == listed


def test_the_mark_names_nobody_where_nobody_made_the_file(made):
    last = texts(read(presentation.pptx(made, replace(MARK, account="", unit=""))).slides[0])[-1]
    assert last == "内部资料 注意保存；2026年11月24日 09:30 导出"
