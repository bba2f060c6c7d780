"""What was presented, kept with its meeting: opened unchanged a year later, revisions told beside.

`STORE/meetings/<meeting>/selection.json` is what the office last saved; `…/<n>/` is the n-th time
that the material was frozen: `deck.json` with the texts, and a Parquet file for each table.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import polars as pl

from briefing.meeting import selection as selections
from briefing.meeting.deck import Deck, Section
from briefing.meeting.selection import Selection
from data.atomic_write import atomic_folder, atomic_write
from exhibits import recipe
from exhibits.exhibit import Chart, Exhibit
from exhibits.meeting.agenda import Item
from exhibits.recipe import RecipeError
from queries.scope import open_snapshot, store
from queries.store.snapshot import Snapshot

log = logging.getLogger(__name__)

FRAMES = ("data", "guides", "frames")

#: Characters of the longest name of a folder; a longer id is named by its hash.
LONGEST = 200

PLAIN = ("key", "kind", "title", "reason", "lead")


class FrozenError(Exception):
    """Kept material that cannot be read; the message says which."""


def folder(meeting: str, as_of: date) -> Path:
    """Where a meeting's files stand; a meeting that is only a day is named by it."""
    # An id is data of the registry: quoted, it cannot lead elsewhere.
    quoted = quote(meeting, safe="", errors="replace")
    if len(quoted) > LONGEST:
        quoted = sha256(meeting.encode("utf-8", "replace")).hexdigest()
    name = f"meeting-{quoted}" if meeting else f"day-{as_of.isoformat()}"
    return store() / "meetings" / name


def save(chosen: Selection) -> Path:
    """Keeps the selection with its meeting."""
    path = folder(chosen.meeting, chosen.as_of) / "selection.json"
    atomic_write(path, selections.to_json(chosen))
    return path


def saved(meeting: str, as_of: date) -> Selection | None:
    """The selection kept with a meeting, None without one; SelectionError when it is damaged."""
    path = folder(meeting, as_of) / "selection.json"
    return selections.from_json(path.read_bytes()) if path.exists() else None


def frozen(meeting: str, as_of: date) -> list[int]:
    """The numbers of the times that a meeting's material was frozen, oldest first."""
    place = folder(meeting, as_of)
    return sorted(int(p.parent.name) for p in place.glob("[0-9]*/deck.json"))


def freeze(snapshot: Snapshot, chosen: Selection, deck: Deck) -> int:
    """Keeps the deck as it is shown now; its number. Written aside and renamed, never changed."""
    place = folder(chosen.meeting, chosen.as_of)
    number = max(frozen(chosen.meeting, chosen.as_of), default=0) + 1
    with atomic_folder(place / str(number), place / f".partial-{uuid4().hex}") as aside:
        told = _told(snapshot, chosen, deck, aside)
        text = json.dumps(told, ensure_ascii=False, indent=1, default=str)
        (aside / "deck.json").write_text(text, encoding="utf-8")
    return number


def _told(snapshot: Snapshot, chosen: Selection, deck: Deck, into: Path) -> dict[str, Any]:
    count = iter(range(1, 10_000))
    return {
        "frozen_at": datetime.now().isoformat(timespec="seconds"),
        "version": snapshot.version,
        "selection": json.loads(selections.to_json(chosen)),
        "title": deck.title,
        "subtitle": deck.subtitle,
        "identity": deck.identity,
        "agenda": [{name: getattr(item, name) for name in PLAIN} for item in deck.agenda],
        "sections": [
            {
                "title": section.title,
                "unit": section.unit,
                "exhibits": [_kept(each, next(count), into) for each in section.exhibits],
            }
            for section in deck.sections
        ],
    }


def _kept(exhibit: Exhibit, number: int, into: Path) -> dict[str, Any]:
    """The texts of an exhibit; its tables become files beside."""
    texts = {
        each.name: getattr(exhibit, each.name)
        for each in fields(exhibit)
        if each.name not in ("table", "chart", "recipe", "access")
    }
    exhibit.table.write_parquet(into / f"{number:03}.table.parquet")
    told = texts | {"number": number, "chart": None}
    told["recipe"] = recipe.to_json(exhibit.recipe) if exhibit.recipe else None
    if exhibit.chart:
        values = {f.name: getattr(exhibit.chart, f.name) for f in fields(exhibit.chart)}
        told["chart"] = {k: v for k, v in values.items() if k not in FRAMES}
        for name in FRAMES:
            if values[name] is not None:
                values[name].write_parquet(into / f"{number:03}.{name}.parquet")
    return told


def opened(meeting: str, as_of: date, number: int) -> tuple[Deck, Mapping[str, Any]]:
    """The deck exactly as it was frozen, and what is said of it; FrozenError when damaged."""
    place = folder(meeting, as_of) / str(number)
    try:
        told = json.loads((place / "deck.json").read_text(encoding="utf-8"))
        sections = tuple(
            Section(
                each["title"],
                tuple(_exhibit(place, exhibit) for exhibit in each["exhibits"]),
                each["unit"],
            )
            for each in told["sections"]
        )
        agenda = tuple(Item(**item) for item in told["agenda"])
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        raise FrozenError(f"{place} cannot be read: {error!r}") from error
    return Deck(told["title"], told["subtitle"], told["identity"], agenda, sections), told


def _exhibit(place: Path, told: dict[str, Any]) -> Exhibit:
    number = told.pop("number")
    made = told.pop("recipe")
    chart = told.pop("chart")
    for name in ("as_of", "compared"):
        told[name] = date.fromisoformat(told[name]) if told[name] else None
    return Exhibit(
        **told,
        table=pl.read_parquet(place / f"{number:03}.table.parquet"),
        chart=_chart(place, number, chart) if chart else None,
        recipe=recipe.from_json(made) if made else None,
    )


def _chart(place: Path, number: int, told: dict[str, Any]) -> Chart:
    files = {name: place / f"{number:03}.{name}.parquet" for name in FRAMES}
    frames = {name: pl.read_parquet(path) for name, path in files.items() if path.exists()}
    classes = tuple((label, mark) for label, mark in told.pop("classes"))
    return Chart(**told, classes=classes, **frames)


def revised(deck: Deck, told: Mapping[str, Any]) -> Iterator[tuple[Exhibit, Exhibit | None]]:
    """
    数据修订: exhibits whose figures of the same day are others now, as frozen and as they are.

    None where the exhibit cannot be made any more.
    """
    chosen = selections.from_json(json.dumps(told["selection"]))
    now = open_snapshot(store(), chosen.as_of)
    if now.version == told["version"]:
        return
    for exhibit in deck.exhibits:
        again = _again(now, exhibit)
        if again is None or not again.table.equals(exhibit.table):
            yield exhibit, again


def _again(now: Snapshot, exhibit: Exhibit) -> Exhibit | None:
    if exhibit.recipe is None:
        return None
    try:
        return replace(recipe.build(now, exhibit.recipe, exhibit.compared), page=exhibit.page)
    except RecipeError as error:
        log.warning("%s cannot be made again: %s", exhibit.key, error)
        return None
