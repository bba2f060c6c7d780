"""The page one came with, kept over signing in: Streamlit itself leads everybody to the first page.

Signing in begins at /auth/login, asked for by the page on the screen, which its Referer therefore
names: also after a time-out, and the first page after 退出. A cookie keeps it for the way back.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import MutableHeaders

from pages.shared.menu import BOARD, LOG, TODO

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"

COOKIE = "came_with"

#: Seconds that signing in may take.
LASTS = 600

#: Characters of the longest address; a cookie holds 4,096 bytes.
LONGEST = 2_000

ADDRESSES = "|".join(address for *_, address in [TODO, *BOARD, *LOG])

#: The first page or another, and what a browser writes behind its question mark.
PAGE = re.compile(rf"/(?:{ADDRESSES})?(?:\?[\w.~%!$'()*+,:@/?&=-]*)?", re.ASCII)

REFERER = re.compile(r"https?://(?P<host>[^/]+?)(?::\d+)?(?P<address>/.*)", re.DOTALL)


def page(address: str) -> str:
    """The address where it is one of the board's own pages, else nothing."""
    return address if len(address) <= LONGEST and PAGE.fullmatch(address) else ""


def passed(scope: dict[str, Any], answer: MutableHeaders) -> None:
    """Keeps the page when signing in begins, leads to it when it ends, forgets it on leaving."""
    asked, path = dict(scope["headers"]), scope["path"]
    if path == LOGIN:
        _set(answer, _referring(asked), LASTS)
    elif path == LOGOUT:
        _set(answer, "", 0)
    elif path == CALLBACK:
        if answer.get("location") == "/" and (kept := _kept(asked)):
            answer["location"] = kept
        _set(answer, "", 0)


def _referring(asked: dict[bytes, bytes]) -> str:
    """The page of this board that a request comes from; a proxy may leave the port out."""
    told = REFERER.fullmatch(asked.get(b"referer", b"").decode("latin-1"))
    host = re.sub(r":\d+$", "", asked.get(b"host", b"").decode("latin-1"))
    return page(told["address"]) if told and told["host"] == host else ""


def _kept(asked: dict[bytes, bytes]) -> str:
    """The page in the cookie; what anybody else wrote there is read like any other address."""
    try:
        told = SimpleCookie(asked.get(b"cookie", b"").decode("latin-1"))[COOKIE].value
        return page(urlsafe_b64decode(told).decode("ascii"))
    except (CookieError, KeyError, ValueError):
        return ""


def _set(answer: MutableHeaders, address: str, seconds: int) -> None:
    held = urlsafe_b64encode(address.encode()).decode() if seconds else ""
    told = f"{COOKIE}={held}; Path={CALLBACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    answer.append("set-cookie", told)
