"""Security headers of every response, and requests to refuse."""

import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders

#: Streamlit's front end, as installed.
BUNDLE = (Path(st.__file__).parent / "static").resolve()

#: Streamlit's internal paths: metrics, automation of pages, a test run of the script.
CLOSED = re.compile(r"/+_stcore/+(metrics|agent|script-health-check)(/|$)")

#: Browser features that the board does not use; it uses full screen and the clipboard.
UNUSED = (
    *("accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "geolocation"),
    *("gyroscope", "hid", "magnetometer", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
}


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


def is_closed(path: str) -> bool:
    """Whether a path is served to nobody."""
    return CLOSED.match(path) is not None


def is_foreign(request: dict[bytes, bytes]) -> bool:
    """
    Whether a web socket comes from another site's page, by its Origin.

    Streamlit would look up its own external address before it refuses, and block meanwhile.
    """
    origin = request.get(b"origin")
    return origin is not None and origin.partition(b"://")[2] != request.get(b"host")


def is_https(request: dict[bytes, bytes]) -> bool:
    """Whether the browser uses TLS, by the proxy's header."""
    return request.get(b"x-forwarded-proto", b"").strip().lower() == b"https"


def protect(response: MutableHeaders, path: str, secure: bool) -> None:
    """Sets the headers; exports are not cached; under TLS cookies are Secure."""
    response.update(HEADERS)
    if path.startswith("/media/"):
        response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = policy()
    if secure:
        cookies = response.getlist("set-cookie")
        del response["set-cookie"]
        for cookie in cookies:
            has_flag = "secure" in cookie.lower().replace(" ", "").split(";")
            response.append("set-cookie", cookie if has_flag else f"{cookie}; Secure")
