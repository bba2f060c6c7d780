"""Rows that must not outlive their command: whoever comes next removes what a killed one left."""

import os
import subprocess
import sys

from browser import ROOT
from data.registry.scratch import scratch

KILLED = """
import os, signal, sys
from pathlib import Path
from data.registry.scratch import scratch
with scratch(Path(sys.argv[1])) as folder:
    (folder / "fact.parquet").mkdir()
    (folder / "fact.parquet" / "part-0").write_text("rows")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_work_folder_of_several_machines_is_cleaned_like_the_own_one(tmp_path):
    subprocess.run([sys.executable, "-c", KILLED, tmp_path], cwd=ROOT, check=False)
    (left,) = tmp_path.iterdir()
    assert os.listdir(left / "fact.parquet") == ["part-0"]
    with scratch(tmp_path) as mine, scratch(tmp_path) as other:
        assert set(tmp_path.iterdir()) == {mine, other}
    assert list(tmp_path.iterdir()) == []
