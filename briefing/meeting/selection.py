"""A selection: the office's choice of days, agenda and pinned exhibits for a meeting; its JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from briefing.meeting.agenda_line import EDITABLE, LONGEST, Line, plain
from exhibits import recipe
from exhibits.exhibit import Recipe
from exhibits.meeting.agenda import proposals
from exhibits.meeting.agenda_item import Item
from queries.answers.periods import PERIODS
from queries.region import Region
from queries.scope import Scope, like_with_like
from queries.store.snapshot import Snapshot

KIND = "longnan-board-meeting"

#: Limits of a file from outside: bytes, entries of a list.
LARGEST, MOST = 600_000, 60


class SelectionError(ValueError):
    """A file that is no selection; the message says why."""


@dataclass(frozen=True)
class Selection:
    """
    `meeting`: an id of the registry, or empty. Days, region and period are those presented.
    """

    as_of: date
    compared: date | None = None
    meeting: str = ""
    region: str = ""
    department: str = ""
    agenda: tuple[Line, ...] = ()
    pinned: tuple[Recipe, ...] = field(default=())
    period: str = "month"

    @property
    def scope(self) -> Scope:
        """The scope of the meeting."""
        region = Region(self.region)
        return Scope(self.as_of, self.compared, region, self.department, period=self.period)


def allowed(snapshot: Snapshot, selection: Selection) -> Selection:
    """The selection within the snapshot's access, without a compared day that does not compare."""
    scope = like_with_like(snapshot, snapshot.access.narrowed(selection.scope))
    return replace(
        selection, region=scope.region, department=scope.department, compared=scope.compared
    )


def lines(snapshot: Snapshot, selection: Selection) -> list[tuple[Line, Item]]:
    """Every line in the office's order, struck ones included; new proposals come last."""
    proposed = proposed_items(snapshot, selection)
    listed_keys = {line.key for line in selection.agenda}
    every = [line for line in selection.agenda if line.text or line.key in proposed]
    every += [Line(key) for key in proposed if key not in listed_keys]
    return [(line, _written(line, proposed)) for line in every]


def proposed_items(snapshot: Snapshot, selection: Selection) -> dict[str, Item]:
    """The topics that are proposed for the selection, by their key."""
    scope = allowed(snapshot, selection).scope
    return {item.key: item for item in proposals(snapshot, scope)}


def _written(line: Line, proposed: Mapping[str, Item]) -> Item:
    """The topic of a line with the office's edits."""
    texts: dict[str, Any] = dict(line.edits)
    return replace(original(line, proposed), **texts)


def original(line: Line, proposed: Mapping[str, Item]) -> Item:
    """The topic of a line before the office's edits."""
    return Item(line.key, "own", line.text, "") if line.text else proposed[line.key]


def agenda(snapshot: Snapshot, selection: Selection) -> tuple[Item, ...]:
    """The agenda in the office's order, without struck lines."""
    return tuple(item for line, item in lines(snapshot, selection) if not line.struck)


def to_json(selection: Selection) -> str:
    """The file's text."""
    document: dict[str, Any] = {
        "kind": KIND,
        "as_of": selection.as_of.isoformat(),
        "compared": selection.compared.isoformat() if selection.compared else None,
        "meeting": selection.meeting,
        "region": selection.region,
        "department": selection.department,
        "period": selection.period,
        "agenda": [vars(line) | {"edits": dict(line.edits)} for line in selection.agenda],
        "exhibits": [recipe.to_json(pinned) for pinned in selection.pinned],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Selection:
    """The selection of `to_json`; SelectionError for anything else."""
    if len(text) > LARGEST:
        raise SelectionError(f"larger than {LARGEST} bytes")
    try:
        document = json.loads(text)
        # JSON can spell half a surrogate pair, which cannot be encoded as UTF-8.
        json.dumps(document, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise SelectionError(f"no JSON: {error}") from error
    if not isinstance(document, Mapping) or document.get("kind") != KIND:
        raise SelectionError(f"no file of kind {KIND}")
    try:
        return Selection(
            as_of=date.fromisoformat(document["as_of"]),
            compared=date.fromisoformat(document["compared"]) if document.get("compared") else None,
            meeting=_text(document, "meeting"),
            region=_text(document, "region"),
            department=_text(document, "department"),
            agenda=tuple(_line(line) for line in _list(document, "agenda")),
            period=_period(document),
            pinned=tuple(recipe.from_json(entry) for entry in _list(document, "exhibits")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SelectionError(str(error)) from error


def _list(document: Mapping, name: str) -> list:
    values = document.get(name, [])
    if not isinstance(values, list) or len(values) > MOST:
        raise SelectionError(f"{name}: a list of at most {MOST}")
    return values


def _text(document: Mapping, name: str, longest: int = LONGEST) -> str:
    value = document.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise SelectionError(f"{name}: a text of at most {longest} characters")
    return value


def _period(document: Mapping) -> str:
    """The period; the month in files written before there was a choice."""
    period = document.get("period", "month")
    if period not in PERIODS:
        raise SelectionError(f"there is no period {str(period)[:20]!r}")
    return period


def _line(entry: object) -> Line:
    if not isinstance(entry, Mapping):
        raise SelectionError(f"agenda: {entry!r} is no line")
    text = plain(_text(entry, "text"))
    return Line(_text(entry, "key"), text, entry.get("struck") is True, _edits(entry))


def _edits(entry: Mapping) -> tuple[tuple[str, str], ...]:
    """The office's texts; none in files written before there were any."""
    texts = entry.get("edits", {})
    if not isinstance(texts, Mapping) or not set(texts) <= set(EDITABLE):
        raise SelectionError(f"edits: texts of {', '.join(EDITABLE)}")
    return tuple((name, plain(_text(texts, name, EDITABLE[name]))) for name in texts)
