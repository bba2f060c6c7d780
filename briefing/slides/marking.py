"""A deck that was made without a mark, marked: drawing it takes ten times as long."""

import io
from zipfile import ZIP_DEFLATED, ZipFile

from briefing.slides.markup import shown
from exhibits.wording.mark import Mark

#: Where the mark's line goes; no text has characters of private use.
PLACE = "\ue000mark\ue000"


def marked(deck: bytes, mark: Mark) -> bytes:
    """The file of a deck with `PLACE` on its slides, with the mark in its place."""
    place, line = PLACE.encode(), shown(mark.line).encode()
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(deck)) as made, ZipFile(buffer, "w", ZIP_DEFLATED) as book:
        for entry in made.infolist():
            book.writestr(entry, made.read(entry).replace(place, line))
    return buffer.getvalue()
