"""The small files of a store, which anything may have happened to."""

import os

import pytest

from queries.store.small_files import pointed, pointer_of, read


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("3", "3"),
        (" 12\n", "12"),
        ("", ""),
        ("-1", ""),
        ("../1", ""),
        ("三", ""),
        ("9" * 99, "9" * 20),
    ],
)
def test_the_pointer_names_a_version_or_none(tmp_path, written, version):
    (tmp_path / "current").write_text(written, encoding="utf-8")
    assert pointer_of(tmp_path) == version


def test_what_names_none_is_told_with_what_to_do(tmp_path, caplog):
    (tmp_path / "current").write_text("none")
    pointer_of(tmp_path)
    assert f"{tmp_path}/current names no version; the last whole version serves" in caplog.text


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path):
    os.mkfifo(tmp_path / "current")
    with pytest.raises(OSError, match="is no file"):
        read(tmp_path / "current")
    assert pointer_of(tmp_path) == ""
    assert pointed(tmp_path)


def test_a_day_has_a_pointer_wherever_it_leads(tmp_path):
    assert not pointed(tmp_path)
    assert not pointed(tmp_path / "nowhere")
    (tmp_path / "current").symlink_to(tmp_path / "nowhere")
    assert pointed(tmp_path)


def test_no_more_is_read_than_was_asked_for(tmp_path):
    (tmp_path / "long").write_bytes(b"x" * 100)
    assert read(tmp_path / "long", 20) == b"x" * 20
