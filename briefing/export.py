"""The one door through which an exhibit becomes a file for a person."""

from functools import partial

import polars as pl

from briefing.files import documents, images, tables
from briefing.release import EXACT, for_file
from briefing.slides import presentation as slides
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import Mark
from queries.scope import store

NO_BROWSER = "服务器未安装Chromium，不能生成图片"


def kinds(exhibit: Exhibit) -> dict[str, str]:
    """Kinds of files that an exhibit can be, and why one of them cannot be made here (Chinese)."""
    found = {"xlsx": "", "csv": ""}
    if exhibit.table.height <= documents.MOST:
        found["docx"] = ""
    found["pptx"] = ""
    if exhibit.chart:
        found |= dict.fromkeys(("png", "svg"), "" if images.browser() else NO_BROWSER)
    return found


def made(exhibit: Exhibit, kind: str, mark: Mark, edition: str = EXACT) -> bytes:
    """
    The file: `xlsx`, `csv`, `docx`, `pptx`, `png` or `svg`; KeyError for any other kind.

    AccessError where it may not leave in this edition (`allowed.py`).
    """
    leaving = for_file(exhibit, store(), edition)
    makers = {
        "xlsx": tables.xlsx,
        "csv": tables.csv,
        "docx": documents.docx,
        "pptx": slides.slide,
        "png": partial(images.image, form="png"),
        "svg": partial(images.image, form="svg"),
    }
    return makers[kind](leaving, mark=mark)


def listed(table: pl.DataFrame, head: tuple[str, ...], kind: str, mark: Mark) -> bytes:
    """A table that is no exhibit, such as the audit log: `xlsx` under its head, or `csv`."""
    return tables.text(table, mark) if kind == "csv" else tables.book(table, head, mark)
