"""Files come from sessions that were offered to send one, and not without end."""

from types import SimpleNamespace

import pytest

from pages.shared.server import uploads


@pytest.fixture
def offered(monkeypatch):
    """A session whose page shows a place to drop files."""
    monkeypatch.setattr(uploads, "_left", {})
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="mine"))
    uploads.offer()


def sent(session: str = "mine", method: str = "PUT") -> bool:
    return not uploads.is_refused(method, f"/_stcore/upload_file/{session}/any-file")


def test_a_session_that_was_offered_it_sends_files_and_another_does_not(offered):
    assert sent()
    assert not sent("a-stranger")
    assert uploads.is_refused("PUT", "//_stcore//upload_file/a-stranger/file")


def test_nobody_sends_without_end_and_a_click_gives_no_more(offered):
    assert [sent() for _ in range(uploads.MOST + 2)] == [True] * uploads.MOST + [False] * 2
    uploads.offer()
    assert not sent()


def test_what_sends_nothing_is_let_through(offered):
    assert sent("a-stranger", "OPTIONS")
    assert sent("a-stranger", "DELETE")
    assert not uploads.is_refused("GET", "/coverage")


def test_the_oldest_sessions_are_forgotten(offered, monkeypatch):
    monkeypatch.setattr(uploads, "SESSIONS", 1)
    monkeypatch.setattr(uploads, "get_script_run_ctx", lambda: SimpleNamespace(session_id="next"))
    uploads.offer()
    assert (sent("mine"), sent("next")) == (False, True)
