"""Eligible, covered, excluded, gap and beyond rule, person by person."""

from plain.rules import build
from plain.world import ORDER, World, happened, holds, in_months, season, table

BASIS = {"yes": "firm", "suspect_list": "suspected", "no": "none"}
DATE = {"benefit_event": "occurred_on", "emergency_case": "first_aid_at"}


def basis(programme):
    found = {r["gap_basis"] for r in table("eligibility_rules") if r["programme_code"] == programme}
    return next(BASIS[b] for b in BASIS if b in found)


def readable(rule, w):
    text = rule["test_expr"]
    return not (
        ("ev(" in text and not w.has("hardship_event"))
        or ("policy_in_scope(" in text and not w.has("programme_policy"))
    )


def rules_of(programme, w):
    return [
        r
        for r in table("eligibility_rules")
        if r["programme_code"] == programme
        and BASIS[r["gap_basis"]] == basis(programme)
        and readable(r, w)
    ]


def named(text, call):
    """Codes in has('x'), ev('x') and hh_has('x') of a rule's text."""
    codes, rest = [], text.replace("hh_has(", "household(")
    while f"{call}('" in rest:
        rest = rest.split(f"{call}('", 1)[1]
        codes.append(rest.split("'", 1)[0])
    return codes


class Coverage:
    """Marks of every person of the register for every programme that can be computed."""

    def __init__(self, registry, as_of):
        self.w = World(registry, as_of)
        self.test = build(self.w)
        self.programmes = {p["programme_code"]: p for p in table("programmes")}
        self.computable = [
            code
            for code, p in self.programmes.items()
            if self.w.has(p["evidence_table"]) and rules_of(code, self.w)
        ]
        self.marks = {
            code: {p: self.person(code, p) for p in self.w.main} for code in self.computable
        }

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

    def person(self, code, person):
        row, anchor = self.programmes[code], self.anchor(code, person)
        eligible = any(self.test[r["rule_id"]](person) for r in rules_of(code, self.w))
        givers = self.w.members(person) if row["benefit_unit"] == "household" else [person]
        substitutes = row["covered_by"].split("|")
        covered = any(self.given(code, g, substitutes, anchor) for g in givers)
        own = self.given(code, person, [code], anchor)
        refused = any(
            r["programme_code"] == code
            and r["outcome_code"] in ("not_eligible", "declined", "already_covered")
            and in_months(r["responded_at"], 12, self.w.as_of)
            for r in self.w.rows("referral", person)
        )
        unmet = eligible and not covered
        return {
            "eligible": eligible,
            "covered": covered,
            "covered_eligible": eligible and covered,
            "excluded": unmet and refused,
            "gap": unmet and not refused,
            "beyond_rule": own and not eligible,
        }


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


def coverage(registry, as_of, by):
    found = Coverage(registry, as_of)
    groups = ORDER if by == "category" else regions(registry, by)
    rows = []
    for code in found.programmes:
        for group in groups:
            marks = dict.fromkeys(
                ("eligible", "covered", "covered_eligible", "excluded", "gap", "beyond_rule")
            )
            if code in found.computable:
                inside = [m for p, m in found.marks[code].items() if belongs(found.w, p, by, group)]
                marks = {name: sum(m[name] for m in inside) for name in marks}
            rate = None
            if basis(code) == "none":
                marks["excluded"] = marks["gap"] = None
            elif marks["eligible"]:
                rate = 100 * marks["covered_eligible"] / marks["eligible"]
            row = {"programme_code": code, "group": group, "basis": basis(code)}
            rows.append(row | marks | {"rate": rate})
    return rows
