"""The doctor on folders: who may write where, and how much room a refresh has to read into."""

from collections import namedtuple

import pytest

from data.checkup import folders

Usage = namedtuple("Usage", "free")


def test_scratch_space_that_is_short_or_in_memory(monkeypatch, tmp_path):
    monkeypatch.setattr(folders.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(folders, "_kind_of", lambda _: "ext4")
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda _: Usage(2 * folders.GIGABYTE))
    assert str(folders.scratch()) == f"✔ 临时空间：{tmp_path} 可用2.0GB"
    monkeypatch.setattr(folders, "_kind_of", lambda _: "tmpfs")
    assert "在内存中。计入 MemoryMax" in str(folders.scratch())
    monkeypatch.setattr(folders.shutil, "disk_usage", lambda _: Usage(10**8))
    assert "设 TMPDIR" in folders.scratch().advice


def test_no_scratch_space_at_all(monkeypatch):
    def refuse():
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(folders.tempfile, "gettempdir", refuse)
    assert folders.scratch().fatal


def test_the_kind_of_the_nearest_mount(tmp_path):
    assert folders._kind_of(folders.Path("/proc/self")) == "proc"


@pytest.mark.parametrize(("user", "mark"), [(0, "！"), (1000, "✔")])
def test_root_can_write_everywhere_which_proves_nothing(monkeypatch, user, mark):
    monkeypatch.setattr(folders.os, "geteuid", lambda: user)
    assert str(folders.writer()).startswith(f"{mark} 运行账户")
