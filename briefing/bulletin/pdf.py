"""The bulletin as PDF, typeset by typst: no office suite, fonts embedded."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import typst

from briefing.bulletin import layout
from briefing.bulletin.document import Bulletin, in_chinese
from exhibits.wording.mark import Mark

TEMPLATE = Path(__file__).with_name("bulletin.typ")


def pdf(bulletin: Bulletin, mark: Mark) -> bytes:
    """A4; text, footnotes and tables as in the Word edition."""
    content = {
        "title": bulletin.title,
        "title_size": layout.title_size(bulletin.title),
        "day": bulletin.day,
        "number": layout.NUMBER,
        "reference": layout.REFERENCE,
        "issuer": bulletin.issuer,
        "issued": layout.issued_on(mark),
        "recipients": f"主送：{bulletin.recipients}",
        "head": layout.head(bulletin),
        "foot": layout.foot(bulletin, mark),
        "source": f"数据来源：{bulletin.identity}。",
        "left_out": f"未列入：{'；'.join(bulletin.left_out)}" if bulletin.left_out else "",
        "imprint": layout.imprint(bulletin, mark),
        "sections": [
            {**asdict(section), "title": f"{in_chinese(i)}、{section.title}"}
            for i, section in enumerate(bulletin.sections, start=1)
        ],
        "annex_list": layout.annex_list(bulletin),
        "annexes": [
            {**asdict(annex), "shares": layout.shares(annex), "size": layout.size_of(annex)}
            for annex in bulletin.annexes
        ],
    }
    inputs = {"content": json.dumps(content, ensure_ascii=False)}
    return typst.compile(
        TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, font_paths=_fonts()
    )


@cache
def _fonts() -> typst.Fonts:
    # To look for the system's fonts and to open them takes two thirds of a bulletin's time.
    return typst.Fonts()
