"""A folder of rows goes with its command, at whatever moment that is killed."""

import os
import tempfile
from pathlib import Path

import pytest

from data.registry import scratch as module
from data.registry.scratch import PREFIX, abandon, scratch


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def left(temporary: Path) -> list[str]:
    return sorted(path.name for path in temporary.iterdir())


def test_it_goes_with_its_rows(temporary):
    with scratch() as folder:
        (folder / "persons.parquet").touch()
        assert left(temporary) == [folder.name]
    assert left(temporary) == []


def test_it_goes_when_its_command_fails(temporary):
    with pytest.raises(ValueError, match="no table"), scratch():
        raise ValueError("no table")
    assert left(temporary) == []


def test_what_a_killed_command_left_is_removed_by_the_next(temporary):
    # Killed before it had its lock, with rows, and while it removed them.
    for name, files in {"new": [], "rows": ["persons", "households"], "half": ["persons"]}.items():
        folder = temporary / f"{PREFIX}{name}"
        folder.mkdir()
        for file in files:
            (folder / file).touch()
    with scratch() as folder:
        assert left(temporary) == [folder.name]


def test_a_command_that_runs_keeps_its_folder(temporary):
    with scratch() as first, scratch() as second:
        assert left(temporary) == sorted([first.name, second.name])


def test_what_is_not_a_folder_of_ours_stays(temporary):
    (temporary / f"{PREFIX}elsewhere").symlink_to(temporary)
    (temporary / "other").mkdir()
    with scratch():
        pass
    assert left(temporary) == [f"{PREFIX}elsewhere", "other"]


def test_one_taken_for_a_killed_command_s_is_made_anew(temporary, monkeypatch):
    real, made = tempfile.mkdtemp, []

    def swept_once(**how):
        made.append(real(**how))
        if len(made) == 1:
            os.rmdir(made[0])
        return made[-1]

    monkeypatch.setattr(module.tempfile, "mkdtemp", swept_once)
    with scratch() as folder:
        assert [folder.name] == left(temporary)
    assert len(made) == 2


def test_a_command_that_ends_without_a_word_takes_its_rows_along(temporary):
    with pytest.raises(FileNotFoundError), scratch() as folder:
        (folder / "persons.parquet").touch()
        abandon()
        assert left(temporary) == []


def test_a_work_folder_of_several_machines_is_cleaned_like_the_own_one(tmp_path):
    (tmp_path / f"{PREFIX}left" / "fact.parquet").mkdir(parents=True)
    with scratch(tmp_path) as mine, scratch(tmp_path) as other:
        assert set(tmp_path.iterdir()) == {mine, other}
    assert left(tmp_path) == []
