"""Plotly as the board serves it."""

import gzip
import re

import anyio

from pages.shared.server import plotly_bundle


def test_it_is_kept_by_the_browser_and_sent_compressed():
    answer = anyio.run(plotly_bundle.serve, None)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(answer.body) == plotly_bundle.FILE.read_bytes()
    # A third of the file that Streamlit would send.
    assert len(answer.body) < 470_000


def test_it_is_what_the_licence_and_the_note_beside_it_say():
    text = plotly_bundle.FILE.read_text(encoding="utf-8")
    (version,) = re.findall(r"^/\* plotly\.js ([\d.]+)", text)
    assert version in (plotly_bundle.FILE.parent / "README.md").read_text(encoding="utf-8")
    assert "MIT License" in (plotly_bundle.FILE.parent / "LICENSE").read_text(encoding="utf-8")


def test_it_runs_under_the_content_security_policy():
    text = plotly_bundle.FILE.read_text(encoding="utf-8")
    assert re.findall(r"\beval\(|new Function\b", text) == []
