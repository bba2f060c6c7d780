"""Modules of Streamlit that every page needs, named in index.html: they come with the first ones.

Streamlit asks for them when the first element of their kind arrives, one waterfall a kind.
"""

import re
from functools import cache

from pages.shared.server.security_headers import BUNDLE

MODULES = BUNDLE / "static" / "js"

#: Kinds of elements of the top bar, of a page's first sentences and of its first card.
ELEMENTS = ("PageLink", "Html", "Selectbox", "BidiComponent")

IMPORTED = re.compile(r'(?:from|import)"\./([^"]+\.js)"')


@cache
def _imports(name: str) -> frozenset[str]:
    """A module and those that it imports, and those that these import."""
    reached, waiting = set(), [name]
    while waiting:
        if (each := waiting.pop()) not in reached:
            reached.add(each)
            waiting += IMPORTED.findall((MODULES / each).read_text(encoding="utf-8"))
    return frozenset(reached)


@cache
def links(there: bytes) -> bytes:
    """HTML links to the modules of ELEMENTS that the page `there` does not load at once."""
    names = (path.name for kind in ELEMENTS for path in MODULES.glob(f"{kind}.*.js"))
    wanted = sorted({each for name in names for each in _imports(name)})
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in wanted
        if name.encode() not in there
    ).encode()
