"""The server around the pages: Chinese shell, security, compressed assets, warm-up."""

import gzip
import importlib
import json
import logging
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import anyio
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pages.shared.server import security_headers, uploads
from pages.shared.server.security_headers import BUNDLE
from pages.shared.sign_in import return_url
from queries.scope import broken_days, last_refresh, latest, store

log = logging.getLogger(__name__)

FOLDER = Path(__file__).parent

SCRIPT_PATH = "/shell/translate.js"

#: What the first visitor would otherwise wait for: about a second of imports and geometry.
WARM = (
    "exhibits.draw",
    "exhibits.maps",
    "exhibits.county.comparison",
    "briefing.files.images",
    "briefing.pack",
)

#: By how much clocks may differ before one is called wrong: a time zone of another machine.
SLACK = timedelta(days=1)

COMPRESSED = {".js": "text/javascript", ".css": "text/css"}


@lru_cache(maxsize=1)
def translation() -> bytes:
    """The script that puts Streamlit's own strings into Chinese."""
    words = json.loads((FOLDER / "strings_zh.json").read_text(encoding="utf-8"))
    script = (FOLDER / "translate.js").read_text(encoding="utf-8")
    return script.replace("__WORDS__", json.dumps(words, ensure_ascii=False)).encode()


@lru_cache(maxsize=512)
def compressed(name: str) -> bytes | None:
    """A static file gzipped, once; None for what is not there or not worth it."""
    path = (BUNDLE / name.lstrip("/")).resolve()
    if not path.is_relative_to(BUNDLE) or path.suffix not in COMPRESSED or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), 6)


class Shell:
    """
    Middleware: headers on every answer, index.html in Chinese, assets compressed, inner addresses
    closed, and whoever signed in on the page they came with.
    """

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        headers = dict(scope.get("headers", ()))
        if scope["type"] == "websocket" and security_headers.is_foreign(headers):
            log.warning("refused a web socket of %r", headers[b"origin"])
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = headers.get(b"accept-encoding", b"")
        path, answer = scope["path"], _Answer(scope, send)
        if security_headers.is_closed(path):
            return await PlainTextResponse("Not Found", 404)(scope, receive, answer)
        if uploads.is_refused(scope["method"], path):
            return await PlainTextResponse("Forbidden", 403)(scope, receive, answer)
        if path.startswith("/static/") and b"gzip" in asked and (body := compressed(path)):
            return await _asset(path, body)(scope, receive, answer)
        # Streamlit packs a direct link's index.html; what is packed cannot be put into Chinese.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        return await self.app({**scope, "headers": plain}, receive, answer)


def _asset(path: str, body: bytes) -> Response:
    headers = {
        "Content-Encoding": "gzip",
        # File names carry a hash of their content.
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
    }
    return Response(body, media_type=COMPRESSED[Path(path).suffix], headers=headers)


class _Answer:
    """Passes an answer on with the headers; holds an HTML page back until it is whole."""

    def __init__(self, scope, send):
        self.scope, self.send, self.start, self.body = scope, send, None, b""

    async def __call__(self, message):
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            return_url.passed(self.scope, headers)
            secure = security_headers.is_https(dict(self.scope["headers"]))
            security_headers.protect(headers, self.scope["path"], secure)
            if "text/html" in headers.get("content-type", "") and message["status"] == 200:
                self.start = message
                return
        elif self.start is not None:
            self.body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._page()
            return
        await self.send(message)

    async def _page(self):
        script = f'<script src="{SCRIPT_PATH}"></script>'.encode()
        page = self.body.replace(b'<html lang="en">', b'<html lang="zh-CN">')
        page = page.replace(b"<head>", b"<head>" + script, 1)
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(page))
        headers["cache-control"] = "no-cache"
        for stale in ("etag", "last-modified"):
            if stale in headers:
                del headers[stale]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": page})


async def _script(_request) -> Response:
    return Response(translation(), media_type="text/javascript")


def health() -> dict[str, object]:
    """
    Which day is served and how the last refresh ended; `as_of` is null when nothing is.

    `clock_behind`: the served day or the last refresh lies after this machine's now, so that no age
    can be trusted, and a monitor must not take it for young.
    """
    folder = store()
    newest, attempt = latest(folder), last_refresh(folder)
    later = newest and newest.as_of > date.today()
    refreshed_later = attempt and attempt.at.replace(tzinfo=None) > datetime.now() + SLACK
    return {
        "as_of": newest.as_of.isoformat() if newest else None,
        "version": newest.version if newest else None,
        "age_days": (date.today() - newest.as_of).days if newest else None,
        "broken_days": [day.isoformat() for day in broken_days(folder)],
        "last_refresh": attempt.at.isoformat() if attempt else None,
        "last_refresh_failed": bool(attempt and attempt.reason),
        "clock_behind": bool(later or refreshed_later),
    }


async def _health(_request) -> Response:
    """200 while some day can be served, 503 otherwise; for a load balancer or a monitor."""
    told = await anyio.to_thread.run_sync(health)
    return JSONResponse(told, status_code=200 if told["as_of"] else 503)


@asynccontextmanager
async def warm(_app):
    """Imports what the first page needs before anybody asks."""
    for name in WARM:
        await anyio.to_thread.run_sync(importlib.import_module, name)
    yield


ROUTES = [Route(SCRIPT_PATH, _script), Route("/healthz", _health)]

MIDDLEWARE = [Middleware(Shell)]
