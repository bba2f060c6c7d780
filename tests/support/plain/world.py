"""Days, rows and persons: `docs/definitions.md`, “Who is counted”."""

import csv
from calendar import monthrange
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

import chinese_calendar

from data import settings

REFERENCE = Path(__file__).parents[3] / "data" / "reference"
ORDER = ["tekun", "dibao", "dibao_margin", "rigid_expenditure", "relapse_monitored", "other"]


@cache
def read(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def table(name):
    """Rows of the office's own file, or of the shipped one."""
    own = settings.REFERENCE_DIR / f"{name}.csv"
    return read(own if own.exists() else REFERENCE / f"{name}.csv")


def versions(name, as_of):
    """Rows that hold on a day."""
    on = as_of.isoformat()
    return [r for r in table(name) if r["valid_from"] <= on < (r["valid_to"] or "9999")]


def limit(step, as_of):
    return next(int(r["limit_value"]) for r in versions("sla", as_of) if r["step_code"] == step)


def successors(as_of):
    """Code of a succeeded department -> the one it counts under."""
    rows = {r["dept_code"]: r for r in table("departments")}
    found = {}
    for code in rows:
        last = code
        while True:
            after = rows[last]["successor_code"]
            if not after or rows[after]["valid_from"] > as_of.isoformat():
                break
            last = after
        if last != code:
            found[code] = last
    return found


def members(as_of):
    """Members of the joint meeting that there are, in official order."""
    rows = sorted(table("departments"), key=lambda r: int(r["sort_order"]))
    return [
        r["dept_code"]
        for r in rows
        if r["member"] == "1"
        and r["valid_from"] <= as_of.isoformat()
        and r["dept_code"] not in successors(as_of)
    ]


def operators(as_of):
    after = successors(as_of)
    codes = {p["programme_code"]: p["operating_dept"] for p in table("programmes")}
    return {p: after.get(code, code) for p, code in codes.items()}


DEPARTMENT = {
    "referral": "to_dept",
    "match_run": "dept_code",
    "data_submission": "dept_code",
    "meeting_item": "lead_dept",
    "task_progress": "reporter_dept",
}


def under_successors(registry, as_of):
    after = successors(as_of)
    for name, column in DEPARTMENT.items():
        if name in registry:
            rows = [r | {column: after.get(r[column], r[column])} for r in registry[name]]
            registry = registry | {name: rows}
    return registry


def day(value):
    return value.date() if isinstance(value, datetime) else value


def happened(value, as_of):
    return value is not None and day(value) <= as_of


def is_workday(d):
    return chinese_calendar.is_workday(d) if 2004 <= d.year <= 2026 else d.weekday() < 5


def workdays(a, b):
    a, b = day(a), day(b)
    return sum(is_workday(a + timedelta(days=i)) for i in range(1, (b - a).days + 1))


def due_day(start, n):
    d = day(start)
    while n:
        d += timedelta(days=1)
        n -= is_workday(d)
    return d


def months_before(d, n):
    month = d.year * 12 + d.month - 1 - n
    year, month = month // 12, month % 12 + 1
    for last in (d.day, 30, 29, 28):
        try:
            return date(year, month, min(d.day, last))
        except ValueError:
            continue


def in_months(value, n, as_of):
    return value is not None and months_before(as_of, n) < day(value) <= as_of


def in_period(value, since, as_of):
    return value is not None and since <= day(value) <= as_of


def period_start(registry, as_of, name):
    """First day of a reporting period; None where there is none of the name."""
    if name == "month":
        return date(as_of.year, as_of.month, 1)
    if name == "year":
        return date(as_of.year, 1, 1)
    if name == "twelve_months":
        return months_before(as_of, 12) + timedelta(days=1)
    latest = None
    for meeting in registry.get("joint_meeting", []):
        held_on, cutoff = meeting["held_on"], meeting["data_cutoff_on"]
        if held_on is None or cutoff is None or held_on > as_of or cutoff >= as_of:
            continue
        if latest is None or (held_on, meeting["meeting_id"]) > latest[:2]:
            latest = held_on, meeting["meeting_id"], cutoff
    return latest and latest[2] + timedelta(days=1)


def length_in_months(since, until):
    """Each day is its share of its calendar month."""
    total, d = Fraction(0), since
    while d <= until:
        total += Fraction(1, monthrange(d.year, d.month)[1])
        d += timedelta(days=1)
    return total


def holds(row, as_of):
    start, end = row["valid_from"], row["valid_to"]
    return start is not None and start <= as_of and (end is None or end > as_of)


def season(as_of, month):
    year = as_of.year if as_of.month >= month else as_of.year - 1
    return f"{year}-{year + 1}"


def birthday(birth_month, years):
    return date(birth_month.year + years, birth_month.month, 1)


class World:
    """A registry as of a day: who is in the register, what each person has."""

    def __init__(self, registry, as_of):
        self.registry, self.as_of = registry, as_of
        self.persons = {p["person_key"]: p for p in registry["person"]}
        self.spells = {}
        for spell in registry["identification_spell"]:
            if holds(spell, as_of) and spell["person_key"] is not None and spell["category_code"]:
                self.spells.setdefault(spell["person_key"], []).append(spell)
        for key in list(self.spells):
            death = self.persons.get(key, {}).get("death_date")
            if death is not None and death <= as_of:
                del self.spells[key]
        self.main = {k: max(v, key=self._precedence) for k, v in self.spells.items()}
        self.households = {}
        for key in self.main:
            self.households.setdefault(self.household(key), []).append(key)
        self.by_person = {}
        for name in ("circumstance_spell", "benefit_spell", "benefit_event", "hardship_event"):
            self.by_person[name] = self._grouped(name)
        for name in ("emergency_case", "service_record", "referral"):
            self.by_person[name] = self._grouped(name)

    @staticmethod
    def _precedence(spell):
        return (-ORDER.index(spell["category_code"]), spell["valid_from"], spell["spell_id"])

    def _grouped(self, name):
        found = {}
        for row in self.registry.get(name, []):
            found.setdefault(row["person_key"], []).append(row)
        return found

    def rows(self, name, person):
        return self.by_person[name].get(person, [])

    def has(self, name):
        return name in self.registry

    def household(self, person):
        return self.main[person]["household_key"] or ("alone", person)

    def members(self, person):
        return self.households[self.household(person)]

    def region(self, person):
        return self.main[person]["region_code"]
