"""Eligible, covered, excluded, pending, gap and beyond rule, one person or household at a time."""

from datetime import timedelta

from plain import rules, since
from plain.world import ORDER, World, happened, holds, in_months, season, table, versions

BASIS = {"yes": "firm", "suspect_list": "suspected", "no": "none"}
DATE = {"benefit_event": "occurred_on", "emergency_case": "first_aid_at"}
STARTS = {"insurance_year": 1, "school_year": 9, "heating_season": 11, "winter_spring": 12}
RUNNING = ("P0801", "P0802", "P0803", "P0804", "P1203")
MARKS = ("eligible", "covered", "covered_eligible", "excluded", "pending", "gap", "beyond_rule")
REFUSED = ("not_eligible", "declined", "already_covered")


def basis(programme, as_of):
    found = {
        r["gap_basis"]
        for r in versions("eligibility_rules", as_of)
        if r["programme_code"] == programme
    }
    return next((BASIS[b] for b in BASIS if b in found), "none")


def ruled(programme, as_of):
    return any(r["programme_code"] == programme for r in versions("eligibility_rules", as_of))


def unit(programme):
    row = next(p for p in table("programmes") if p["programme_code"] == programme)
    return "户" if row["benefit_unit"] == "household" else "人"


def readable(rule, w):
    text = rule["test_expr"]
    return not (
        ("ev(" in text and not w.has("hardship_event"))
        or ("policy_in_scope(" in text and not w.has("programme_policy"))
    )


def rules_of(programme, w, any_basis=False):
    return [
        r
        for r in versions("eligibility_rules", w.as_of)
        if r["programme_code"] == programme
        and (any_basis or BASIS[r["gap_basis"]] == basis(programme, w.as_of))
        and readable(r, w)
    ]


def named(text, call):
    """Codes in has('x'), ev('x') and hh_has('x') of a rule's text."""
    codes, rest = [], text.replace("hh_has(", "household(")
    while f"{call}('" in rest:
        rest = rest.split(f"{call}('", 1)[1]
        codes.append(rest.split("'", 1)[0])
    return codes


def phase(row, as_of):
    """(paying out, off season, last day of the season that ended) of a programme on a day."""
    if row["coverage_window"] not in STARTS:
        return False, False, None
    d = as_of
    while not (d.month == STARTS[row["coverage_window"]] and d.day == 1):
        d -= timedelta(days=1)

    def first(month_day):
        each = d
        while each.strftime("%m-%d") != month_day:
            each += timedelta(days=1)
        return each

    due = row["payout_due"] and first(row["payout_due"])
    end = row["season_end"] and first(row["season_end"])
    return bool(due) and as_of <= due, bool(end) and as_of > end, end or None


def in_grace(since, months, as_of):
    """Before the first day of the months-th month after the month of `since`."""
    if not months or since is None:
        return False
    due = since.replace(day=1)
    for _ in range(int(months)):
        due = (due + timedelta(days=32)).replace(day=1)
    return as_of < due


