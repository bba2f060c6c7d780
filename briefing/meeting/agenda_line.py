"""A line of the agenda, and what the office does to it: move, strike, write other texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from exhibits.meeting.agenda_item import Item
from exhibits.wording import names

#: Characters of a text.
LONGEST = 200

#: What the office may write in place of a proposed topic's texts, and characters of each.
EDITABLE = {
    "title": LONGEST,
    "reason": 1000,
    "advice": 300,
    "lead": 60,
    "cooperating": LONGEST,
    "regions": LONGEST,
    "due": 60,
}

#: What XML forbids, and what reverses the writing direction.
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Line:
    """
    A line of the agenda: a proposal by its key, or the office's addition by its text.

    `edits`: fields of the topic (`EDITABLE`) that the office has written, each with its text.
    """

    key: str
    text: str = ""
    struck: bool = False
    edits: tuple[tuple[str, str], ...] = ()


def plain(text: str) -> str:
    """The text without `UNWRITABLE` characters."""
    return UNWRITABLE.sub("", text).strip()


def moved(order: list[Line], i: int, step: int) -> tuple[Line, ...]:
    """The lines with line `i` one place up (-1) or down (1); at an end nothing changes."""
    j = i + step
    changed = list(order)
    if 0 <= j < len(changed):
        changed[i], changed[j] = changed[j], changed[i]
    return tuple(changed)


def struck(order: list[Line], i: int) -> tuple[Line, ...]:
    """The lines with line `i` struck or restored; the office's addition is removed."""
    if order[i].text:
        return tuple(order[:i] + order[i + 1 :])
    return (*order[:i], replace(order[i], struck=not order[i].struck), *order[i + 1 :])


def edited(order: list[Line], i: int, original: Item, texts: Mapping[str, str]) -> tuple[Line, ...]:
    """
    The lines with line `i` saying these texts; what is as in `original` is no edit.

    A department's name stands for its code; a topic without a title keeps its own.
    """
    written = {name: plain(text) for name, text in texts.items()}
    codes = {name: code for code, name in names.departments().items()}
    written["lead"] = codes.get(written["lead"], written["lead"])
    edits = tuple(
        (name, text[: EDITABLE[name]])
        for name, text in written.items()
        if text != getattr(original, name) and (text or name != "title")
    )
    return (*order[:i], replace(order[i], edits=edits), *order[i + 1 :])
