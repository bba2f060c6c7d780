"""Bands of waiting time: the limit of routing is always one of their ends."""

import pytest

from queries.answers import warnings
from queries.answers.wait_bands import band_names


@pytest.mark.parametrize(
    ("limit", "bands"),
    [
        (11, ["0–2", "3–5", "6–11", "12–20", "21–40", "41以上"]),
        (9, ["0–2", "3–5", "6–9", "10–20", "21–40", "41以上"]),
        (5, ["0–2", "3–5", "6–20", "21–40", "41以上"]),
    ],
)
def test_the_limit_ends_a_band(monkeypatch, limit, bands):
    monkeypatch.setattr(warnings, "limits", lambda: {"warning.route": limit})
    assert band_names(warnings.wait_ends()) == bands
