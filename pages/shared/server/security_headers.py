"""What every answer carries and what none gives, against attacks by way of the browser."""

import hashlib
import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import MutableHeaders

#: Streamlit's front end, as installed.
BUNDLE = (Path(st.__file__).parent / "static").resolve()

#: Streamlit's inner addresses: its statistics, pages driven by programs, a test run of the script.
CLOSED = re.compile(r"/+_stcore/+(metrics|agent|script-health-check)(/|$)")

#: Of what a browser offers, the board uses full screen and the clipboard.
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
    """Whether an address is for nobody."""
    return CLOSED.match(path) is not None


def is_foreign(asked: dict[bytes, bytes]) -> bool:
    """
    Whether another site's page asks, which browsers say of web sockets.

    Streamlit would look up its own address outside before it refuses, and answer nobody meanwhile.
    """
    origin = asked.get(b"origin")
    return origin is not None and origin.partition(b"://")[2] != asked.get(b"host")


def is_https(asked: dict[bytes, bytes]) -> bool:
    """Whether the browser asked by TLS, as the proxy says."""
    return asked.get(b"x-forwarded-proto", b"").strip().lower() == b"https"


def protect(answer: MutableHeaders, path: str, secure: bool) -> None:
    """Sets the headers; exports are kept nowhere; under TLS no cookie goes over a plain one."""
    answer.update(HEADERS)
    if path.startswith("/media/"):
        answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = policy()
    if secure:
        cookies = answer.getlist("set-cookie")
        del answer["set-cookie"]
        for told in cookies:
            marked = "secure" in told.lower().replace(" ", "").split(";")
            answer.append("set-cookie", told if marked else f"{told}; Secure")
