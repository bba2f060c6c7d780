"""The audit log is the audit role's to see, and nobody else's."""

import os
from datetime import date

import pytest

from audit_notes import NAME, put, written
from data import settings
from queries.access import Access, AccessError, access, audit_trail


def test_the_audit_role_alone_sees_it(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "AUDIT_DIR", tmp_path)
    lines = written(tmp_path)
    day = date(2026, 11, 24)
    auditor = access("auditor")
    assert audit_trail.entries(auditor, day, day).height == 5
    assert audit_trail.fault(auditor) is None
    put(tmp_path, lines[:4])
    os.utime(tmp_path / NAME, (1, 1))
    assert audit_trail.fault(auditor).line == 5
    for ask in (
        lambda: audit_trail.entries(Access(), day, day),
        lambda: audit_trail.fault(Access()),
    ):
        with pytest.raises(AccessError, match="仅供审计角色"):
            ask()
