"""Plotly and the translation as the board serves them."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from pages.shared.server import scripts

PLOTLY = scripts.FOLDER / "plotly"


@pytest.mark.parametrize("path", scripts.CONTENTS)
def test_each_is_kept_by_the_browser_and_sent_compressed(path):
    answer = TestClient(Starlette(routes=scripts.ROUTES)).get(path)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == scripts.CONTENTS[path]()


def test_plotly_is_a_third_of_the_file_that_streamlit_would_send():
    assert len(scripts.compressed(scripts.PLOTLY)) < 470_000


def test_it_is_what_the_licence_and_the_note_beside_it_say():
    text = scripts.plotly().decode()
    (version,) = re.findall(r"^/\* plotly\.js ([\d.]+)", text)
    assert version in (PLOTLY / "README.md").read_text(encoding="utf-8")
    assert "MIT License" in (PLOTLY / "LICENSE").read_text(encoding="utf-8")


def test_it_runs_under_the_content_security_policy():
    text = scripts.plotly().decode()
    assert re.findall(r"\beval\(|new Function\b", text) == []
