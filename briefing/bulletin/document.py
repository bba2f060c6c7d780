"""What a bulletin is made of, without layout; Word and PDF are drawn from it alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from briefing.files import cells
from exhibits.exhibit import Exhibit
from exhibits.wording.faults import in_words
from queries.access import AccessError


@dataclass(frozen=True)
class Paragraph:
    """The heading that opens a paragraph (（一）…), its sentences, its footnote."""

    text: str
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Annex:
    """A table of texts; `textual`: which of its columns stand to the left."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    textual: tuple[bool, ...]
    note: str = ""


@dataclass(frozen=True)
class Bulletin:
    """A bulletin; its number, 文号 and number of copies are left to whoever issues it."""

    title: str
    day: str  # （截至2026年10月31日）
    identity: str  # snapshot, day and version, demonstration
    issuer: str
    recipients: str  # 主送
    copies: str  # 抄送
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...]
    left_out: tuple[str, ...] = ()  # what is not in it, each with its reason


#: What makes the paragraphs of a section, by the name that a list of omissions calls them.
Blocks = Mapping[str, Callable[[], Iterable[Paragraph]]]


def section(title: str, blocks: Blocks, left_out: list[str]) -> Section:
    """
    The paragraphs of the blocks. One that cannot be given says so in its place, so that nobody
    takes it for none; `left_out` gets the reason.
    """
    paragraphs: list[Paragraph] = []
    for name, make in blocks.items():
        try:
            paragraphs += make()
        except Exception as error:
            left_out.append(f"{name}：{in_words(error)}")
            paragraphs.append(Paragraph(f"{name}未列入，原因见文末。"))
    return Section(title, tuple(paragraphs))


def shown(exhibit: Exhibit) -> Exhibit:
    """The exhibit; AccessError where it stands for one that is withheld."""
    if exhibit.withheld:
        raise AccessError(exhibit.finding.rstrip("。"))
    return exhibit


def annex(title: str, table: pl.DataFrame, note: str = "") -> Annex:
    """A table of an exhibit as texts, with days that no line breaks (2026.10.31)."""
    dated = table.with_columns(pl.col(pl.Date).dt.strftime("%Y.%m.%d"))
    textual = tuple(kind == pl.String for kind in dated.dtypes)
    rows = tuple(tuple(row) for row in cells.texts(dated))
    return Annex(title, tuple(dated.columns), rows, textual, note)


def numbered(paragraphs: Iterable[Paragraph]) -> Iterable[Paragraph]:
    """（一）…, （二）… before the headings."""
    for i, each in enumerate(paragraphs, start=1):
        yield Paragraph(each.text, f"（{in_chinese(i)}）{each.heading}", each.note)


def in_chinese(number: int) -> str:
    """一, 十, 十二, 二十一: below a hundred."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = f"{digits[tens - 1] if tens > 1 else ''}十" if tens else ""
    return ten + (digits[ones - 1] if ones else "")
