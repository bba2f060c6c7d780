"""From where a line was written: the last hop behind a trusted proxy."""

import pytest

from data import settings
from data.audit import address


@pytest.mark.parametrize(
    ("header", "direct", "forwarded", "client"),
    [
        ("", "10.0.0.7", "1.2.3.4", "10.0.0.7"),
        ("", None, "1.2.3.4", "127.0.0.1"),
        ("X-User", None, "1.2.3.4, 10.0.0.7", "10.0.0.7"),
        ("X-User", "10.0.0.1", "evil", "10.0.0.1"),
        ("X-User", None, "", "127.0.0.1"),
        ("", "::ffff:10.0.0.7", "", "10.0.0.7"),
        ("", "2001:db8::7", "", "2001:db8::7"),
        ("", "unix:", "", "127.0.0.1"),
    ],
)
def test_the_last_hop_counts_behind_a_trusted_proxy_alone(
    monkeypatch, header, direct, forwarded, client
):
    monkeypatch.setattr(settings, "TRUSTED_USER_HEADER", header)
    assert address(direct, forwarded) == client
