"""The pack of a meeting: slides, bulletin in Word and PDF, workbook, each written atomically."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.bulletin import content, pdf, word
from briefing.bulletin.document import Bulletin
from briefing.files import workbook
from briefing.meeting.deck import Deck, deck
from briefing.meeting.selection import Selection
from briefing.release import EXACT, snapshot_for
from briefing.slides import presentation as slides
from data.atomic_write import atomic_write
from exhibits.exhibit import UNSAFE
from exhibits.wording.mark import Mark
from queries.cache import cached
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Pack:
    """By kind, the name of a file and what makes it with a mark; what is left out, and why."""

    makers: dict[str, tuple[str, Callable[[Mark], bytes]]]
    left_out: tuple[str, ...]


def pack(snapshot: Snapshot, chosen: Selection, edition: str = EXACT, annex: bool = False) -> Pack:
    """
    The files of a selection in an edition; AccessError for a role that may make none.

    `annex`: the slides go on with what stands behind their pages.
    """
    released = snapshot_for(snapshot, edition)
    material, bulletin = _made(released, chosen)
    if material.left_out or bulletin.left_out:
        # What could not be made now may be made the next time.
        _made.cache_clear()
    left_out = tuple(dict.fromkeys((*material.left_out, *bulletin.left_out)))
    material, bulletin = replace(material, left_out=left_out), replace(bulletin, left_out=left_out)
    suffix = f"{chosen.as_of.isoformat()}{'_公开口径' if released.access.open else ''}"
    figures = f"{material.title}数据"
    makers = {
        "pptx": (
            file_name(material.title, suffix, "pptx"),
            lambda mark: slides.pptx(material, mark, annex),
        ),
        "docx": (file_name(bulletin.title, suffix, "docx"), lambda mark: word.docx(bulletin, mark)),
        "pdf": (file_name(bulletin.title, suffix, "pdf"), lambda mark: pdf.pdf(bulletin, mark)),
        "xlsx": (file_name(figures, suffix, "xlsx"), lambda mark: workbook.xlsx(material, mark)),
    }
    return Pack(makers, left_out)


# The snapshot's access is part of the key: no role reads what was made for another.
@cached(4)
def _made(released: Snapshot, chosen: Selection) -> tuple[Deck, Bulletin]:
    return deck(released, chosen), content.bulletin(released, chosen)


def file_name(title: str, day: str, kind: str) -> str:
    """陇南市社会救助部门联席会议材料_2026-10-31.pptx"""
    # A Chinese letter has three bytes, a file's name 255.
    return f"{UNSAFE.sub('', title)[:70]}_{day}.{kind}"


def write_file(folder: Path, name: str, data: bytes) -> Path:
    """Writes a file atomically; its path."""
    # Not synced: a network share may refuse that, and the file can be made again.
    atomic_write(folder / name, data, sync=False)
    return folder / name
