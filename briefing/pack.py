"""The pack of a meeting: slides, bulletin in Word and PDF, workbook, each written whole or not."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

from briefing import workbook
from briefing.bulletin import content, pdf, word
from briefing.deck import deck
from briefing.selection import Selection
from briefing.slides import pack as slides
from exhibits.exhibit import UNSAFE
from queries.snapshot import Snapshot


def makers(snapshot: Snapshot, chosen: Selection) -> dict[str, tuple[str, Callable[[], bytes]]]:
    """What makes each file of an edition, by kind, and the file's name."""
    shown, told = deck(snapshot, chosen), content.bulletin(snapshot, chosen)
    day = chosen.as_of.isoformat()
    return {
        "pptx": (file_name(shown.title, day, "pptx"), lambda: slides.pptx(shown)),
        "docx": (file_name(told.title, day, "docx"), lambda: word.docx(told)),
        "pdf": (file_name(told.title, day, "pdf"), lambda: pdf.pdf(told)),
        "xlsx": (file_name(f"{shown.title}数据", day, "xlsx"), lambda: workbook.xlsx(shown)),
    }


def files(snapshot: Snapshot, chosen: Selection) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of an edition, made one after the other."""
    for name, make in makers(snapshot, chosen).values():
        yield name, make()


def file_name(title: str, day: str, kind: str) -> str:
    """陇南市社会救助联席会议材料_2026-10-31.pptx"""
    return f"{UNSAFE.sub('', title)}_{day}.{kind}"


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