class Coverage:
    """Marks of every person or household of the register for every programme that is counted."""

    def __init__(self, registry, as_of):
        self.w = World(registry, as_of)
        self.test, self.start = rules.build(self.w), since.build(self.w)
        self.programmes = {p["programme_code"]: p for p in table("programmes")}
        self.computable = [
            code
            for code, p in self.programmes.items()
            if self.w.has(p["evidence_table"])
            and (rules_of(code, self.w) or not ruled(code, as_of))
        ]
        self.in_season = [
            c for c in self.computable if not phase(self.programmes[c], self.w.as_of)[1]
        ]
        self.marks = {code: self.of_programme(code) for code in self.in_season}

    def status(self, code):
        if code not in self.computable:
            return "no_data"
        return "ok" if code in self.in_season else "off_season"

    def of_programme(self, code):
        """Marks by person, of a household by its head."""
        if unit(code) == "人":
            return {p: self.together(code, [p]) for p in self.w.main}
        return {min(home): self.together(code, home) for home in self.w.households.values()}

    def together(self, code, members):
        """Marks of a person alone, or of a household."""
        row, as_of = self.programmes[code], self.w.as_of
        sinces = {p: self.since(code, p) for p in members}
        eligible = any(held for held, _ in sinces.values())
        anchors = [self.anchor(code, p) for p in members]
        if unit(code) == "户":
            anchors = [self.anchor(code, p) for p in members if sinces[p][0]]
        anchors = [a for a in anchors if a is not None]
        anchor = min(anchors) if anchors else None
        substitutes = row["covered_by"].split("|")
        covered = any(self.given(code, p, substitutes, anchor) for p in members)
        refused = any(self.refused(code, p) for p in members)
        starts = [start for held, start in sinces.values() if held]
        earliest = None if None in starts or not starts else min(starts)
        unmet = eligible and not covered
        excluded = unmet and refused
        early = phase(row, as_of)[0] or in_grace(earliest, row["grace_months"], as_of)
        pending = unmet and not excluded and early
        return {
            "eligible": eligible,
            "covered": covered,
            "covered_eligible": eligible and covered,
            "excluded": excluded,
            "pending": pending,
            "gap": unmet and not excluded and not pending,
            "beyond_rule": code in RUNNING and self.beyond(code, members[0]),
        }

    def since(self, code, person):
        """(eligible, since when); the day of programmes with a grace alone."""
        held = [r["rule_id"] for r in rules_of(code, self.w) if self.test[r["rule_id"]](person)]
        if not held or not self.programmes[code]["grace_months"]:
            return bool(held), None
        return True, min(self.start[rule](person) for rule in held)

    def beyond(self, code, person):
        for s in self.w.rows("benefit_spell", person):
            grace = s["grace_until"]
            if s["programme_code"] != code or not holds(s, self.w.as_of):
                continue
            if grace is None or grace < self.w.as_of:
                any_basis = rules_of(code, self.w, any_basis=True)
                return not any(self.test[r["rule_id"]](person) for r in any_basis)
        return False

    def refused(self, code, person):
        pair = ("P0931", "P0932")
        codes = pair if code in pair else (code,)
        return any(
            r["programme_code"] in codes
            and r["outcome_code"] in REFUSED
            and in_months(r["responded_at"], 12, self.w.as_of)
            for r in self.w.rows("referral", person)
        )

    def anchor(self, code, person):
        starts = []
        for rule in rules_of(code, self.w):
            text = rule["test_expr"]
            for c in named(text, "has"):
                starts += self.starts(person, c)
            for c in named(text, "household"):
                for member in self.w.members(person):
                    starts += self.starts(member, c)
            for c in named(text, "ev"):
                starts += [
                    e["occurred_on"]
                    for e in self.w.rows("hardship_event", person)
                    if e["event_code"] == c
                    and happened(e["occurred_on"], self.w.as_of)
                    and (e["window_to"] is None or e["window_to"] >= self.w.as_of)
                ]
        return max(starts) if starts else None

    def starts(self, person, code):
        return [
            s["valid_from"]
            for s in self.w.rows("circumstance_spell", person)
            if s["circumstance_code"] == code and holds(s, self.w.as_of)
        ]

    def given(self, code, giver, evidence_of, anchor):
        """Whether `giver` has evidence for one of `evidence_of` inside the window of `code`."""
        as_of, row = self.w.as_of, self.programmes[code]
        window, name = row["coverage_window"], row["evidence_table"]
        for e in self.w.rows(name, giver):
            if e["programme_code"] not in evidence_of:
                continue
            if name == "benefit_spell":
                inside = holds(e, as_of)
            elif name == "service_record":
                inside = in_months(e["served_on"], 3 if window == "spell" else 12, as_of)
            else:
                inside = self.event_inside(window, e, e[DATE[name]], anchor)
            if inside:
                return True
        return False

    def event_inside(self, window, event, when, anchor):
        as_of = self.w.as_of
        if not happened(when, as_of):
            return False
        if window in ("after_event", "disaster_stage"):
            when = when.date() if hasattr(when, "date") else when
            return anchor is not None and when >= anchor
        periods = {
            "insurance_year": str(as_of.year),
            "school_year": season(as_of, 9),
            "heating_season": season(as_of, 11),
            "winter_spring": season(as_of, 12),
        }
        if window in periods:
            return event["period_code"] == periods[window]
        return window == "ever" or in_months(when, 12, as_of)


def regions(registry, level):
    rows = [r for r in registry["region"] if r["region_level"] == level]
    if level == "city":
        return [rows[0]["region_code"]] if rows else ["621200"]
    return [r["region_code"] for r in rows]


def in_group(region, by, group):
    width = {"city": 0, "county": 6, "township": 9}[by]
    return by == "city" or (region is not None and region[:width] == group)


def belongs(w, person, by, group):
    if by == "category":
        return w.main[person]["category_code"] == group
    return in_group(w.region(person), by, group)


def row_of(found, code, by, group):
    """One line of `coverage`: the sums of a programme and group."""
    row = {
        "programme_code": code,
        "group": group,
        "unit": unit(code),
        "basis": basis(code, found.w.as_of),
    }
    row |= {"status": found.status(code)} | dict.fromkeys((*MARKS, "rate", "paid_share"))
    if row["status"] != "ok":
        return row
    inside = [m for p, m in found.marks[code].items() if belongs(found.w, p, by, group)]
    row |= {name: sum(m[name] for m in inside) for name in MARKS}
    if code not in RUNNING:
        row["beyond_rule"] = None
    if not ruled(code, found.w.as_of):
        row["eligible"] = row["covered_eligible"] = None
    if row["basis"] == "none":
        row["excluded"] = row["pending"] = row["gap"] = None
        return row
    if row["eligible"] - row["pending"]:
        row["rate"] = 100 * row["covered_eligible"] / (row["eligible"] - row["pending"])
    if row["pending"]:
        row["paid_share"] = 100 * row["covered_eligible"] / row["eligible"]
    return row


def groups_of(registry, by):
    return ORDER if by == "category" else regions(registry, by)


def coverage(registry, as_of, by):
    found = Coverage(registry, as_of)
    codes, groups = found.programmes, groups_of(registry, by)
    return [row_of(found, code, by, group) for code in codes for group in groups]


def last_season(registry, as_of, by):
    """Programmes off season on a day as of the last day of the season that ended."""
    today, rows = Coverage(registry, as_of), []
    for code, row in today.programmes.items():
        if today.status(code) == "off_season":
            ended = phase(row, as_of)[2]
            found = Coverage(registry, ended)
            for group in groups_of(registry, by):
                rows.append(row_of(found, code, by, group) | {"ended": ended})
    return rows
