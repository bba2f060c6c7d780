"""The place that the board is made for: `place.toml`, the office's own in `REFERENCE_DIR`."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data import settings
from data.reference.files import FOLDER, ConfigurationError

NAME = "place.toml"

#: Keys of the file, and of its table of boundaries.
KEYS = ("code", "name", "meeting")
FILES, CREDIT = ("counties", "neighbours", "townships"), "credit"

#: Digits of a code that all regions of one city, and of one province, begin with.
CITY_DIGITS, PROVINCE_DIGITS = 4, 2

#: What no name holds: it becomes part of file names, of pages and of office documents.
FORBIDDEN, LONGEST = set('\\/:*?"<>|&'), 30


@dataclass(frozen=True)
class Place:
    """
    `code` has six digits; `meeting` is the name of the joint meeting without the place's.

    `boundaries`: a file by what it holds, `counties` (GeoJSON), `neighbours` (GeoJSON) and
    `townships` (CSV of points); `credit` is their source as maps name it.
    """

    code: str
    name: str
    meeting: str
    boundaries: Mapping[str, Path]
    credit: str

    @property
    def prefix(self) -> str:
        """What codes of its regions begin with."""
        return self.code[: PROVINCE_DIGITS if self.is_province else CITY_DIGITS]

    @property
    def is_province(self) -> bool:
        """Whether its days are merged of cities' (docs/federation.md)."""
        return self.code.endswith("0000")

    @property
    def joint_meeting(self) -> str:
        """陇南市社会救助部门联席会议"""
        return f"{self.name}{self.meeting}"


def path() -> Path:
    """The file that holds: the office's, else the shipped one."""
    own = settings.REFERENCE_DIR / NAME
    return own if own.is_file() else FOLDER / NAME


@cache
def place() -> Place:
    """The place; ConfigurationError says file, key and value."""
    file = path()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file}：无法读取，须为UTF-8编码的TOML文件（{error}）") from error
    _known(file, given, (*KEYS, "boundaries"))
    code, name, meeting = (_text(file, given, key) for key in KEYS)
    if not re.fullmatch(r"[1-9][0-9]{3}00", code) or code[2:] == "9000":
        _refuse(file, "code", code, "须为6位行政区划代码，地级以上，如621200")
    for key, value in (("name", name), ("meeting", meeting)):
        if not value.isprintable() or FORBIDDEN & set(value) or len(value) > LONGEST:
            _refuse(
                file, key, value, f"须为一行，不超过{LONGEST}字，不含{''.join(sorted(FORBIDDEN))}"
            )
    drawn = given.get("boundaries", {})
    if not isinstance(drawn, dict):
        _refuse(file, "boundaries", drawn, "须为[boundaries]一节")
    _known(file, drawn, (*FILES, CREDIT))
    files = {key: file.parent / _text(file, drawn, key) for key in FILES if key in drawn}
    for key, each in files.items():
        if not each.is_file():
            _refuse(file, key, drawn[key], f"没有这个文件（{each}）")
    return Place(code, name, meeting, files, _text(file, drawn, CREDIT) if files else "")


def _known(file: Path, given: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """A key that would never be read is a slip in its name."""
    for key, value in given.items():
        if key not in keys:
            _refuse(file, key, value, f"没有这一项，可以写的有{'、'.join(keys)}")


def _text(file: Path, given: Mapping[str, Any], key: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        _refuse(file, key, value, "须写在引号中")
    if not value.strip():
        _refuse(file, key, value, "须填写，不能为空")
    return value.strip()


def _refuse(file: Path, key: str, value: Any, why: str) -> None:
    raise ConfigurationError(f"{file}，{key}“{str(value)[:80]}”：{why}")
