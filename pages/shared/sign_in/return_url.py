"""The return URL: the page to open after signing in. Streamlit itself opens the first page.

The browser requests /auth/login from the page on the screen, so the Referer names it, also after a
time-out; after 退出 it is the first page. A cookie holds the address until the callback.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import MutableHeaders

from pages.shared.menu import BOARD, LOG, TODO

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"

COOKIE = "return_url"

#: Seconds that the cookie lives: how long signing in may take.
LIFETIME = 600

#: Characters of the longest address; a cookie holds 4,096 bytes.
LONGEST = 2_000

ADDRESSES = "|".join(address for *_, address in [TODO, *BOARD, *LOG])

#: A page's path and the characters of a query as a browser writes them.
PAGE = re.compile(rf"/(?:{ADDRESSES})?(?:\?[\w.~%!$'()*+,:@/?&=-]*)?", re.ASCII)

REFERER = re.compile(r"https?://(?P<host>[^/]+?)(?::\d+)?(?P<address>/.*)", re.DOTALL)


def page(address: str) -> str:
    """The address if it is a page of the board, else empty."""
    return address if len(address) <= LONGEST and PAGE.fullmatch(address) else ""


def apply(scope: dict[str, Any], response: MutableHeaders) -> None:
    """Sets the cookie at sign-in, redirects to its page at the callback, deletes it at sign-out."""
    request, path = dict(scope["headers"]), scope["path"]
    if path == LOGIN:
        _set_cookie(response, _from_referer(request), LIFETIME)
    elif path == LOGOUT:
        _set_cookie(response, "", 0)
    elif path == CALLBACK:
        if response.get("location") == "/" and (address := _from_cookie(request)):
            response["location"] = address
        _set_cookie(response, "", 0)


def _from_referer(request: dict[bytes, bytes]) -> str:
    """The page in the Referer if its host is this one; a proxy may leave the port out."""
    referer = REFERER.fullmatch(request.get(b"referer", b"").decode("latin-1"))
    host = re.sub(r":\d+$", "", request.get(b"host", b"").decode("latin-1"))
    return page(referer["address"]) if referer and referer["host"] == host else ""


def _from_cookie(request: dict[bytes, bytes]) -> str:
    """The page in the cookie; empty for any other content."""
    try:
        value = SimpleCookie(request.get(b"cookie", b"").decode("latin-1"))[COOKIE].value
        return page(urlsafe_b64decode(value).decode("ascii"))
    except (CookieError, KeyError, ValueError):
        return ""


def _set_cookie(response: MutableHeaders, address: str, seconds: int) -> None:
    value = urlsafe_b64encode(address.encode()).decode() if seconds else ""
    cookie = f"{COOKIE}={value}; Path={CALLBACK}; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    response.append("set-cookie", cookie)
