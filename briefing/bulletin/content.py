"""The content of a bulletin, in the order of official ones; no layout."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from briefing.bulletin import sections
from briefing.bulletin.sections import Section
from briefing.meeting import selection as selections
from briefing.meeting.deck import days, identity, title
from briefing.meeting.selection import Selection
from briefing.omissions import build_all
from exhibits.county import comparison
from exhibits.exhibit import Exhibit
from exhibits.meeting import decisions, summary
from queries.store.snapshot import Snapshot

NUMBERS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Bulletin:
    """A bulletin: title, both days, snapshot (`identity`), sections, annexes."""

    title: str
    subtitle: str
    identity: str
    sections: tuple[Section, ...]
    annexes: tuple[Exhibit, ...]
    left_out: tuple[str, ...] = ()  # omitted exhibits, each with its reason


def bulletin(snapshot: Snapshot, chosen: Selection) -> Bulletin:
    """The edition of the city, of a county or of a department."""
    chosen = selections.allowed(snapshot, chosen)
    left_out: list[str] = []
    of_edition = sections.of_unit if chosen.department else sections.of_region
    listed = (*of_edition(snapshot, chosen, left_out), _agenda(snapshot, chosen))
    return Bulletin(
        title=title(snapshot, chosen, "简报"),
        subtitle=days(snapshot, chosen),
        identity=identity(snapshot),
        sections=listed,
        annexes=() if chosen.department else _annexes(snapshot, chosen, left_out),
        left_out=tuple(left_out),
    )


def _agenda(snapshot: Snapshot, chosen: Selection) -> Section:
    """需协调事项, numbered as on the agenda."""
    items = selections.agenda(snapshot, chosen)
    texts = tuple(
        f"{i}. {item.title}。{item.reason}" + item.proposal for i, item in enumerate(items, start=1)
    )
    return Section("需协调事项", texts or ("无需提请会议协调的事项。",))


def _annexes(snapshot: Snapshot, chosen: Selection, left_out: list[str]) -> tuple[Exhibit, ...]:
    """The headline indicators, the counties side by side in the city's edition, the decisions."""
    args = (snapshot, chosen.scope)
    makers: dict[str, Callable[[], Exhibit]] = {"主要指标": partial(summary.headline_table, *args)}
    if not chosen.region:
        makers |= {"县区与指标对照": partial(comparison.county_table, *args)}
    makers |= {"议定事项": lambda: _narrowed(decisions.decided(*args))}
    return build_all(makers, left_out)


def _narrowed(exhibit: Exhibit) -> Exhibit:
    """The exhibit without the columns that do not fit A4 portrait."""
    narrow = exhibit.table.drop("会议", "清单", "督办", "变化", strict=False)
    return replace(exhibit, table=narrow)
