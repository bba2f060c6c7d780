"""The pack of a meeting: slides, bulletin in Word and PDF, workbook, each written whole or not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from briefing.bulletin import content, pdf, word
from briefing.files import workbook
from briefing.meeting.deck import deck
from briefing.meeting.selection import Selection
from briefing.release import EXACT, snapshot_for
from briefing.slides import presentation as slides
from data.atomic_write import atomic_write
from exhibits.exhibit import UNSAFE
from exhibits.wording.mark import Mark
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Pack:
    """What makes each file with a mark, by kind, with its name; and what is left out, and why."""

    makers: dict[str, tuple[str, Callable[[Mark], bytes]]]
    left_out: tuple[str, ...]


def pack(snapshot: Snapshot, chosen: Selection, edition: str = EXACT) -> Pack:
    """The files of a selection in an edition; AccessError for a role that may make none."""
    leaving = snapshot_for(snapshot, edition)
    shown = deck(leaving, chosen)
    bulletin = content.bulletin(leaving, chosen)
    left_out = tuple(dict.fromkeys((*shown.left_out, *bulletin.left_out)))
    shown, bulletin = replace(shown, left_out=left_out), replace(bulletin, left_out=left_out)
    day = f"{chosen.as_of.isoformat()}{'_公开口径' if leaving.access.open else ''}"
    figures = f"{shown.title}数据"
    makers = {
        "pptx": (file_name(shown.title, day, "pptx"), lambda mark: slides.pptx(shown, mark)),
        "docx": (file_name(bulletin.title, day, "docx"), lambda mark: word.docx(bulletin, mark)),
        "pdf": (file_name(bulletin.title, day, "pdf"), lambda mark: pdf.pdf(bulletin, mark)),
        "xlsx": (file_name(figures, day, "xlsx"), lambda mark: workbook.xlsx(shown, mark)),
    }
    return Pack(makers, left_out)


def file_name(title: str, day: str, kind: str) -> str:
    """陇南市社会救助联席会议材料_2026-10-31.pptx"""
    # A Chinese letter has three bytes, a file's name 255.
    return f"{UNSAFE.sub('', title)[:70]}_{day}.{kind}"


def written(folder: Path, name: str, data: bytes) -> Path:
    """The path of the file, which is written atomically."""
    # Not synced: a network share may refuse that, and the file can be made again.
    atomic_write(folder / name, data, sync=False)
    return folder / name
