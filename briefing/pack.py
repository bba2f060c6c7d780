"""The pack of a meeting: slides, bulletin in Word and PDF, workbook, each written whole or not."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from briefing import workbook
from briefing.bulletin import content, pdf, word
from briefing.deck import deck
from briefing.selection import Selection
from briefing.slides import pack as slides
from queries.snapshot import Snapshot

UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def files(snapshot: Snapshot, chosen: Selection) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file of an edition, made one after the other."""
    shown, told = deck(snapshot, chosen), content.bulletin(snapshot, chosen)
    day = chosen.as_of.isoformat()
    yield file_name(shown.title, day, "pptx"), slides.pptx(shown)
    yield file_name(told.title, day, "docx"), word.docx(told)
    yield file_name(told.title, day, "pdf"), pdf.pdf(told)
    yield file_name(f"{shown.title}数据", day, "xlsx"), workbook.xlsx(shown)


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
