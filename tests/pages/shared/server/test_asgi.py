"""The server around the pages: Chinese shell, headers, compressed assets, first direct link."""

import gzip
import json
import socket
from contextlib import closing
from http.client import HTTPConnection
from urllib.request import Request, urlopen

import pytest

from browser import opened, served, settle
from pages.shared.server import scripts, shell


@pytest.fixture(scope="module")
def board(tmp_path_factory):
    with served(tmp_path_factory.mktemp("nothing")) as url:
        yield url


def answer(url: str, **headers: str):
    return urlopen(Request(url, headers=headers))


def test_first_direct_link_on_a_fresh_server_opens_its_page(context, board):
    page, asked = opened(context, f"{board}/departments")
    assert page.inner_text("h1") == "部门响应"
    assert page.query_selector("[role=dialog]") is None
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert all(board.split("//")[1] in address for address in asked if "://" in address)
    page.close()


def test_nothing_breaks_the_content_security_policy(context, board):
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(board)
    page.wait_for_selector("h1")
    settle(page)
    assert [text for text in said if "Content Security Policy" in text] == []
    page.close()


def test_streamlits_own_words_are_chinese(context, board):
    page, _ = opened(context, board)
    assert page.get_by_text("跳到正文").count() == 1
    assert page.get_by_text("Skip to main content").count() == 0
    page.close()


ADDRESSES = {
    "/": 200,
    "/coverage?region=621226": 200,
    "/_stcore/health": 200,
    scripts.TRANSLATION: 200,
    "/favicon.png": 200,
    "/healthz": 503,
    "/media/nothing.csv": 404,
    "/_stcore/metrics": 404,
    "/_stcore/%6detrics": 404,
    "/_stcore/agent/openapi.json": 404,
    "/_stcore/agent/mcp": 404,
    "/_stcore/script-health-check": 404,
    "//evil.example/..": 400,
}


@pytest.mark.parametrize(("path", "status"), ADDRESSES.items())
def test_every_answer_has_its_headers_and_inner_addresses_none(board, path, status):
    there = HTTPConnection(board.removeprefix("http://"))
    with closing(there):
        there.request("GET", path, headers={"Accept-Encoding": "gzip"})
        found = there.getresponse()
        headers = found.headers
        found.read()
    assert found.status == status
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert ("no-store" in headers.get("Cache-Control", "")) == path.startswith("/media/")
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("origin", "status"),
    [(None, 101), ("{board}", 101), ("https://evil.example", 403), ("null", 403)],
)
def test_a_web_socket_of_another_site_is_refused_before_streamlit_sees_it(board, origin, status):
    """Streamlit would ask a server outside for its own address, up to two seconds for everybody."""
    host = board.removeprefix("http://")
    lines = {
        "Host": host,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
        **({"Origin": origin.format(board=board)} if origin else {}),
    }
    told = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    with socket.create_connection(("127.0.0.1", int(host.split(":")[1]))) as there:
        there.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{told}\r\n".encode())
        assert there.recv(4096).startswith(f"HTTP/1.1 {status} ".encode())


def test_assets_are_compressed_and_the_same(board):
    name = next((shell.BUNDLE / "static" / "js").glob("index.*.js")).name
    plain = answer(f"{board}/static/js/{name}").read()
    packed = answer(f"{board}/static/js/{name}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert packed.headers["Content-Encoding"] == "gzip"
    body = packed.read()
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain) / 2


@pytest.mark.parametrize("name", ["/static/../../../etc/passwd", "/static/js/none.js", "/static/"])
def test_only_the_bundle_is_served_compressed(name):
    assert shell.compressed(name) is None


def test_what_is_translated_is_still_in_streamlit():
    """An upgrade that renames a string leaves English on the screen: this test says which."""
    bundle = "".join(
        path.read_text(encoding="utf-8") for path in (shell.BUNDLE / "static" / "js").glob("*.js")
    )
    # What the server says when a file cannot be made.
    bundle += (shell.BUNDLE.parent / "runtime/backend_operation_handler.py").read_text("utf-8")
    words = json.loads((scripts.FOLDER / "strings_zh.json").read_text(encoding="utf-8"))
    gone = [text for kind in words.values() for text in kind if text.strip(": ") not in bundle]
    assert gone == []
