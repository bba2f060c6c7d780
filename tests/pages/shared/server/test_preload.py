"""Modules of Streamlit that come with the page."""

from pages.shared.server import preload
from pages.shared.server.security_headers import BUNDLE


def test_every_kind_of_element_is_there_once_with_what_it_imports():
    page = (BUNDLE / "index.html").read_bytes()
    links = preload.links(page).decode()
    assert links.count("/Html.") == links.count("/BidiComponent.") == 1
    # Html imports it, and what the page loads itself is not named again.
    assert links.count("/purify.es.") == 1
    assert "/react-dom." in page.decode()
    assert "/react-dom." not in links
    assert all(links.count(f"/{kind}.") == 1 for kind in preload.ELEMENTS)
