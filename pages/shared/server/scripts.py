"""Scripts of our own: sent compressed, kept by the browser, asked for anew when they change."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent

HEADERS = {
    "Content-Encoding": "gzip",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}


@lru_cache(maxsize=1)
def plotly() -> bytes:
    """Plotly's code with the board's kinds of charts alone."""
    return (FOLDER / "plotly" / "plotly.min.js").read_bytes()


@lru_cache(maxsize=1)
def translation() -> bytes:
    """What puts Streamlit's own strings into Chinese."""
    words = json.loads((FOLDER / "strings_zh.json").read_text(encoding="utf-8"))
    script = (FOLDER / "translate.js").read_text(encoding="utf-8")
    return script.replace("__WORDS__", json.dumps(words, ensure_ascii=False)).encode()


def _address(name: str, content: bytes) -> str:
    return f"/shell/{name}-{hashlib.sha256(content).hexdigest()[:12]}.js"


#: Where each is served; the name changes with the content, so that no browser asks twice.
PLOTLY, TRANSLATION = _address("plotly", plotly()), _address("translate", translation())
CONTENTS = {PLOTLY: plotly, TRANSLATION: translation}


@lru_cache(maxsize=len(CONTENTS))
def compressed(path: str) -> bytes:
    """The script at an address, gzipped."""
    return gzip.compress(CONTENTS[path](), 9)


async def _serve(request) -> Response:
    # Every browser that can load the board takes it gzipped.
    body = compressed(request.url.path)
    return Response(body, media_type="text/javascript", headers=HEADERS)


ROUTES = [Route(path, _serve) for path in CONTENTS]
