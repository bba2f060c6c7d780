"""The audit log: a line that is changed, removed or cut off shows; nothing of a person is in it."""

import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest

from audit_notes import NAME, note, written
from data.audit import AuditError, read, verify


def test_a_full_disk_leaves_no_half_line(tmp_path, monkeypatch):
    written(tmp_path)

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(AuditError, match="No space left on device"):
            note(tmp_path, "满")
    assert verify(tmp_path) is None
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    assert read(tmp_path).height == 6


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(AuditError, match="cannot be written"):
        note(tmp_path / "file" / "audit", "页")


def _many(folder: Path, who: int) -> None:
    for number in range(25):
        note(folder, f"{who}-{number}")


def test_eight_processes_write_at_once(tmp_path):
    spawn = get_context("spawn")
    writers = [spawn.Process(target=_many, args=(tmp_path, who)) for who in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert verify(tmp_path) is None
    assert sorted(read(tmp_path)["what"]) == sorted(f"{w}-{n}" for w in range(8) for n in range(25))


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, "tests/support")
from audit_notes import NAME, note, written
while True:
    note(Path(sys.argv[1]), "页")
"""


def test_a_writer_killed_in_the_middle_leaves_a_log_that_goes_on(tmp_path):
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)]) as writer:
            while not (tmp_path / NAME).exists() or read(tmp_path).height < 5:
                assert writer.poll() is None
            writer.kill()
    note(tmp_path, "之后")
    assert verify(tmp_path) is None
    assert read(tmp_path)["what"][-1] == "之后"
