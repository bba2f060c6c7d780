"""议题: the entries of 需要关注, and what else is known of the units that must act."""

from collections.abc import Iterator
from dataclasses import replace

from exhibits.attention.entries import Entry, entries
from exhibits.meeting.agenda_item import MOST, Item
from exhibits.meeting.further_topics import KINDS, Topic
from exhibits.permitted import where_permitted
from exhibits.wording import names
from queries.cache import cached
from queries.scope import Scope
from queries.store.snapshot import Snapshot


@cached(8)
def proposals(snapshot: Snapshot, scope: Scope) -> tuple[Item, ...]:
    """
    The proposed topics of the scope's region, and of its department where it has one: at most
    seven, one a unit; what else is known of a unit stands in its topic.
    """
    topics = [*where_permitted(_of_entries, snapshot, scope)]
    topics += [t for kind in KINDS for t in where_permitted(kind, snapshot, scope)]
    if scope.department:
        topics = [topic for topic in topics if topic.item.lead == scope.department]
    merged: dict[str, Item] = {}
    for topic in topics:
        first = merged.get(topic.unit)
        merged[topic.unit] = _with(first, topic.item) if first else topic.item
    return tuple(merged.values())[:MOST]


def _with(first: Item, other: Item) -> Item:
    """A unit's topic with what is known of it beside."""
    return replace(first, reason=f"{first.reason}{other.title}：{other.reason}")


def _of_entries(snapshot: Snapshot, scope: Scope) -> Iterator[Topic]:
    for entry in entries(snapshot, scope):
        # Every entry of the city is a topic of its own.
        own = f"{entry.unit}-{entry.measures[0]}" if entry.by == "city" else entry.unit
        yield Topic(own, _item(entry))


def _item(entry: Entry) -> Item:
    of_department = entry.unit in names.departments()
    return Item(
        entry.key,
        "attention",
        entry.what,
        entry.reason,
        entry.unit if of_department else entry.actor,
        entry.advice,
        entry.counties,
        entry.due,
        entry.recipe,
        entry.cooperating,
    )
