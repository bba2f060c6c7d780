"""The deck of a meeting: its pages in order, and the annex."""

from dataclasses import dataclass

from briefing.meeting import selection as selections
from briefing.meeting.annex import Section, sections
from briefing.meeting.pages import TOPICS, Page, pages, topics
from briefing.meeting.selection import Selection
from data.reference.place import place
from exhibits.exhibit import Exhibit
from exhibits.meeting.agenda_item import Item
from exhibits.wording import names, periods, words
from queries.store.snapshot import Snapshot


@dataclass(frozen=True)
class Deck:
    """A meeting's material: title, both days, agenda, pages; the annex that is asked for."""

    title: str
    subtitle: str
    identity: str  # snapshot, day and version, demonstration
    agenda: tuple[Item, ...]
    pages: tuple[Page, ...]  # none in an archive written before there were
    further: tuple[Page, ...]  # of the annex: the topics after the first five
    sections: tuple[Section, ...]  # of the annex
    left_out: tuple[str, ...] = ()  # omitted exhibits, each with its reason

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All exhibits in order, each once."""
        shown = [page.exhibit for page in (*self.pages, *self.further) if page.exhibit]
        shown += [exhibit for section in self.sections for exhibit in section.exhibits]
        first_by_recipe: dict[object, Exhibit] = {}
        for exhibit in shown:
            first_by_recipe.setdefault(exhibit.recipe or exhibit.key, exhibit)
        return tuple(first_by_recipe.values())


def deck(snapshot: Snapshot, chosen: Selection) -> Deck:
    """The deck of a selection; what cannot be made of it is named in `left_out`."""
    chosen = selections.allowed(snapshot, chosen)
    agenda = selections.agenda(snapshot, chosen)
    left_out: list[str] = []
    before = tuple(pages(snapshot, chosen, agenda, left_out))
    further = tuple(topics(snapshot, chosen, agenda[TOPICS:], left_out))
    annex = [s for s in sections(snapshot, chosen, agenda, left_out) if s.exhibits]
    return Deck(
        title=title(snapshot, chosen, "材料"),
        subtitle=days(snapshot, chosen),
        identity=identity(snapshot),
        agenda=agenda,
        pages=before,
        further=further,
        sections=tuple(annex),
        left_out=tuple(dict.fromkeys(left_out)),
    )


def title(snapshot: Snapshot, chosen: Selection, kind: str) -> str:
    """陇南市社会救助部门联席会议材料; with the county or department that it is for."""
    units = [names.region_name(snapshot, chosen.region)] if chosen.region else []
    units += [names.department(chosen.department)] if chosen.department else []
    recipient = f"（{'·'.join(units)}）" if units else ""
    return f"{place().joint_meeting}{'专题' if chosen.department else ''}{kind}{recipient}"


def days(snapshot: Snapshot, chosen: Selection) -> str:
    """Both days and the period: 截至2026年10月31日，与2026年7月31日比较；流量指标统计期…"""
    compared = f"与{words.day(chosen.compared)}比较" if chosen.compared else f"对比{words.UNKNOWN}"
    timed = f"流量指标{periods.counted(snapshot, chosen.scope)}"
    return f"截至{words.day(chosen.as_of)}，{compared}；{timed}"


def identity(snapshot: Snapshot) -> str:
    """The snapshot of all figures, its province, its edition; says so where data are synthetic."""
    older = f"；{words.by_definitions(snapshot.definitions)}" if snapshot.is_older else ""
    edition = "；公开口径" if snapshot.access.open else ""
    synthetic = "；演示数据（合成）" if snapshot.manifest["demonstration"] else ""
    province = "".join(f"；{each}" for each in names.of_whole(snapshot))
    return (
        f"数据快照{snapshot.as_of}第{snapshot.version}版"
        f"（{snapshot.manifest['registry_fingerprint'][:8]}）{province}{older}{edition}{synthetic}"
    )
