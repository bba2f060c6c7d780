"""The only place where an exhibit becomes a file for a person."""

from collections.abc import Callable
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
    """File kinds of an exhibit; the value says why one cannot be made (Chinese), or nothing."""
    reason_by_kind = {"xlsx": "", "csv": ""}
    if exhibit.table.height <= documents.MOST:
        reason_by_kind["docx"] = ""
    reason_by_kind["pptx"] = ""
    if exhibit.chart:
        reason_by_kind |= dict.fromkeys(("png", "svg"), "" if images.browser() else NO_BROWSER)
    return reason_by_kind


def exhibit_file(exhibit: Exhibit, kind: str, mark: Mark, edition: str = EXACT) -> bytes:
    """
    The file: `xlsx`, `csv`, `docx`, `pptx`, `png` or `svg`; KeyError for any other kind.

    AccessError where it may not leave in this edition (`release.py`).
    """
    released = for_file(exhibit, store(), edition)
    makers: dict[str, Callable[..., bytes]] = {
        "xlsx": tables.xlsx,
        "csv": tables.csv,
        "docx": documents.docx,
        "pptx": slides.slide,
        "png": partial(images.image, form="png"),
        "svg": partial(images.image, form="svg"),
    }
    return makers[kind](released, mark=mark)


def table_file(table: pl.DataFrame, head: tuple[str, ...], kind: str, mark: Mark) -> bytes:
    """A table that is no exhibit, such as the audit log: `xlsx` with head lines, or `csv`."""
    return tables.text(table, mark) if kind == "csv" else tables.book(table, head, mark)
