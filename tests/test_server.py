"""The server around the pages: Chinese shell, headers, compressed assets, first direct link."""

import gzip
import json
from urllib.request import Request, urlopen

import pytest

from browser import opened, served, settle
from pages.shared import server


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


def test_every_answer_has_its_headers(board):
    for path in ("/", "/_stcore/health", "/shell/translate.js"):
        headers = answer(board + path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-eval" not in headers["Content-Security-Policy"]


def test_assets_are_compressed_and_the_same(board):
    name = next((server.BUNDLE / "static" / "js").glob("index.*.js")).name
    plain = answer(f"{board}/static/js/{name}").read()
    packed = answer(f"{board}/static/js/{name}", **{"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    body = packed.read()
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain) / 2


@pytest.mark.parametrize("name", ["/static/../../../etc/passwd", "/static/js/none.js", "/static/"])
def test_only_the_bundle_is_served_compressed(name):
    assert server.compressed(name) is None


def test_what_is_translated_is_still_in_streamlit():
    """An upgrade that renames a string leaves English on the screen: this test says which."""
    bundle = "".join(
        path.read_text(encoding="utf-8") for path in (server.BUNDLE / "static" / "js").glob("*.js")
    )
    # What the server says when a file cannot be made.
    bundle += (server.BUNDLE.parent / "runtime/backend_operation_handler.py").read_text("utf-8")
    words = json.loads((server.FOLDER / "strings_zh.json").read_text(encoding="utf-8"))
    gone = [text for kind in words.values() for text in kind if text.strip(": ") not in bundle]
    assert gone == []
