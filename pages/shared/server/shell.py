"""Middleware around Streamlit: security headers, closed paths, Chinese index.html, gzip."""

import gzip
import logging
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response

from pages.shared.server import fonts, preload, scripts, security_headers, uploads
from pages.shared.server.security_headers import BUNDLE
from pages.shared.sign_in import return_url

log = logging.getLogger(__name__)

#: Media types of static files that are compressed.
COMPRESSED = {".js": "text/javascript", ".css": "text/css"}


@lru_cache(maxsize=512)
def compressed(name: str) -> bytes | None:
    """A static file gzipped, cached; None if it is missing or of a type that is not compressed."""
    path = (BUNDLE / name.lstrip("/")).resolve()
    if not path.is_relative_to(BUNDLE) or path.suffix not in COMPRESSED or not path.is_file():
        return None
    content = path.read_bytes()
    return gzip.compress(fonts.FACE.sub(b"", content) if path.suffix == ".css" else content, 6)


class Shell:
    """
    Middleware: headers on every response, index.html in Chinese, static files compressed, internal
    paths closed, the return URL followed after sign-in.
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
        encodings = headers.get(b"accept-encoding", b"")
        path, sender = scope["path"], _Sender(scope, send)
        if security_headers.is_closed(path):
            return await PlainTextResponse("Not Found", 404)(scope, receive, sender)
        if uploads.is_refused(scope["method"], path):
            return await PlainTextResponse("Forbidden", 403)(scope, receive, sender)
        if path.startswith("/static/") and b"gzip" in encodings and (body := compressed(path)):
            return await _asset(path, body)(scope, receive, sender)
        # Streamlit would gzip the index.html of a direct link, which could not be changed then.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        return await self.app({**scope, "headers": plain}, receive, sender)


def _asset(path: str, body: bytes) -> Response:
    # File names carry a hash of their content here too.
    return Response(body, media_type=COMPRESSED[Path(path).suffix], headers=scripts.HEADERS)


class _Sender:
    """Sends a response with the security headers; buffers an HTML page to change it."""

    def __init__(self, scope, send):
        self.scope, self.send, self.start, self.body = scope, send, None, b""

    async def __call__(self, message):
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            return_url.apply(self.scope, headers)
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
        head = f'<head><script src="{scripts.TRANSLATION}"></script>'.encode() + fonts.ARROWS
        page = self.body.replace(b'<html lang="en">', b'<html lang="zh-CN">')
        page = fonts.PRELOAD.sub(b"", page).replace(b"<head>", head, 1)
        page = page.replace(b"</head>", preload.links(self.body) + b"</head>", 1)
        headers = MutableHeaders(scope=self.start)
        headers["content-length"] = str(len(page))
        headers["cache-control"] = "no-cache"
        for stale in ("etag", "last-modified"):
            if stale in headers:
                del headers[stale]
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": page})
