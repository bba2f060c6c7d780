"""The content of a bulletin, in the order of official ones; no layout."""

from functools import partial

from briefing.bulletin import department, findings, meeting, overall
from briefing.bulletin.annexes import annexes
from briefing.bulletin.bases import bases
from briefing.bulletin.document import Blocks, Bulletin, section
from briefing.bulletin.recipients import recipients
from briefing.meeting import selection as selections
from briefing.meeting.deck import identity, title
from briefing.meeting.selection import Selection
from exhibits.wording import names, words
from queries.store.snapshot import Snapshot


def bulletin(snapshot: Snapshot, chosen: Selection) -> Bulletin:
    """The edition of the city, of a county or of a department."""
    chosen = selections.allowed(snapshot, chosen)
    left_out: list[str] = []
    compared = bases(snapshot, chosen)
    of_edition = department if chosen.department else overall
    blocks_by_title: dict[str, Blocks] = {
        "总体情况": of_edition.blocks(snapshot, chosen, compared),
        "工作成效": {
            **findings.achievements(snapshot, chosen),
            "办结的议定事项": partial(meeting.done, snapshot, chosen),
        },
        "存在问题": findings.problems(snapshot, chosen),
        "上次会议议定事项落实情况": meeting.decided(snapshot, chosen),
        "下一步要求": meeting.topics(snapshot, chosen),
    }
    sections = [section(name, blocks, left_out) for name, blocks in blocks_by_title.items()]
    listed = annexes(snapshot, chosen, left_out)
    to, copied_to = recipients(snapshot, chosen)
    return Bulletin(
        title=title(snapshot, chosen, "材料" if chosen.department else "简报"),
        day=f"（截至{words.day(chosen.as_of)}）",
        identity=identity(snapshot),
        issuer=names.office(),
        recipients=to,
        copies=copied_to,
        sections=tuple(sections),
        annexes=listed,
        left_out=tuple(dict.fromkeys(left_out)),
    )
