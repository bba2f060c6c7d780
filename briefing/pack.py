"""The pack of a meeting: slides, bulletin in Word and PDF, workbook, each written whole or not."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from briefing import workbook
from briefing.allowed import deck_for_file, snapshot_for
from briefing.bulletin import content, pdf, word
from briefing.deck import deck
from briefing.selection import Selection
from briefing.slides import pack as slides
from exhibits.exhibit import UNSAFE
from exhibits.mark import Mark
from queries.snapshot import Snapshot


def makers(snapshot: Snapshot, chosen: Selection) -> dict[str, tuple[str, Callable[[Mark], bytes]]]:
    """
    What makes each file of an edition with a mark, by kind, and the file's name.

    Figures below county level are rounded; AccessError for a role that may make no files.
    """
    leaving = snapshot_for(snapshot, chosen.region)
    shown = deck_for_file(deck(leaving, chosen), snapshot.folder)
    told = content.bulletin(leaving, chosen)
    day, figures = chosen.as_of.isoformat(), f"{shown.title}数据"
    return {
        "pptx": (file_name(shown.title, day, "pptx"), lambda mark: slides.pptx(shown, mark)),
        "docx": (file_name(told.title, day, "docx"), lambda mark: word.docx(told, mark)),
        "pdf": (file_name(told.title, day, "pdf"), lambda mark: pdf.pdf(told, mark)),
        "xlsx": (
            file_name(figures, day, "xlsx"),
            lambda mark: workbook.xlsx(shown, mark),
        ),
    }


def files(snapshot: Snapshot, chosen: Selection, mark: Mark) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of an edition, made one after the other."""
    for name, make in makers(snapshot, chosen).values():
        yield name, make(mark)


def file_name(title: str, day: str, kind: str) -> str:
    """陇南市社会救助联席会议材料_2026-10-31.pptx"""
    # A Chinese letter has three bytes, a file's name 255.
    return f"{UNSAFE.sub('', title)[:70]}_{day}.{kind}"


def written(folder: Path, name: str, data: bytes) -> Path:
    """The file, written aside and renamed: a reader, or a failure, never meets a half."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{uuid4().hex}.part"
    try:
        aside.write_bytes(data)
        os.replace(aside, folder / name)
    finally:
        aside.unlink(missing_ok=True)
    return folder / name
