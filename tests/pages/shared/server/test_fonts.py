"""Fonts that no page uses are not offered to a browser."""

import gzip

from pages.shared.server import fonts
from pages.shared.server.security_headers import BUNDLE
from pages.shared.server.shell import compressed


def test_the_page_does_not_preload_streamlits_font():
    page = (BUNDLE / "index.html").read_bytes()
    assert b"woff2" in page
    assert b"woff2" not in fonts.PRELOAD.sub(b"", page)


def test_the_style_sheet_lacks_that_font_and_keeps_the_others():
    sheet = b"@font-face{font-family:Source Sans;src:url(a)}@font-face{font-family:KaTeX_AMS;src:url(b)}"
    assert fonts.FACE.sub(b"", sheet) == b"@font-face{font-family:KaTeX_AMS;src:url(b)}"


def test_a_style_sheet_is_served_so():
    (sheet,) = (BUNDLE / "static" / "css").glob("index.*.css")
    assert b"Source Sans" in sheet.read_bytes()
    body = compressed(f"static/css/{sheet.name}")
    assert body is not None
    assert b"SourceSansVF" not in gzip.decompress(body)
