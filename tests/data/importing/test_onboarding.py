"""The commands of docs/onboarding.md, word by word, on a small demonstration in Excel files."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from data.demo.build import build
from data.demo.schema import in_yuan
from data.demo.world import World
from data.importing.workbooks import file_name, write_template
from data.registry import codes
from data.registry.contract import REQUIRED, key_of

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "onboarding.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    blocks = re.findall(r"```bash\n(.*?)```", PAGE, re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("python ")]


def _fill(folder: Path, name: str, frame: pl.DataFrame) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    # Without what the demonstration plants for the check to find: a county would get it back.
    for column in frame.columns:
        if (outside := codes.unknown(name, column)) is not None:
            frame = nw.from_native(frame).filter(~outside.fill_null(False)).to_native()
    rows = [list(row) for row in in_yuan(name, frame.unique(key_of(name))).rows()]
    write_template(name, folder / file_name(name), rows)


@pytest.mark.slow
def test_a_day_from_excel_files_to_a_first_board(tmp_path):
    frames = build(World(900, 1, 40))
    for name in REQUIRED:
        frame, of = frames[name], "市级" if name == "region" else "武都区"
        if name != "region" and "region_code" in frame.columns:
            frame = frame.filter(pl.col("region_code").str.starts_with("621202"))
        _fill(tmp_path / "报送" / of, name, frame)
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    for command in _commands():
        done = subprocess.run(
            [sys.executable, *shlex.split(command)[1:]],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (command, done.stdout[-3000:], done.stderr[-3000:])
    assert (tmp_path / "模板" / "views.sql").exists()
    assert (tmp_path / "snapshot" / "2026-10-31" / "current").exists()
