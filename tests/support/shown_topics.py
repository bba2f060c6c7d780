"""What 需要关注 and the agenda say of figures, read from their sentences."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from exhibits.attention.entries import Entry, entries
from exhibits.attention.measures import described
from exhibits.meeting.agenda import proposals
from exhibits.wording import names
from exhibits.wording.periods import name_of
from queries.answers.attention_counts import MISSED
from queries.catalogue import catalogue
from queries.cubes.programmes import programme_numbers
from queries.scope import Scope
from queries.statistics.progress import expected_progress
from queries.store.snapshot import Snapshot
from shown import Shown

#: Measures that count what an indicator counts.
COUNTED = {"unrouted": "I0708"} | {
    measure: measure for measure in ("I0724", "I1302", "I0808", "I0809", "I0706", "I0807")
}

#: What topics count, beside the indicator of the same cases.
TOPICS = {"多次退回预警": ("I0715", "条"), "逾期议定事项": ("I1302", "项")}

COUNT = r"([\d.]+万?)"
RATE = re.compile(r"([\d.]+)%(?:（其他(?:县区|乡镇|地区|部门)([\d.]+)%）)?")


def topics(day: Snapshot, scope: Scope) -> Iterator[Shown]:
    """Counts and rates of the entries, and what the agenda says of the same units."""
    scope = replace(scope, period="month")
    for entry in entries(day, scope):
        yield from _counts(day, entry)
        yield from _rate(day, entry)
    for item in proposals(day, scope):
        is_department = item.lead in names.departments()
        whose = names.department(item.lead) if is_department else item.regions or "全市"
        # A county's agenda has of a department what concerns the county.
        whose = f"{whose}{scope.region}" if is_department else whose
        for label, (indicator, unit) in TOPICS.items():
            for count in re.findall(f"{label}{COUNT}{unit}", f"{item.title}。{item.reason}"):
                yield Shown("议题", whose, label, count)
                yield Shown("议题", whose, catalogue()[indicator].name, count)


def _counts(day: Snapshot, entry: Entry) -> Iterator[Shown]:
    for measure in entry.measures:
        about = described(measure, day.as_of)
        for count in re.findall(f"{re.escape(about.name)}{COUNT}{about.unit}", entry.sentence):
            yield Shown("需要关注", _whose(day, entry), about.name, count)
            if measure in COUNTED:
                name = catalogue()[COUNTED[measure]].name
                target = "✘ 未达标" if entry.by == "city" else ""
                yield Shown("需要关注", _whose(day, entry), name, count, target=target)


def _rate(day: Snapshot, entry: Entry) -> Iterator[Shown]:
    """The rate of the first measure beside the others', and as the indicator has it."""
    measure = entry.measures[0]
    about = described(measure, day.as_of)
    if not (read := RATE.search(entry.short, entry.short.find(f"，{about.rate}"))):
        return
    own, others = read[1], read[2]
    mark = "▼ 劣于其他" if others else ""
    beside = f"{others}%" if others else ""
    yield Shown(
        "需要关注",
        _whose(day, entry),
        f"{about.name}{about.rate}",
        f"{own}%",
        mark=mark,
        beside=beside,
    )
    if (figure := _as_indicator(measure, float(own), day.as_of)) is not None:
        programme = measure in programme_numbers()
        whose = f"{_whose(day, entry)}{measure if programme else ''}"
        name = name_of(catalogue()["I0891" if programme else measure])
        target = "✘ 未达标" if entry.by == "city" else ""
        # It is taken from rates that are rounded themselves.
        yield Shown("需要关注", whose, name, f"{figure:.1f}%", target=target)


def _as_indicator(measure: str, rate: float, day: date) -> float | None:
    if measure in MISSED or measure in programme_numbers():
        return 100 - rate
    if measure == "I0601":
        return expected_progress(day, "quarter") - rate
    return rate if measure == "I0303" else None


def _whose(day: Snapshot, entry: Entry) -> str:
    if entry.by == "city":
        return "全市"
    known = names.departments() | dict(names.region_names(day))
    return known[entry.unit]
