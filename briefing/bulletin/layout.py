"""What Word and PDF have in common: typefaces' sizes, the lines of head and foot, column widths."""

from briefing.bulletin.document import Annex, Bulletin
from data.audit.by_hand import UNIT
from exhibits.wording import words
from exhibits.wording.mark import WATERMARK, Mark
from queries.access.audit_trail import CHINA

#: Width of the text of a page in points: A4 with margins of 2.8 and 2.6 cm.
WIDTH = 442

#: 四号; of the title at most, smaller where it would not fit a line.
SIZE, TITLE = 14, 30

#: Points of a table of at most so many columns; of one with more.
SIZES, SMALL = {6: 10, 7: 9}, 8

#: Letters of a column that may be broken into lines: at least, at most.
NARROW, WIDE = 4, 16

NUMBER, REFERENCE, COPIES = "第　　期", "文号：　　　　〔　　　　〕　　号", "共印　　份"


def title_size(title: str) -> float:
    """Points in which the title fits one line."""
    return min(TITLE, WIDTH / len(title))


def issued_on(mark: Mark) -> str:
    """2026年11月24日, the day in China on which the file is made."""
    return words.day(mark.at.astimezone(CHINA).date())


def foot(bulletin: Bulletin, mark: Mark) -> str:
    """Unit and day; who made the file where a person's account did."""
    made = f"　{mark.who}　{mark.when}导出" if mark.account and mark.unit != UNIT else ""
    return f"{bulletin.issuer}　{issued_on(mark)}{made}"


def head(bulletin: Bulletin) -> str:
    """The mark of internal papers and the snapshot of all figures."""
    return f"{WATERMARK}　{bulletin.identity}"


def imprint(bulletin: Bulletin, mark: Mark) -> list[tuple[str, str]]:
    """Lines of the block that ends an official document, each its left and its right part."""
    copied = [(f"抄送：{bulletin.copies}。", "")] if bulletin.copies else []
    return [*copied, (bulletin.issuer, f"{issued_on(mark)}印发"), ("", COPIES)]


def annex_list(bulletin: Bulletin) -> str:
    """附件：1．主要指标　2．县区指标对照; empty without any."""
    listed = [f"{i}．{annex.title}" for i, annex in enumerate(bulletin.annexes, start=1)]
    return f"附件：{'　'.join(listed)}" if listed else ""


def size_of(annex: Annex) -> int:
    """Points of an annex's table."""
    return next((size for most, size in SIZES.items() if len(annex.head) <= most), SMALL)


def shares(annex: Annex) -> list[float]:
    """
    Share of each column in the width. What has no place to break (days, numbers) has its whole
    length; texts share what remains by their longest.
    """
    columns = list(zip(annex.head, *annex.rows, strict=True))
    fixed = [max(_unbreakable(cell) for cell in column) + 1 for column in columns]
    asked = [min(max(map(_ems, column)) + 1, WIDE) for column in columns]
    room = WIDTH / size_of(annex) - sum(fixed)
    more = [max(want - need, 0) for want, need in zip(asked, fixed, strict=True)]
    part = min(max(room, 0) / (sum(more) or 1), 1)
    widths = [need + extra * part for need, extra in zip(fixed, more, strict=True)]
    return [width / sum(widths) for width in widths]


def _ems(text: str) -> float:
    """Length in letters of full width; a Latin one is about half as wide."""
    return sum(1 if ord(letter) > 255 else 0.55 for letter in text)


def _unbreakable(text: str) -> float:
    """Length of the longest run without Chinese letters, or of a narrow column of Chinese."""
    runs = "".join(letter if ord(letter) <= 255 else " " for letter in text).split()
    return max([_ems(run) for run in runs] + [min(_ems(text), NARROW)])
