"""Topics and a summary of any length: what has no room on a page goes on the next one."""

import pytest
from pptx import Presentation

from briefing.meeting.pages import Page
from briefing.slides import front
from briefing.slides.page import HEIGHT, WIDTH
from exhibits.meeting.agenda_item import Item
from slides import faults, texts, titles


@pytest.fixture
def book():
    opened = Presentation()
    opened.slide_width, opened.slide_height = WIDTH, HEIGHT
    return opened


def topic(title: int, reason: int, advice: int, regions: int = 3) -> Page:
    """A topic of texts of these lengths."""
    item = Item(
        "own-1",
        "own",
        "题" * title,
        "状" * reason,
        "市住建局",
        f"{'议' * advice}。",
        "县" * regions,
        "2026年11月27日",
    )
    return Page("topic", item.title, item=item)


@pytest.mark.parametrize(
    ("page", "slides"),
    [
        (topic(12, 100, 20), 1),
        (topic(60, 400, 60), 1),
        (topic(200, 1000, 300, 200), 2),
    ],
)
def test_a_topic_of_any_length_is_legible_and_whole(book, page, slides):
    front.topic(book, page, 1, "数据快照")
    assert len(book.slides) == slides
    assert faults(book) == []
    whole = "".join(text for slide in book.slides for text in texts(slide))
    item = page.item
    for part in (item.title, item.reason, item.advice, item.regions, "请会议决定"):
        assert part in whole
    assert titles(book)[1:] == [f"议题1：{page.title}（续）"] * (slides - 1)


@pytest.mark.parametrize(("letters", "slides"), [(60, 1), (300, 2)])
def test_the_sentences_of_a_summary_are_whole(book, numbers, letters, slides):
    page = Page("summary", "总体情况", numbers, lines=("句" * letters,) * 3, further=("题",) * 2)
    front.summary(book, page, "数据快照")
    assert len(book.slides) == slides
    assert faults(book) == []
    assert sum("句" * letters in text for s in book.slides for text in texts(s)) == 3


@pytest.fixture
def numbers(stored):
    from exhibits.meeting import summary
    from queries.scope import Scope
    from queries.store.snapshot import open_snapshot
    from stores import D

    return summary.main_figures(open_snapshot(stored("demonstration"), D), Scope(D))
