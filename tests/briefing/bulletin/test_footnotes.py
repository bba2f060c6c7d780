"""Footnotes of a Word document."""

from docx import Document

from briefing.bulletin import footnotes


def test_a_note_is_text_whatever_it_holds():
    document = Document()
    document.sections[0].footer.paragraphs[0].text = "foot"
    footnotes.refer(document.add_paragraph("甲"), 1)
    footnotes.attach(document, ["<w:b/> & “乙”"], "FangSong", 9)
    part = next(p for p in document.part.package.iter_parts() if "footnotes" in p.partname)
    assert "&lt;w:b/&gt; &amp; “乙”" in part.blob.decode()
