"""Plotly's code with the board's kinds of charts alone: sent compressed, kept by the browser."""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response

FILE = Path(__file__).parent / "plotly" / "plotly.min.js"

#: Where it is served; the name changes with the content, so that no browser asks twice.
PATH = f"/shell/plotly-{hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]}.js"

HEADERS = {
    "Content-Encoding": "gzip",
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}


@lru_cache(maxsize=1)
def compressed() -> bytes:
    """The file gzipped."""
    return gzip.compress(FILE.read_bytes(), 9)


async def serve(_request) -> Response:
    """The file; every browser that can load the board takes it gzipped."""
    return Response(compressed(), media_type="text/javascript", headers=HEADERS)
