"""The bulletin as PDF holds what the Word edition holds."""

import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from briefing.bulletin import content, pdf
from briefing.bulletin.document import Paragraph, Section
from briefing.meeting.selection import Selection
from drawn_meeting import CUTOFF, D
from marks import MARK
from queries.store.snapshot import open_snapshot
from stores import STORES


def printed(bulletin) -> str:
    """Its text without blanks and page feet."""
    pages = PdfReader(io.BytesIO(pdf.pdf(bulletin, MARK))).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("chosen", [{}, {"region": "621202"}, {"department": "housing"}])
def test_head_sections_annexes_and_imprint_stand_in_it(meeting, chosen):
    made = content.bulletin(meeting, Selection(D, CUTOFF, **chosen))
    text = printed(made)
    wanted = ["第期", "主送：", "2026年11月24日印发", "共印份", made.title, "市民政局zhang"]
    wanted += [section.title for section in made.sections] + [a.title for a in made.annexes]
    wanted += [cell for annex in made.annexes for cell in annex.head]
    assert [w for w in wanted if re.sub(r"\s", "", w) not in text] == []


def test_texts_are_no_markup(meeting):
    made = content.bulletin(meeting, Selection(D, CUTOFF))
    hostile = "#panic() *甲* $x$ <b> @乙 {{7*7}}"
    text = printed(replace(made, sections=(Section(hostile, (Paragraph(hostile, "", hostile),)),)))
    assert text.count(hostile.replace(" ", "")) == 3


@pytest.mark.parametrize("registry", STORES)
def test_its_fonts_are_embedded(stored, registry):
    made = content.bulletin(open_snapshot(stored(registry), D), Selection(D))
    reader = PdfReader(io.BytesIO(pdf.pdf(made, MARK)))
    fonts = [f.get_object() for p in reader.pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(below)
