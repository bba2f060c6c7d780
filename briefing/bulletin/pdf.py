"""The bulletin as PDF, typeset by typst: no office suite, fonts embedded."""

import json
from pathlib import Path

import polars as pl
import typst

from briefing.bulletin.content import NUMBERS, Bulletin
from briefing.bulletin.word import ANNEX, ROWS
from briefing.files import cells, images
from exhibits.exhibit import Exhibit
from exhibits.wording.mark import WATERMARK, Mark

TEMPLATE = Path(__file__).with_name("bulletin.typ")


def pdf(bulletin: Bulletin, mark: Mark) -> bytes:
    """A4, the mark on every page; text, tables and pictures as in the Word edition."""
    content = {
        "title": bulletin.title,
        "subtitle": bulletin.subtitle,
        "head": f"{WATERMARK}　{bulletin.identity}",
        "foot": mark.line,
        "identity": bulletin.identity,
        "left_out": "；".join(bulletin.left_out),
        "sections": [
            {
                "title": f"{number}、{section.title}",
                "texts": section.texts,
                "figures": [
                    *[_picture(exhibit) for exhibit in section.pictures],
                    *[_table(exhibit, ROWS) for exhibit in section.tables],
                ],
            }
            for number, section in zip(NUMBERS, bulletin.sections, strict=False)
        ],
        "annexes": [
            {
                "title": f"附件{i}　{exhibit.title}",
                "definition": f"口径：{exhibit.definition}",
                **_table(exhibit, ANNEX),
            }
            for i, exhibit in enumerate(bulletin.annexes, start=1)
            if exhibit.table.height
        ],
    }
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    return typst.compile(TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs)


def _picture(exhibit: Exhibit) -> dict:
    if exhibit.chart and images.browser():
        return {"svg": images.image(exhibit, "svg", None).decode()}
    return _table(exhibit, ROWS)


def _table(exhibit: Exhibit, most: int) -> dict:
    rows = exhibit.table.head(most)
    left = [kind == pl.String for kind in rows.dtypes]
    return {"head": rows.columns, "rows": cells.texts(rows), "left": left}
