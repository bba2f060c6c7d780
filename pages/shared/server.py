"""The server around the pages: Chinese shell, security headers, compressed assets, warm-up."""

import gzip
import hashlib
import importlib
import json
import re
from base64 import b64encode
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import anyio
import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from queries.scope import broken_days, last_refresh, latest, store

FOLDER = Path(__file__).parent

#: Streamlit's front end, as installed.
BUNDLE = Path(st.__file__).parent / "static"

SCRIPT_PATH = "/shell/translate.js"

#: What the first visitor would otherwise wait for: about a second of imports and geometry.
WARM = ("exhibits.draw", "exhibits.maps", "exhibits.comparison", "briefing.images", "briefing.pack")

#: By how much clocks may differ before one is called wrong: a time zone of another machine.
SLACK = timedelta(days=1)

COMPRESSED = {".js": "text/javascript", ".css": "text/css"}


@lru_cache(maxsize=1)
def translation() -> bytes:
    """The script that puts Streamlit's own strings into Chinese."""
    words = json.loads((FOLDER / "strings_zh.json").read_text(encoding="utf-8"))
    script = (FOLDER / "translate.js").read_text(encoding="utf-8")
    return script.replace("__WORDS__", json.dumps(words, ensure_ascii=False)).encode()


@lru_cache(maxsize=1)
def policy() -> str:
    """The content security policy; the hash is of the inline script in Streamlit's index.html."""
    index = (BUNDLE / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    hashes = [b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in inline]
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return (
        f"default-src 'self'; script-src 'self' blob: {allowed}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; frame-ancestors 'self'; form-action 'self'"
    )


@lru_cache(maxsize=512)
def compressed(name: str) -> bytes | None:
    """A static file gzipped, once; None for what is not there or not worth it."""
    path = (BUNDLE / name.lstrip("/")).resolve()
    if not path.is_relative_to(BUNDLE) or path.suffix not in COMPRESSED or not path.is_file():
        return None
    return gzip.compress(path.read_bytes(), 6)


class Shell:
    """Middleware: headers on every answer, index.html in Chinese, assets compressed."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = dict(scope["headers"]).get(b"accept-encoding", b"")
        path = scope["path"]
        if path.startswith("/static/") and b"gzip" in asked and (body := compressed(path)):
            return await _asset(path, body)(scope, receive, send)
        # Streamlit packs a direct link's index.html; what is packed cannot be put into Chinese.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        return await self.app({**scope, "headers": plain}, receive, _Answer(send))


def _asset(path: str, body: bytes) -> Response:
    headers = {
        "Content-Encoding": "gzip",
        # File names carry a hash of their content.
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, media_type=COMPRESSED[Path(path).suffix], headers=headers)


class _Answer:
    """Passes an answer on with the headers; holds an HTML page back until it is whole."""

    def __init__(self, send):
        self.send, self.start, self.body = send, None, b""

    async def __call__(self, message):
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["X-Content-Type-Options"] = "nosniff"
            headers["Referrer-Policy"] = "same-origin"
            headers["X-Frame-Options"] = "SAMEORIGIN"
            headers["Content-Security-Policy"] = policy()
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
