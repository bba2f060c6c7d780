"""The audit of dependencies: known faults end it, and what was not audited is said."""

import json
import os
import subprocess
import sys

import pytest

from browser import ROOT

FAULT = {"id": "PYSEC-1", "fix_versions": ["2.0"]}


def audited(tmp_path, answer: str) -> tuple[int, str]:
    """`.ci/audit.py` beside a pip-audit that gives this answer."""
    (tmp_path / "pip_audit.py").write_text(f"print({answer!r})")
    ended = subprocess.run(
        [sys.executable, ROOT / ".ci" / "audit.py"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ({"version": "1.0", "vulns": []}, 0, "1 distributions audited, 0 known faults, 0 not"),
        ({"version": "1.0", "vulns": [FAULT]}, 1, "some 1.0: PYSEC-1, mended in 2.0"),
        ({"version": "1.0", "vulns": [FAULT | {"fix_versions": []}]}, 0, "mended in no version"),
        ({"skip_reason": "not found"}, 0, "*** DEPENDENCIES WERE NOT AUDITED: PyPI's data"),
    ],
)
def test_what_is_found_is_said(tmp_path, found, code, said):
    answer = json.dumps({"dependencies": [{"name": "some"} | found]})
    assert audited(tmp_path, answer)[0] == code
    assert said in audited(tmp_path, answer)[1]


def test_an_audit_that_fails_is_no_audit(tmp_path):
    code, said = audited(tmp_path, "no JSON")
    assert code == 0
    assert "*** DEPENDENCIES WERE NOT AUDITED" in said
