"""A file or folder is replaced whole or not at all, and nothing is left beside it."""

import os

import pytest

from data.atomic_write import atomic_folder, atomic_write


def full(*_):
    raise OSError("No space left on device")


@pytest.mark.parametrize("sync", [True, False])
def test_text_and_bytes_replace_what_stood_there(tmp_path, sync):
    path = tmp_path / "new" / "file"
    atomic_write(path, "截至日", sync=sync)
    assert path.read_bytes() == "截至日".encode()
    atomic_write(path, b"\x00\r\n", sync=sync)
    assert path.read_bytes() == b"\x00\r\n"
    assert list(path.parent.iterdir()) == [path]


def test_permissions_are_those_of_any_new_file(tmp_path):
    atomic_write(tmp_path / "file", "x")
    (tmp_path / "other").write_text("x")
    assert (tmp_path / "file").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("call", ["os.replace", "os.fsync"])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    path.write_text("old")
    monkeypatch.setattr(call, full)
    with pytest.raises(OSError, match="No space left"):
        atomic_write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "file", "new")
    assert list(tmp_path.iterdir()) == []


def test_text_that_cannot_be_encoded_writes_nothing(tmp_path):
    with pytest.raises(UnicodeEncodeError):
        atomic_write(tmp_path / "file", "\ud800")
    assert list(tmp_path.iterdir()) == []


def test_the_content_is_complete_and_synced_before_it_gets_the_name(tmp_path, monkeypatch):
    path = tmp_path / "file"
    calls = []

    def synced(descriptor, fsync=os.fsync):
        calls.append("fsync")
        fsync(descriptor)

    def renamed(aside, target, replace=os.replace):
        calls.append("rename")
        assert aside.read_text() == "new"
        assert not path.exists()
        replace(aside, target)

    monkeypatch.setattr("os.fsync", synced)
    monkeypatch.setattr("os.replace", renamed)
    atomic_write(path, "new")
    assert calls == ["fsync", "rename", "fsync"]
    path.unlink()
    calls.clear()
    atomic_write(path, "new", sync=False)
    assert calls == ["rename"]


@pytest.mark.parametrize("sync", [True, False])
def test_a_folder_gets_its_name_when_it_is_filled(tmp_path, sync):
    path = tmp_path / "1"
    with atomic_folder(path, tmp_path / ".partial", sync=sync) as aside:
        (aside / "file").write_text("x")
        assert not path.exists()
    assert [file.name for file in path.iterdir()] == ["file"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_filled_leaves_nothing(tmp_path):
    with pytest.raises(ValueError), atomic_folder(tmp_path / "1", tmp_path / ".partial") as aside:
        (aside / "file").write_text("x")
        raise ValueError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_never_replaces_one_that_is_filled(tmp_path):
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / "file").write_text("old")
    with pytest.raises(OSError), atomic_folder(tmp_path / "1", tmp_path / ".partial") as aside:
        (aside / "file").write_text("new")
    assert (tmp_path / "1" / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["1"]
