"""What the office chose for a meeting: days, order of the agenda, pinned exhibits. A small file."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from exhibits import recipe
from exhibits.exhibit import Recipe
from exhibits.meeting.agenda import Item, proposals
from queries.scope import Scope
from queries.store.snapshot import Snapshot

KIND = "longnan-board-meeting"

#: A file that anybody may have written: its size in bytes, and how much it may hold.
LARGEST, MOST, LONGEST = 200_000, 60, 200


UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


class SelectionError(ValueError):
    """A file that is no selection; the message says where it fails."""


@dataclass(frozen=True)
class Line:
    """A line of the agenda: a proposal by its key, or a line of the office's own by its text."""

    key: str
    text: str = ""
    struck: bool = False


@dataclass(frozen=True)
class Selection:
    """`meeting`: an id of the registry, or empty. The days and the region are those presented."""

    as_of: date
    compared: date | None = None
    meeting: str = ""
    region: str = ""
    department: str = ""
    agenda: tuple[Line, ...] = ()
    pinned: tuple[Recipe, ...] = field(default=())

    @property
    def scope(self) -> Scope:
        """What the meeting looks at."""
        return Scope(self.as_of, self.compared, self.region, self.department)


def plain(text: str) -> str:
    """A line of the office's own without what no XML may hold and what turns the writing round."""
    return UNWRITABLE.sub("", text).strip()


def allowed(snapshot: Snapshot, selection: Selection) -> Selection:
    """The selection within the snapshot's access."""
    scope = snapshot.access.narrowed(selection.scope)
    return replace(selection, region=scope.region, department=scope.department)


def lines(snapshot: Snapshot, selection: Selection) -> list[tuple[Line, Item]]:
    """Every line in the office's order, struck ones included; new proposals come last."""
    selection = allowed(snapshot, selection)
    proposed = {item.key: item for item in proposals(snapshot, selection.scope)}
    found = []
    for line in selection.agenda:
        if line.text:
            found.append((line, Item(line.key, "own", line.text, "")))
        elif line.key in proposed:
            found.append((line, proposed[line.key]))
    told = {line.key for line in selection.agenda}
    return found + [(Line(key), item) for key, item in proposed.items() if key not in told]


def agenda(snapshot: Snapshot, selection: Selection) -> tuple[Item, ...]:
    """The agenda as it stands: the office's order without what it struck."""
    return tuple(item for line, item in lines(snapshot, selection) if not line.struck)


def moved(order: list[Line], i: int, step: int) -> tuple[Line, ...]:
    """The lines with line `i` one place up (-1) or down (1); at an end nothing changes."""
    j = i + step
    changed = list(order)
    if 0 <= j < len(changed):
        changed[i], changed[j] = changed[j], changed[i]
    return tuple(changed)


def struck(order: list[Line], i: int) -> tuple[Line, ...]:
    """The lines with line `i` struck, or back; an own line is removed."""
    if order[i].text:
        return tuple(order[:i] + order[i + 1 :])
    return (*order[:i], replace(order[i], struck=not order[i].struck), *order[i + 1 :])


def to_json(selection: Selection) -> str:
    """The file's text."""
    told: dict[str, Any] = {
        "kind": KIND,
        "as_of": selection.as_of.isoformat(),
        "compared": selection.compared.isoformat() if selection.compared else None,
        "meeting": selection.meeting,
        "region": selection.region,
        "department": selection.department,
        "agenda": [vars(line) for line in selection.agenda],
        "exhibits": [recipe.to_json(pinned) for pinned in selection.pinned],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Selection:
    """The selection of `to_json`; SelectionError for anything else."""
    if len(text) > LARGEST:
        raise SelectionError(f"larger than {LARGEST} bytes")
    try:
        told = json.loads(text)
        # Half a surrogate pair, which JSON can spell, goes into no page and no file.
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise SelectionError(f"no JSON: {error}") from error
    if not isinstance(told, Mapping) or told.get("kind") != KIND:
        raise SelectionError(f"no file of kind {KIND}")
    try:
        return Selection(
            as_of=date.fromisoformat(told["as_of"]),
            compared=date.fromisoformat(told["compared"]) if told.get("compared") else None,
            meeting=_text(told, "meeting"),
            region=_text(told, "region"),
            department=_text(told, "department"),
            agenda=tuple(_line(line) for line in _list(told, "agenda")),
            pinned=tuple(recipe.from_json(each) for each in _list(told, "exhibits")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SelectionError(str(error)) from error


def _list(told: Mapping, name: str) -> list:
    found = told.get(name, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise SelectionError(f"{name}: a list of at most {MOST}")
    return found


def _text(told: Mapping, name: str) -> str:
    found = told.get(name, "")
    if not isinstance(found, str) or len(found) > LONGEST:
        raise SelectionError(f"{name}: a text of at most {LONGEST} characters")
    return found


def _line(told: object) -> Line:
    if not isinstance(told, Mapping):
        raise SelectionError(f"agenda: {told!r} is no line")
    return Line(_text(told, "key"), plain(_text(told, "text")), told.get("struck") is True)
