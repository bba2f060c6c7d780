"""存档: what was presented at a meeting, stored unchanged; which of its figures were revised since.

`STORE/meetings/<meeting>/selection.json` is the selection that the office saved last; `…/<n>/` is
the n-th archive: `deck.json` with the texts, and a Parquet file for each table.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import polars as pl

from briefing.meeting import archived_exhibit
from briefing.meeting import selection as selections
from briefing.meeting.annex import Section
from briefing.meeting.deck import Deck
from briefing.meeting.pages import Page
from briefing.meeting.selection import Selection
from data import china
from data.atomic_write import atomic_folder, atomic_write
from exhibits import recipe
from exhibits.exhibit import Exhibit
from exhibits.meeting.agenda_item import Item
from exhibits.recipe import RecipeError
from queries.scope import open_snapshot, store
from queries.store.snapshot import Snapshot

log = logging.getLogger(__name__)

#: Characters of the longest name of a folder; a longer id is named by its hash.
LONGEST = 200

#: Fields of an agenda item that are archived.
ITEM = ("key", "kind", "title", "reason", "lead", "advice", "regions", "due", "cooperating")


class ArchiveError(Exception):
    """An archive that cannot be read; the message says which."""


def folder(meeting: str, as_of: date) -> Path:
    """The folder of a meeting's files; without an id it is named by the day."""
    # An id is data of the registry: quoted, it cannot lead elsewhere.
    quoted = quote(meeting, safe="", errors="replace")
    if len(quoted) > LONGEST:
        quoted = sha256(meeting.encode("utf-8", "replace")).hexdigest()
    name = f"meeting-{quoted}" if meeting else f"day-{as_of.isoformat()}"
    return store() / "meetings" / name


def save_selection(chosen: Selection) -> Path:
    """Saves the selection in its meeting's folder; the file's path."""
    path = folder(chosen.meeting, chosen.as_of) / "selection.json"
    atomic_write(path, selections.to_json(chosen))
    return path


def saved_selection(meeting: str, as_of: date) -> Selection | None:
    """The selection saved for a meeting, None without one; SelectionError when it is damaged."""
    path = folder(meeting, as_of) / "selection.json"
    return selections.from_json(path.read_bytes()) if path.exists() else None


def numbers(meeting: str, as_of: date) -> list[int]:
    """The numbers of a meeting's archives, oldest first."""
    files = folder(meeting, as_of).glob("[0-9]*/deck.json")
    return sorted(int(path.parent.name) for path in files)


def write(snapshot: Snapshot, chosen: Selection, deck: Deck) -> int:
    """Archives the deck as it is now, atomically; the archive's number."""
    parent = folder(chosen.meeting, chosen.as_of)
    number = max(numbers(chosen.meeting, chosen.as_of), default=0) + 1
    with atomic_folder(parent / str(number), parent / f".partial-{uuid4().hex}") as aside:
        archived = _archived(snapshot, chosen, deck, aside)
        text = json.dumps(archived, ensure_ascii=False, indent=1, default=str)
        (aside / "deck.json").write_text(text, encoding="utf-8")
    return number


def _archived(snapshot: Snapshot, chosen: Selection, deck: Deck, into: Path) -> dict[str, Any]:
    """The content of `deck.json`; writes the tables to the folder."""
    number = count(1)
    return {
        "frozen_at": china.now().isoformat(timespec="seconds"),
        "version": snapshot.version,
        "definitions": snapshot.definitions,
        "selection": json.loads(selections.to_json(chosen)),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "identity": deck.identity,
        "agenda": [_item(item) for item in deck.agenda],
        "pages": [_page(page, number, into) for page in deck.pages],
        "further": [_page(page, number, into) for page in deck.further],
        "sections": [
            {
                "title": section.title,
                "unit": section.unit,
                "exhibits": [
                    archived_exhibit.write(exhibit, next(number), into)
                    for exhibit in section.exhibits
                ],
            }
            for section in deck.sections
        ],
    }


def _item(item: Item) -> dict[str, str]:
    return {name: getattr(item, name) for name in ITEM}


def _page(page: Page, number: Iterator[int], into: Path) -> dict[str, Any]:
    exhibit = page.exhibit
    return {
        "kind": page.kind,
        "title": page.title,
        "exhibit": archived_exhibit.write(exhibit, next(number), into) if exhibit else None,
        "item": _item(page.item) if page.item else None,
        "lines": page.lines,
        "further": page.further,
    }


def _read_page(archived: Mapping[str, Any], path: Path) -> Page:
    exhibit, item = archived["exhibit"], archived["item"]
    return Page(
        archived["kind"],
        archived["title"],
        archived_exhibit.read(exhibit, path) if exhibit else None,
        Item(**item) if item else None,
        tuple(archived["lines"]),
        tuple(archived["further"]),
    )


def read(meeting: str, as_of: date, number: int) -> tuple[Deck, Mapping[str, Any]]:
    """The deck as it was archived, and the content of its `deck.json`; ArchiveError if damaged."""
    path = folder(meeting, as_of) / str(number)
    try:
        archived = json.loads((path / "deck.json").read_text(encoding="utf-8"))
        sections = tuple(
            Section(
                section["title"],
                tuple(archived_exhibit.read(exhibit, path) for exhibit in section["exhibits"]),
                section["unit"],
            )
            for section in archived["sections"]
        )
        agenda = tuple(Item(**item) for item in archived["agenda"])
        title, subtitle, identity = (archived[name] for name in ("title", "subtitle", "identity"))
        # Archives written before there were pages have sections alone.
        pages, further = (
            tuple(_read_page(page, path) for page in archived.get(name, ()))
            for name in ("pages", "further")
        )
        return Deck(title, subtitle, identity, agenda, pages, further, sections), archived
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise ArchiveError(f"{path} cannot be read: {error!r}") from error


def revisions(deck: Deck, archived: Mapping[str, Any]) -> Iterator[tuple[Exhibit, Exhibit | None]]:
    """
    数据修订: exhibits whose figures of the same day have changed, as archived and as they are now.

    None where the exhibit cannot be made any more. Nothing where the day is now by other
    definitions (`is_adjusted`).
    """
    chosen = selections.from_json(json.dumps(archived["selection"]))
    snapshot = open_snapshot(store(), chosen.as_of)
    if snapshot.version == archived["version"] or is_adjusted(archived):
        return
    for exhibit in deck.exhibits:
        present = _rebuilt(snapshot, exhibit)
        if present is None or not present.table.equals(exhibit.table):
            yield exhibit, present


def is_adjusted(archived: Mapping[str, Any]) -> bool:
    """口径调整: whether the day of an archive is stored by other definitions now."""
    as_of = date.fromisoformat(archived["selection"]["as_of"])
    return open_snapshot(store(), as_of).definitions != archived.get("definitions", 1)


def _rebuilt(snapshot: Snapshot, exhibit: Exhibit) -> Exhibit | None:
    if exhibit.recipe is None:
        return None
    try:
        return replace(recipe.build(snapshot, exhibit.recipe, exhibit.compared), page=exhibit.page)
    except RecipeError as error:
        log.warning("%s cannot be made again: %s", exhibit.key, error)
        return None
