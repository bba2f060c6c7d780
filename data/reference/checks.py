"""What any table that an office edits is checked for; refusals say file, row and value."""

from collections.abc import Callable, Collection
from datetime import date
from itertools import pairwise
from typing import NoReturn

import polars as pl

from data.reference.files import ConfigurationError, path, shipped, table

Valid = Callable[[str | None], bool]

#: The header of a file is its line 1.
FIRST_LINE = 2

#: Characters of a value that a message repeats.
SHOWN = 80


def refuse(name: str, row: int, column: str, value: str | None, why: str) -> NoReturn:
    """ConfigurationError of a row, counted from 0."""
    text = value or ""
    shown = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    raise ConfigurationError(f"{path(name)}，第{row + FIRST_LINE}行，{column}“{shown}”：{why}")


def header(name: str) -> None:
    """The columns are those of the shipped file, in any order."""
    wanted, given = shipped(name).columns, table(name).columns
    missing = [column for column in wanted if column not in given]
    unknown = [column for column in given if column not in wanted]
    if missing or unknown:
        phrases = [f"缺少列{'、'.join(missing)}"] if missing else []
        phrases += [f"没有名为{'、'.join(unknown)}的列"] if unknown else []
        raise ConfigurationError(f"{path(name)}，第1行：{'；'.join(phrases)}")


def each(name: str, column: str, valid: Valid, why: str) -> None:
    """Every value of a column is valid."""
    for row, value in enumerate(table(name)[column]):
        if not valid(value):
            refuse(name, row, column, value, why)


def listed(
    name: str, column: str, codes: Collection[str | None], why: str, sep: str | None = None
) -> None:
    """Every value, or every part of one that is divided by `sep`, is one of the codes."""

    def valid(value: str | None) -> bool:
        parts = [value] if value is None or sep is None else value.split(sep)
        return all(part in codes for part in parts)

    each(name, column, valid, why)


def unique(name: str, *key: str) -> None:
    """No two rows have the same key."""
    rows: dict[tuple[str | None, ...], int] = {}
    for row, values in enumerate(table(name).select(key).rows()):
        if values in rows:
            why = f"与第{rows[values] + FIRST_LINE}行重复"
            refuse(name, row, "+".join(key), "，".join(v or "" for v in values), why)
        rows[values] = row


def complete(name: str, *key: str) -> None:
    """No row of the shipped file is missing: the board counts by its codes."""
    given = set(table(name).select(key).rows())
    for values in shipped(name).select(key).rows():
        if values not in given:
            lost = "，".join(value or "" for value in values)
            raise ConfigurationError(f"{path(name)}：缺少{'+'.join(key)}“{lost}”的行")


def versions(name: str, key: str, always: Collection[str] = ()) -> None:
    """Versions of a row do not overlap; of the keys `always` one holds on every day."""
    for column in ("valid_from", "valid_to"):
        each(name, column, is_day_or_empty, "须为2026-07-01这样的日期，或留空")
    numbered = table(name).with_row_index("row").sort("valid_from", nulls_last=False)
    for (value,), rows in numbered.group_by([key], maintain_order=True):
        _follow(name, rows.to_dicts(), value in always)


def _follow(name: str, rows: list[dict], always: bool) -> None:
    for row in rows:
        if row["valid_from"] and row["valid_to"] and row["valid_to"] <= row["valid_from"]:
            refuse(name, row["row"], "valid_to", row["valid_to"], "须晚于valid_from")
    for one, other in pairwise(rows):
        end, start = one["valid_to"], other["valid_from"]
        if end is None or start is None or start < end:
            why = f"与第{one['row'] + FIRST_LINE}行的有效期重叠"
            refuse(name, other["row"], "valid_from", start, why)
        if always and start > end:
            why = f"与第{one['row'] + FIRST_LINE}行之间有空档，须首尾相接"
            refuse(name, other["row"], "valid_from", start, why)
    if always and rows[0]["valid_from"]:
        refuse(name, rows[0]["row"], "valid_from", rows[0]["valid_from"], "最早的一行须留空")
    if always and rows[-1]["valid_to"]:
        refuse(name, rows[-1]["row"], "valid_to", rows[-1]["valid_to"], "最晚的一行须留空")


def is_day(value: str | None) -> bool:
    """2026-07-01."""
    try:
        return date.fromisoformat(value or "").isoformat() == value
    except ValueError:
        return False


def is_day_or_empty(value: str | None) -> bool:
    """2026-07-01 or nothing."""
    return value is None or is_day(value)


def is_number(value: str | None) -> bool:
    """A number of 0 or more."""
    try:
        return 0 <= float(value or "") < float("inf")
    except ValueError:
        return False


def is_whole(value: str | None) -> bool:
    """A whole number of 0 or more, in digits."""
    return value is not None and value.isascii() and value.isdigit()


def is_whole_or_empty(value: str | None) -> bool:
    """A whole number of 0 or more, or nothing."""
    return value is None or is_whole(value)


def is_given(value: str | None) -> bool:
    """Some text."""
    return bool(value and value.strip())


def codes(name: str, column: str) -> set[str]:
    """The values of a column of a table."""
    return set(table(name)[column].drop_nulls())


def shipped_by(name: str, key: str, value: str) -> dict[str, str]:
    """A column of the shipped file by another one."""
    return dict(shipped(name).filter(pl.col(key).is_not_null()).select(key, value).rows())
