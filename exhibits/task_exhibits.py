"""Every exhibit of a task row: its own topics, and those of other pages that belong to it."""

from dataclasses import replace

from exhibits import series
from exhibits.coverage import aid, cascade, policies
from exhibits.exhibit import Exhibit
from exhibits.explore.indicators import explore
from exhibits.maps import county
from exhibits.meeting.decisions import decided
from exhibits.quality import submissions
from exhibits.response import rates, returns
from exhibits.tasks import living
from exhibits.tasks.rows import PAGE
from exhibits.tasks.topic_list import TOPICS
from exhibits.tasks.topics import topic_rates
from exhibits.tasks.visits import found_aided
from exhibits.warnings import pace, yields
from queries.scope import Scope
from queries.store.snapshot import Snapshot

#: Indicators with a trend under a task row.
TRENDS = {
    "1-1": ("I0104", "I0101", "I0108"),
    "1-2": ("I0106", "I0107", "I0110", "I0109"),
    "2": ("I0201", "I0203"),
    "3": ("I0303",),
    "4": ("I0402", "I0403"),
    "5": ("I0502",),
    "6": ("I0603",),
    "7": ("I0707", "I0704"),
    "8": ("I0803", "I0801", "I0806", "I0808", "I0809"),
    "9-1": ("I0905",),
    "10": ("I1001", "I1002", "I1005", "I1004"),
    "11": ("I1102", "I1103"),
    "12": ("I1203",),
    "13": ("I1303",),
}

#: Indicators as in 自助分析, by task row: the ids and the breakdown.
EXPLORED = {
    "1-1": ((("I0104",), "county"), (("I0105",), "county")),
    "1-2": ((("I0110",), "county"),),
    "8": (
        (("I0804", "I0805"), "month"),
        (("I0803",), "county"),
        (("I0806",), "county"),
        (("I0808", "I0809"), "county"),
    ),
    "10": ((("I1001",), "county"),),
    "12": ((("I1203",), "county"),),
}

#: Task rows that consist of programmes, each with its cascade.
COVERED = ("8", "9-1", "9-2", "9-3", "9-4", "9-5", "10", "11", "12")


#: Parts of a task row's page beside its indicators and reports.
PARTS = {
    "topics": "专题情况",
    "programmes": "分项目",
    "counties": "分县区",
    "trend": "走势",
}


def exhibits_of(snapshot: Snapshot, scope: Scope, row: str) -> list[Exhibit]:
    """The exhibits of a task row, in the order they are read."""
    return [each for part in parts_of(snapshot, scope, row).values() for each in part]


def parts_of(snapshot: Snapshot, scope: Scope, row: str) -> dict[str, list[Exhibit]]:
    """The exhibits of a task row by part of its page (PARTS); a part without any is left out."""
    by_part = {
        "topics": _topics(snapshot, scope, row),
        "programmes": _programmes(snapshot, scope, row),
        "counties": [
            *_by(snapshot, scope, row, "region"),
            *_explored(snapshot, scope, row, "county"),
        ],
        "trend": [
            *_by(snapshot, scope, row, "month"),
            *_explored(snapshot, scope, row, "month"),
            *(series.trend(snapshot, scope, i, PAGE) for i in TRENDS.get(row, ())),
        ],
    }
    return {part: exhibits for part, exhibits in by_part.items() if exhibits}


def _by(snapshot: Snapshot, scope: Scope, row: str, breakdown: str) -> list[Exhibit]:
    """A row's own topics by region, by month or by a part of theirs."""
    chosen = [topic for topic in TOPICS if topic.row == row and topic.by == breakdown]
    return [topic_rates(snapshot, scope, topic.name) for topic in chosen]


def _topics(snapshot: Snapshot, scope: Scope, row: str) -> list[Exhibit]:
    """What is particular to a row."""
    chosen: list[Exhibit | None] = [*_by(snapshot, scope, row, "part")]
    if row in ("1-2", "3"):
        chosen.append(replace(submissions.overlap(snapshot, scope), page=PAGE))
    if row == "2":
        chosen += [rates.rate(snapshot, scope, i) for i in ("I0201", "I0204", "I0202", "I0203")]
        chosen.append(returns.returns(snapshot, scope))
    if row == "4":
        chosen.append(yields.yield_of(snapshot, scope, "source"))
        chosen.append(county.county_map(snapshot, scope, "I0403", page=PAGE))
    if row == "7":
        chosen.append(pace.pace(snapshot, scope, "routed"))
    if row == "6":
        chosen.append(found_aided(snapshot, scope))
    if row == "8":
        chosen += [living.cliff_effect(snapshot, scope), living.household_chain(snapshot, scope)]
    if row == "13":
        chosen.append(decided(snapshot, scope))
    return [exhibit for exhibit in chosen if exhibit is not None]


def _programmes(snapshot: Snapshot, scope: Scope, row: str) -> list[Exhibit]:
    """Whom a row's programmes reach, what they gave, where local ones are switched on."""
    if row not in COVERED:
        return []
    chosen = [_cascade(snapshot, scope, row, basis) for basis in ("firm", "suspected")]
    chosen.append(_aid(snapshot, scope, row))
    if row == "12":
        chosen.append(policies.switched_on(snapshot, scope))
    return [exhibit for exhibit in chosen if exhibit is not None]


def _explored(snapshot: Snapshot, scope: Scope, row: str, breakdown: str) -> list[Exhibit]:
    """Indicators of a row by a breakdown, as in 自助分析."""
    kind = "lines" if breakdown == "month" else "bars"
    return [
        replace(explore(snapshot, scope, ids, by, kind), page=PAGE)
        for ids, by in EXPLORED.get(row, ())
        if by == breakdown
    ]


def _aid(snapshot: Snapshot, scope: Scope, row: str) -> Exhibit | None:
    """What a row's programmes without a gap gave; None where it has none of these."""
    given = aid.status(snapshot, scope, row)
    return replace(given, page=PAGE) if given.table.height else None


def _cascade(snapshot: Snapshot, scope: Scope, row: str, basis: str) -> Exhibit | None:
    """The cascade of a row's programmes; None where it has none of the basis."""
    own = cascade.cascade(snapshot, scope, basis, row)
    return replace(own, page=PAGE, key=f"{own.key}-{row}") if own.table.height else None
