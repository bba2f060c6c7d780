"""Back to the page one came with: the board's own pages alone, whatever a request says."""

import asyncio
from base64 import urlsafe_b64encode

import pytest

from pages.shared.server.shell import Shell
from pages.shared.sign_in import return_url

HOST = "board.example.gov.cn"
DEEP = "/coverage?region=621226&part=long&category=%E7%89%B9%E5%9B%B0"

FOREIGN = [
    "//evil.example",
    "//evil.example/coverage",
    "/\\evil.example",
    "/coverage/../../evil",
    "https://evil.example/coverage",
    "javascript:alert(1)",
    "coverage",
    "/coverage#part",
    "/coverage?part=long\r\nSet-Cookie: a=b",
    "/coverage?part=\nx",
    "/coverage?part=\x00",
    "/coverage\n",
    "/coverage?part=长",
    "/Coverage",
    "/coverage%2f..",
    "/oauth2callback?code=1",
    "/auth/logout",
    "/auth/login?provider=x",
    "/healthz",
    "/media/secret.csv",
    "/coverage?" + "x" * return_url.LONGEST,
]


def answered(path: str, location: str = "", **asked: str) -> list[tuple[str, str]]:
    """Headers of an answer to a request, of which Streamlit would have given the location."""
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"host", HOST.encode()), *told],
    }
    given = [(b"location", location.encode())] if location else []
    sent = []

    async def streamlit(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 302, "headers": given})

    async def send(message):
        sent.extend(message["headers"])

    asyncio.run(Shell(streamlit)(scope, None, send))
    return [(name.decode(), value.decode()) for name, value in sent]


def cookies(headers) -> list[str]:
    return [value for name, value in headers if name == "set-cookie"]


def kept(headers) -> str:
    """What the browser would send back of the cookie."""
    (told,) = cookies(headers)
    return told.split(";")[0]


def held(address: str) -> str:
    """A cookie that somebody wrote by hand."""
    return f"return_url={urlsafe_b64encode(address.encode()).decode()}"


def landed(cookie: str, location: str = "/") -> str:
    headers = dict(answered("/oauth2callback", location, cookie=cookie))
    return headers["location"]


@pytest.mark.parametrize("address", [DEEP, "/", "/?as_of=2026-10-31", "/audit", "/present?at=3"])
def test_who_begins_on_a_page_ends_on_it(address):
    begun = answered("/auth/login", "https://id.example", referer=f"https://{HOST}{address}")
    assert dict(begun)["location"] == "https://id.example"
    assert landed(f"other=1; {kept(begun)}") == address


def test_the_cookie_is_short_lived_and_for_the_way_back_alone():
    (told,) = cookies(answered("/auth/login", "https://id", referer=f"https://{HOST}/map"))
    assert told.split("; ")[1:] == [
        "Path=/oauth2callback",
        "Max-Age=600",
        "HttpOnly",
        "SameSite=Lax",
    ]


@pytest.mark.parametrize("path", ["/oauth2callback", "/auth/logout"])
def test_it_is_gone_after_the_way_back_and_after_signing_out(path):
    (told,) = cookies(answered(path, "/", cookie=held("/map")))
    assert told.startswith("return_url=; Path=/oauth2callback; Max-Age=0;")


def test_no_cookie_leads_anywhere_else():
    assert [address for address in FOREIGN if landed(held(address)) != "/"] == []


@pytest.mark.parametrize(
    "cookie", ["", "return_url=", "return_url=%%%", "return_url=w6k", "\xff=\xff"]
)
def test_a_cookie_that_is_none_is_ignored(cookie):
    assert landed(cookie) == "/"


def test_nothing_else_is_kept():
    for referer in (*FOREIGN, *(f"https://{HOST}{address}" for address in FOREIGN)):
        begun = answered("/auth/login", "https://id", referer=referer)
        assert landed(kept(begun)) == "/", referer


@pytest.mark.parametrize(
    "referer",
    ["", f"https://evil.example{DEEP}", f"https://{HOST}.evil{DEEP}", "https://[::1", "x"],
)
def test_another_site_is_not_where_one_came_from(referer):
    assert landed(kept(answered("/auth/login", "https://id", referer=referer))) == "/"


def test_only_the_boards_own_redirect_is_led_elsewhere():
    assert landed(held("/map"), "https://id.example/next") == "https://id.example/next"
    headers = answered("/coverage", "/", cookie=held("/map"))
    assert dict(headers)["location"] == "/"
    assert cookies(headers) == []


def test_a_proxy_that_leaves_the_port_out_of_the_host_does_no_harm():
    begun = answered("/auth/login", "https://id", referer=f"https://{HOST}:8443/map")
    assert landed(kept(begun)) == "/map"


def test_cookies_are_secure_when_the_proxy_says_https():
    asked = {"referer": f"https://{HOST}/map", "x_forwarded_proto": "https"}
    assert cookies(answered("/auth/login", "https://id", **asked))[0].endswith("; Secure")
    assert "Secure" not in cookies(answered("/auth/login", "https://id"))[0]
