"""The catalogue, one small function an indicator: rows that count, and those of them that do well."""

import math
from datetime import timedelta

from plain import waiting
from plain.coverage import Coverage, basis, belongs, in_group, phase, regions, unit
from plain.waiting import Z, due_referrals, in_time, kaplan_meier, live_warnings, reached
from plain.world import (
    ORDER,
    day,
    due_day,
    happened,
    holds,
    in_months,
    in_period,
    limit,
    members,
    operators,
    season,
    table,
    versions,
    workdays,
)

BASES = {"I0890": ["firm"], "I0891": ["firm"], "I0892": ["suspected"]}
BASES |= {"I0893": ["firm", "suspected"], "I0894": ["firm"], "I0895": ["firm"]}
UNITS = {"I0890": "人", "I0894": "户"}
NEEDS = {
    "application": ["I0104", "I0105", "I0110", "I0404"],
    "data_submission": ["I0301", "I0302", "I0303"],
    "match_run": ["I0401"],
    "benefit_event": ["I0403", "I0901", "I0902", "I0905", "I1202"],
    "appeal": ["I0501", "I0502", "I0503", "I0504"],
    "field_visit": ["I0601", "I0602"],
    "visit_target": ["I0601"],
    "coordination_case": ["I0710", "I1304"],
    "emergency_case": ["I0403", "I1001", "I1002", "I1003", "I1004", "I1005"],
    "service_record": ["I0403", "I1101", "I1102", "I1103"],
    "programme_policy": ["I1201"],
    "region_population": ["I0102"],
    "joint_meeting": ["I1301"],
    "meeting_item": ["I1301", "I1302"],
    "fund_ledger": ["I1303"],
}
REFERRALS = ["I0201", "I0202", "I0203", "I0204"]
REFERRALS += ["I0721", "I0722", "I0723", "I0724", "I0903", "I1203"]
PERSONS = ["I0101", "I0103", "I0108", "I0106", "I0107", "I0403", "I0802", "I0901", "I0902", "I1103"]
LEVELS = ["city", "county", "township"]
OF_PROGRAMMES = {
    "I0905": ["P0913", "P0914", "P0915", "P0916"],
    "I1004": ["P1001", "P1003"],
    "I1005": ["P1001", "P1003"],
    "I1201": ["P1203", "P1204", "P1205"],
}
BASIC = ["P0801", "P0802", "P0803", "P0804"]
AIDED = ["enrolled", "assisted", "referred_assisted"]
TASK_ROW = {p["programme_code"]: p["task_row"] for p in table("programmes")}


def wilson(k, n):
    if not n or not 0 <= k <= n:
        return None, None
    p, scale = k / n, 1 + Z * Z / n
    middle, width = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    lower, upper = max(0, (middle - width) / scale * 100), min(100, (middle + width) / scale * 100)
    return (0 if k == 0 else lower), (100 if k == n else upper)


class Figures:
    """Counts one indicator for one group: `(numerator, denominator)`."""

    def __init__(self, registry, as_of, since):
        self.registry, self.as_of, self.since = registry, as_of, since
        self.coverage = Coverage(registry, as_of)
        self.w = self.coverage.w

    def rows(self, name):
        return self.registry.get(name, [])

    def by(self, value):
        return happened(value, self.as_of)

    def within(self, value):
        return in_period(value, self.since, self.as_of)

    def rate(self, rows, good):
        return sum(bool(good(r)) for r in rows), len(rows)

    # ---- persons of the register

    def persons(self, i, keep):
        w, as_of = self.w, self.as_of
        people = [p for p in w.main if keep(p)]

        def cats(p):
            return {s["category_code"] for s in w.spells[p]}

        def held(p):
            return [s for s in w.rows("circumstance_spell", p) if holds(s, as_of)]

        def has(p, code):
            return any(s["circumstance_code"] == code for s in held(p))

        def given(p, *codes):
            return any(
                self.coverage.given(c, p, [c], None) for c in codes if c in w_programmes(self)
            )

        def student(p):
            stages = ("preschool", "primary", "junior", "senior_high", "vocational")
            return any(
                s["circumstance_code"] == "student" and s["attr1"] in stages for s in held(p)
            )

        def unaided(p):
            spells = any(holds(s, as_of) for s in w.rows("benefit_spell", p))
            given = [e["occurred_on"] for e in w.rows("benefit_event", p)]
            given += [c["first_aid_at"] for c in w.rows("emergency_case", p)]
            given += [s["served_on"] for s in w.rows("service_record", p)]
            return not spells and not any(in_months(d, 12, as_of) for d in given)

        match i:
            case "I0101" | "I0103":
                return len(people), None
            case "I0108":
                return sum(p == min(w.members(p)) for p in people), None
            case "I0106":
                return sum("relapse_monitored" in cats(p) for p in people), None
            case "I0107":
                watched = [p for p in people if "relapse_monitored" in cats(p)]
                return self.rate(watched, lambda p: cats(p) & {"dibao", "tekun"})
            case "I0403":
                return sum(unaided(p) for p in people), None
            case "I0802":
                return sum(self.coverage.marks["P0803"][p]["gap"] for p in people), None
            case "I0901":
                insured = [p for p in people if "tekun" in cats(p) and has(p, "resident_insurance")]
                return self.rate(insured, lambda p: given(p, "P0911"))
            case "I0902":
                students = [p for p in people if student(p)]
                return self.rate(students, lambda p: given(p, "P0921", "P0922", "P0923", "P0924"))
            case "I1103":
                care = [p for p in people if has(p, "need_care")]
                return self.rate(care, lambda p: given(p, "P1101"))

    def programmes(self, i, chosen, keep):
        """I0890–I0895 of the chosen programmes and of persons, or households by their head."""
        known = {c: self.coverage.marks[c] for c in chosen if c in self.coverage.in_season}
        marks = {c: {p: m for p, m in of_all.items() if keep(p)} for c, of_all in known.items()}
        if i in ("I0890", "I0894"):
            return len({p for each in marks.values() for p, m in each.items() if m["gap"]}), None
        if i == "I0895":
            return sum(self.missed(each.values()) for each in marks.values()), None
        rows = [m for each in marks.values() for m in each.values()]
        if i == "I0892":
            return sum(m["gap"] for m in rows), None
        good = sum(m["covered_eligible"] for m in rows)
        return good, sum(m["eligible"] - m["pending"] for m in rows)

    def missed(self, marks):
        """Whether a programme with enough due is below the target of I0891."""
        due = sum(m["eligible"] - m["pending"] for m in marks)
        target = next(
            float(t["target"]) for t in versions("targets", self.as_of) if t["id"] == "I0891"
        )
        good = sum(m["covered_eligible"] for m in marks)
        return due >= 30 and round(100 * good / due, 2) < target

    # ---- referrals

    def referrals(self, i, keep):
        rows = [r for r in self.rows("referral") if self.by(r["sent_at"]) and keep(r)]
        sent = [r for r in rows if self.within(r["sent_at"])]
        due = [r for r in due_referrals(self.registry, self.since, self.as_of) if keep(r)]
        match i:
            case "I0201":
                return self.rate(sent, lambda r: self.by(r["accepted_at"]))
            case "I0204":
                due = due_referrals(self.registry, self.since, self.as_of, "accepted_at")
                due = [r for r in due if keep(r)]
                return self.rate(due, lambda r: in_time(r, "accepted_at", self.as_of))
            case "I0202":
                return self.rate(due, lambda r: self.by(r["feedback_at"]))
            case "I0203":
                return self.rate(due, lambda r: in_time(r, "feedback_at", self.as_of))
            case "I0723":
                return self.rate(due, lambda r: in_time(r, "responded_at", self.as_of))
            case "I0724":
                still = [r for r in rows if waiting.is_open(r, self.as_of)]
                late = [
                    workdays(r["sent_at"], self.as_of) > waiting.own_limit(r, self.as_of)
                    for r in still
                ]
                return sum(late), None
            case "I0903":
                done = [r for r in rows if self.within(r["responded_at"])]
                done = [r for r in done if (r["programme_code"] or "").startswith("P09")]
                return self.rate(
                    done, lambda r: r["outcome_code"] in ("assisted", "already_covered")
                )
            case "I1203":
                sent = [r for r in sent if r["programme_code"] == "P1206"]
                good = "assisted"
                return self.rate(
                    sent, lambda r: self.by(r["responded_at"]) and r["outcome_code"] == good
                )

    # ---- everything counted in rows of a region

    def regional(self, i, keep):
        return getattr(self, i)(keep)

    def I0104(self, keep, *kinds):
        rows = [
            a
            for a in self.rows("application")
            if keep(a["region_code"])
            and a["accepted_on"] is not None
            and self.within(application_due(a, self.as_of))
            and not (a["result_code"] == "withdrawn" and self.by(a["decided_on"]))
            and (not kinds or a["applied_for"] in kinds)
        ]
        return self.rate(
            rows,
            lambda a: (
                self.by(a["decided_on"])
                and a["result_code"] in ("approved", "rejected")
                and not over_limit(a, a["decided_on"], self.as_of)
            ),
        )

    def I0110(self, keep):
        return self.I0104(keep, "relapse_monitored")

    def I0105(self, keep):
        return sum(
            keep(a["region_code"])
            and self.by(a["accepted_on"])
            and not self.by(a["decided_on"])
            and over_limit(a, self.as_of, self.as_of)
            for a in self.rows("application")
        ), None

    def I0109(self, keep):
        return len(
            {
                s["person_key"]
                for s in self.rows("identification_spell")
                if s["category_code"] == "relapse_monitored"
                and s["end_reason"] == "risk_removed"
                and self.by(s["valid_from"])
                and self.within(s["valid_to"])
                and keep(s["region_code"])
            }
            - {None}
        ), None

    def submissions(self, keep, dataset):
        rows = [
            s
            for s in self.rows("data_submission")
            if keep(s["region_code"]) and s["dataset_code"] == dataset and self.within(s["due_at"])
        ]
        return self.rate(
            rows, lambda s: self.by(s["submitted_at"]) and s["submitted_at"] <= s["due_at"]
        )

    def I0301(self, keep):
        return self.submissions(keep, "low_income_registry")

    def I0302(self, keep):
        return self.submissions(keep, "relapse_monitored")

    def I0303(self, keep):
        rows = [
            s
            for s in self.rows("data_submission")
            if keep(s["region_code"]) and self.within(s["due_at"]) and self.by(s["submitted_at"])
        ]
        return sum(s["error_count"] or 0 for s in rows), sum(s["record_count"] or 0 for s in rows)

    def I0401(self, keep):
        runs = [m for m in self.rows("match_run") if self.within(m["run_at"])]
        return len({m["dept_code"] for m in runs} - {None}), len(members(self.as_of)) - 1

    def raised(self, keep, direction=None):
        return [
            w
            for w in live_warnings(self.registry, self.as_of)
            if keep(w["region_code"])
            and self.within(w["raised_at"])
            and (direction is None or w["direction"] == direction)
        ]

    def I0402(self, keep):
        active = ("data_match", "field_visit")
        return self.rate(self.raised(keep, "entry"), lambda w: w["source_channel"] in active)

    def I0404(self, keep):
        rows = [
            a
            for a in self.rows("application")
            if keep(a["region_code"])
            and self.within(a["decided_on"])
            and a["result_code"] == "approved"
        ]
        return self.rate(
            rows,
            lambda a: (
                self.by(a["uploaded_at"])
                and workdays(a["decided_on"], a["uploaded_at"])
                <= limit("upload.result", self.as_of)
            ),
        )

    def accepted(self, keep):
        return [
            a
            for a in self.rows("appeal")
            if keep(a["region_code"]) and self.within(a["accepted_at"])
        ]

    def I0501(self, keep):
        return self.rate(self.accepted(keep), lambda a: self.by(a["resolved_at"]))

    def I0502(self, keep):
        good = total = 0
        for a in self.rows("appeal"):
            if (
                not keep(a["region_code"])
                or not self.by(a["accepted_at"])
                or not a["handling_mode"]
            ):
                continue
            start, most = a["accepted_at"], limit("appeal." + a["handling_mode"], self.as_of)
            on_site = a["handling_mode"] == "on_site"
            due = day(start) + timedelta(days=most) if on_site else due_day(start, most)
            if self.within(due):
                total += 1
                good += self.by(a["resolved_at"]) and (
                    (day(a["resolved_at"]) - day(start)).days <= most
                    # A day off after the due day is still within the limit in working days.
                    if on_site
                    else workdays(start, a["resolved_at"]) <= most
                )
        return good, total

    def I0503(self, keep):
        rows = [
            a
            for a in self.rows("appeal")
            if keep(a["region_code"]) and self.within(a["resolved_at"])
        ]
        return self.rate(rows, lambda a: a["handling_mode"] == "on_site")

    def I0504(self, keep):
        return self.rate(
            self.accepted(keep),
            lambda a: a["repeat_of"] is not None or a["escalated_to_petition"] == 1,
        )

    def I0601(self, keep):
        quarter = (self.as_of.month - 1) // 3
        first = self.as_of.replace(month=3 * quarter + 1, day=1)
        visited = {
            v["household_key"]
            for v in self.rows("field_visit")
            if in_period(v["visited_on"], first, self.as_of)
        } - {None}
        code = f"{self.as_of.year}Q{quarter + 1}"
        targets = [
            t
            for t in self.rows("visit_target")
            if t["period_code"] == code and keep(t["region_code"])
        ]
        return self.rate(targets, lambda t: t["household_key"] in visited)

    def I0602(self, keep):
        rows = [
            v
            for v in self.rows("field_visit")
            if keep(v["region_code"]) and self.within(v["visited_on"])
        ]
        return self.rate(rows, lambda v: v["finding_code"] == "potential_eligible")

    def I0603(self, keep):
        rows = [w for w in self.raised(keep, "entry") if w["source_channel"] == "field_visit"]
        return self.rate(rows, lambda w: self.by(w["closed_at"]) and w["outcome_code"] in AIDED)

    def I0701(self, keep):
        return len(self.raised(keep)), None

    def I0702(self, keep):
        return self.rate(self.raised(keep), lambda w: self.by(w["verified_at"]))

    def I0703(self, keep):
        return self.rate(self.raised(keep), lambda w: self.by(w["closed_at"]))

    def I0704(self, keep):
        due = []
        for w in live_warnings(self.registry, self.as_of):
            most = waiting.closing_limit(self.registry, w, self.as_of)
            if keep(w["region_code"]) and self.within(due_day(w["raised_at"], most)):
                due.append((w, most))
        return self.rate(
            due,
            lambda one: (
                self.by(one[0]["closed_at"])
                and workdays(one[0]["raised_at"], one[0]["closed_at"]) <= one[1]
            ),
        )

    def I0705(self, keep):
        rows = [
            w
            for w in self.raised(keep, "entry")
            if w["verify_result"] == "true_need" and self.by(w["verified_at"])
        ]
        good = [*AIDED, "coordinated"]
        return self.rate(rows, lambda w: self.by(w["closed_at"]) and w["outcome_code"] in good)

    def I0706(self, keep):
        found = set()
        for w in live_warnings(self.registry, self.as_of):
            if w["direction"] != "exit" or w["verify_result"] != "no_longer_eligible":
                continue
            if not keep(w["region_code"]) or not self.by(w["verified_at"]) or not w["person_key"]:
                continue
            months = [d.year * 12 + d.month for d in (day(w["verified_at"]), self.as_of)]
            if months[1] - months[0] <= limit("warning.exit_terminate", self.as_of):
                continue
            for s in self.w.rows("benefit_spell", w["person_key"]):
                grace = s["grace_until"]
                if (
                    holds(s, self.as_of)
                    and s["valid_from"] <= day(w["verified_at"])
                    and (grace is None or grace < self.as_of)
                    and w["programme_code"] in (None, s["programme_code"])
                ):
                    found.add(w["person_key"])
        return len(found), None

    def standings(self, keep, *states):
        those = [
            s for s in waiting.standings(self.registry, self.as_of) if keep(s.w["region_code"])
        ]
        return [s for s in those if s.state in states] if states else those

    def I0707(self, keep):
        return len(self.standings(keep, "unverified", "unrouted", "own")), None

    def I0708(self, keep):
        return sum(s.overdue for s in self.standings(keep, "unverified", "unrouted", "own")), None

    def I0712(self, keep):
        return len(self.standings(keep, "unverified")), None

    def I0713(self, keep):
        return len(self.standings(keep, "unrouted")), None

    def I0714(self, keep):
        return len(self.standings(keep, "own")), None

    def I0715(self, keep):
        return sum(s.returned_twice for s in self.standings(keep)), None

    def I0710(self, keep):
        return sum(
            keep(c["county_code"]) and self.within(c["opened_at"])
            for c in self.rows("coordination_case")
        ), None

    def I0711(self, keep):
        rows = live_warnings(self.registry, self.as_of)
        return sum(keep(w["region_code"]) and not self.by(w["closed_at"]) for w in rows), None

    def basic(self, keep, column, test):
        return len(
            {
                s["person_key"]
                for s in self.rows("benefit_spell")
                if s["programme_code"] in BASIC
                and keep(s["region_code"])
                and self.by(s["valid_from"])
                and test(s if column is None else s[column])
            }
            - {None}
        ), None

    def I0801(self, keep):
        return self.basic(keep, None, lambda s: holds(s, self.as_of))

    def I0803(self, keep):
        rows = [
            s
            for s in self.rows("benefit_spell")
            if s["programme_code"] == "P0801" and keep(s["region_code"]) and holds(s, self.as_of)
        ]
        persons = {s["person_key"] for s in rows} - {None}
        return float(sum(s["monthly_amount"] or 0 for s in rows)), len(persons)

    def I0804(self, keep):
        return self.basic(keep, "valid_from", self.within)

    def I0805(self, keep):
        return self.basic(keep, "valid_to", self.within)

    def I0806(self, keep):
        return len(
            {
                s["household_key"] or ("alone", s["person_key"])
                for s in self.rows("benefit_spell")
                if s["programme_code"] in ("P0801", "P0803", "P0804")
                and holds(s, self.as_of)
                and keep(s["region_code"])
            }
            - {("alone", None)}
        ), None

    def running(self, person, programmes):
        rows = self.w.rows("benefit_spell", person)
        return [s for s in rows if s["programme_code"] in programmes and holds(s, self.as_of)]

    def I0808(self, keep):
        month = self.as_of.replace(day=1)
        return sum(
            person["death_date"] is not None
            and person["death_date"] < month
            and any(keep(s["region_code"]) for s in self.running(key, BASIC))
            for key, person in self.w.persons.items()
        ), None

    def I0809(self, keep):
        count = 0
        for person in {s["person_key"] for s in self.rows("benefit_spell")} - {None}:
            basic, both = self.running(person, BASIC), []
            rented, paid = (self.running(person, [code]) for code in ("P0931", "P0932"))
            if len(basic) > 1:
                both += basic
            if rented and paid:
                both += rented + paid
            count += any(keep(s["region_code"]) for s in both)
        return count, None

    def I0905(self, keep, programmes=OF_PROGRAMMES["I0905"]):
        return sum(
            e["programme_code"] in programmes
            and self.within(e["occurred_on"])
            and keep(e["region_code"])
            for e in self.rows("benefit_event")
        ), None

    def homes(self, keep):
        """Households of the register in the region of their head."""
        return [home for home in self.w.households.values() if keep(self.w.region(min(home)))]

    def I0807(self, keep):
        def paid(p):
            dibao = any(s["category_code"] == "dibao" for s in self.w.spells[p])
            return dibao and any(
                s["programme_code"] in ("P0801", "P0803", "P0804") and holds(s, self.as_of)
                for s in self.w.rows("benefit_spell", p)
            )

        gaps = self.coverage.marks["P0801"]
        return sum(
            any(paid(p) for p in home) and any(gaps[p]["gap"] for p in home)
            for home in self.homes(keep)
        ), None

    def I0904(self, keep):
        return sum(
            any(
                s["circumstance_code"] == "zero_employment_household" and holds(s, self.as_of)
                for p in home
                for s in self.w.rows("circumstance_spell", p)
            )
            for home in self.homes(keep)
        ), None

    def first_modes(self, keep):
        return [
            c
            for c in self.rows("emergency_case")
            if keep(c["incident_region"])
            and c["mode_code"] in ("small_amount_first", "assist_first")
        ]

    def I1001(self, keep):
        rows = [c for c in self.first_modes(keep) if self.within(c["reported_at"])]
        return self.rate(
            rows,
            lambda c: (
                self.by(c["first_aid_at"])
                and c["first_aid_at"] - c["reported_at"]
                <= timedelta(hours=limit("emergency.first_aid", self.as_of))
            ),
        )

    def I1002(self, keep):
        most = limit("emergency.paperwork", self.as_of)
        rows = [
            c
            for c in self.first_modes(keep)
            if c["relieved_on"] is not None and self.within(due_day(c["relieved_on"], most))
        ]
        return self.rate(
            rows,
            lambda c: (
                self.by(c["paperwork_done_on"])
                and workdays(c["relieved_on"], c["paperwork_done_on"]) <= most
            ),
        )

    def aided(self, keep):
        return [
            c
            for c in self.rows("emergency_case")
            if keep(c["incident_region"]) and self.within(c["first_aid_at"])
        ]

    def I1003(self, keep):
        return self.rate(self.aided(keep), lambda c: c["is_nonlocal"] == 1)

    def temporary_aid(self, keep, programmes):
        return [c for c in self.aided(keep) if c["programme_code"] in programmes]

    def I1005(self, keep, programmes=OF_PROGRAMMES["I1005"]):
        return len(self.temporary_aid(keep, programmes)), None

    def I1004(self, keep, programmes=OF_PROGRAMMES["I1004"]):
        rows = self.temporary_aid(keep, programmes)
        return float(sum(c["total_amount"] or 0 for c in rows)), len(rows)

    def I1101(self, keep):
        return len(
            {
                s["person_key"]
                for s in self.rows("service_record")
                if keep(s["region_code"]) and self.within(s["served_on"])
            }
            - {None}
        ), None

    def I1102(self, keep):
        rows = [
            s
            for s in self.rows("service_record")
            if keep(s["region_code"]) and self.within(s["planned_on"])
        ]
        return self.rate(rows, lambda s: self.by(s["served_on"]))

    def I1201(self, keep):
        counties = set(regions(self.registry, "county"))
        return len(
            {
                p["region_code"]
                for p in self.rows("programme_policy")
                if p["programme_code"] in ("P1203", "P1204", "P1205")
                and p["in_scope"] == 1
                and holds(p, self.as_of)
                and p["region_code"] in counties
                and keep(p["region_code"])
            }
        ), None

    def I1202(self, keep):
        return len(
            {
                e["person_key"]
                for e in self.rows("benefit_event")
                if e["programme_code"] == "P1201"
                and e["period_code"] == season(self.as_of, 11)
                and self.by(e["occurred_on"])
                and keep(e["region_code"])
            }
            - {None}
        ), None

    def items(self, keep):
        rows = self.rows("meeting_item")
        return [m for m in rows if keep(m["region_code"]) and m["status_code"] != "cancelled"]

    def I1301(self, keep):
        held = [
            (m["held_on"], m["meeting_id"])
            for m in self.rows("joint_meeting")
            if m["held_on"] is not None and m["held_on"] < self.as_of
        ]
        last = max(held)[1] if held else None
        rows = [m for m in self.items(keep) if last is not None and m["meeting_id"] == last]
        return self.rate(rows, lambda m: self.by(m["done_on"]))

    def I1302(self, keep):
        return sum(
            m["due_on"] is not None and m["due_on"] < self.as_of and not self.by(m["done_on"])
            for m in self.items(keep)
        ), None

    def I1303(self, keep):
        january = self.as_of.replace(month=1, day=1)
        rows = [
            f
            for f in self.rows("fund_ledger")
            if keep(f["region_code"]) and in_period(f["period_month"], january, self.as_of)
        ]
        spent = float(sum(f["disbursed"] or 0 for f in rows))
        return spent, float(sum(f["allocated"] or 0 for f in rows))

    def I1304(self, keep):
        rows = [
            c
            for c in self.rows("coordination_case")
            if keep(c["county_code"]) and self.within(c["opened_at"])
        ]
        return self.rate(rows, lambda c: self.by(c["closed_at"]))

    def population(self, by, group):
        """I0102's denominator, None when the region has no row."""
        rows = [
            r
            for r in self.rows("region_population")
            if r["stat_year"] is not None and r["stat_year"] <= self.as_of.year
        ]
        latest = max((r["stat_year"] for r in rows), default=None)
        counties = regions(self.registry, "county")
        people = [
            r["registered_population"]
            for r in rows
            if r["stat_year"] == latest
            and r["registered_population"] is not None
            and (r["region_code"] in counties if by == "city" else r["region_code"] == group)
        ]
        return sum(people) if people else None


def application_due(a, as_of):
    if a["applied_for"] == "relapse_monitored":
        return a["accepted_on"] + timedelta(days=limit("relapse.identify", as_of))
    return due_day(a["accepted_on"], total_limit(a, as_of))


def total_limit(a, as_of):
    extended = a["extended"] == 1
    return limit("application.total_extended" if extended else "application.total", as_of)


def over_limit(a, end, as_of):
    if a["applied_for"] == "relapse_monitored":
        return (end - a["accepted_on"]).days > limit("relapse.identify", as_of)
    return workdays(a["accepted_on"], end) > total_limit(a, as_of)


def w_programmes(figures):
    tables = {p["programme_code"]: p["evidence_table"] for p in table("programmes")}
    return {p for p, name in tables.items() if figures.w.has(name)}


def indicators(registry, as_of, since, by):
    figures = Figures(registry, as_of, since)
    rows = []
    for entry in table("indicators"):
        for group in groups(figures, entry, by):
            rows.append(figure(figures, entry, by, group))
    return rows


def of_bases(i, as_of):
    codes = [p["programme_code"] for p in table("programmes")]
    return [p for p in codes if basis(p, as_of) in BASES[i] and UNITS.get(i) in (None, unit(p))]


def groups(figures, entry, by):
    i, registry = entry["id"], figures.registry
    sums = i in BASES
    match by:
        case "township" if i == "I1201":
            return []
        case "county" | "township" if i == "I0401":
            return []
        case "township" | "category" | "department" | "programme" if i == "I0895":
            return []
        case "city" | "county" | "township":
            return regions(registry, by)
        case "category":
            return ORDER if i in PERSONS or sums else []
        case "department" if i in REFERRALS:
            return waiting.departments(registry, figures.as_of)
        case "department" if sums:
            return {operators(figures.as_of)[p] for p in of_bases(i, figures.as_of)}
        case "programme" if i in REFERRALS:
            return list(TASK_ROW)
        case "programme" if sums:
            return of_bases(i, figures.as_of)
        case "programme" if i in OF_PROGRAMMES:
            return OF_PROGRAMMES[i]
        case "task_row" if sums:
            return {TASK_ROW[p] for p in of_bases(i, figures.as_of)}
        case "task_row":
            return entry["task_rows"].split("|")
    return []


def counted(figures, i, by, group):
    """(numerator, denominator) of a group, or None when a source is absent."""
    if any(i in ids and name not in figures.registry for name, ids in NEEDS.items()):
        return None
    level = by if by in LEVELS else "city"

    def inside(region):
        return in_group(region, level, group)

    def person(p):
        return belongs(figures.w, p, by if by == "category" else level, group)

    if i in BASES:
        own = {
            "programme": lambda p: p,
            "department": operators(figures.as_of).get,
            "task_row": TASK_ROW.get,
        }
        chosen = [p for p in of_bases(i, figures.as_of) if by not in own or own[by](p) == group]
        chosen = [p for p in chosen if p != "P0932" or by == "programme"]
        statuses = {figures.coverage.status(p) for p in chosen}
        if "ok" not in statuses:
            return "off_season" if "off_season" in statuses else None
        return figures.programmes(i, chosen, person)
    if i in PERSONS:
        return figures.persons(i, person)
    if i == "I0102":
        people = figures.population(level, group)
        return None if people is None else (figures.persons("I0101", person)[0], people)
    if i in REFERRALS:

        def keep(r):
            code = r["programme_code"]
            match by:
                case "department":
                    return r["to_dept"] == group
                case "programme":
                    return code == group
                case "task_row" if i == "I0903":
                    return TASK_ROW.get(code) == group
            return inside(r["region_code"])

        if i in ("I0721", "I0722"):
            return waiting.response_times(figures.registry, figures.since, figures.as_of, keep)
        return figures.referrals(i, keep)
    if i == "I0709":
        return waiting.routing_times(figures.registry, figures.since, figures.as_of, inside)
    if i == "I1201" and by == "programme":
        rows = [r for r in figures.rows("programme_policy") if r["programme_code"] == group]
        narrowed = Figures.__new__(Figures)
        narrowed.registry = figures.registry | {"programme_policy": rows}
        narrowed.as_of = figures.as_of
        return narrowed.I1201(lambda region: True)
    if by == "programme":
        return getattr(figures, i)(lambda region: True, [group])
    return figures.regional(i, inside)


def compared_sums(registry, days):
    """(indicator, by, group) -> a sum on two days over the programmes that compare, those left."""
    both = [Figures(registry, d, d) for d in days]
    return {
        (entry["id"], by, group): compared_sum(both, entry["id"], by, group)
        for entry in table("indicators")
        if entry["id"] in BASES
        for by in (*LEVELS, "category", "department", "task_row", "programme")
        for group in groups(both[0], entry, by)
    }


def compared_sum(both, i, by, group):
    as_of = both[0].as_of
    own = {"department": operators(as_of).get, "task_row": TASK_ROW.get, "programme": lambda p: p}
    chosen = [p for p in of_bases(i, as_of) if by not in own or own[by](p) == group]
    chosen = [p for p in chosen if p != "P0932" or by == "programme"]

    def status(f, p):
        late = phase(f.coverage.programmes[p], f.as_of)[0]
        return "early" if f.coverage.status(p) == "ok" and late else f.coverage.status(p)

    left = [
        p
        for p in chosen
        if any(status(f, p) in ("ok", "early") for f in both)
        and not all(status(f, p) == "ok" for f in both)
    ]
    rest = [p for p in chosen if p not in left and status(both[0], p) == "ok"]
    if (i == "I0894" and left) or not rest:
        return (None, None), left
    found = []
    for f in both:

        def person(p, w=f.w):
            level = by if by in (*LEVELS, "category") else "city"
            return belongs(w, p, level, group)

        good, due = f.programmes(i, rest, person)
        found.append(good if due is None else 100 * good / due if due else None)
    return tuple(found), left


def figure(figures, entry, by, group):
    i, unit = entry["id"], entry["unit"]
    row = {"id": i, "name": entry["name"], "unit": unit, "group": group}
    row |= dict.fromkeys(("numerator", "denominator", "value", "lower", "upper"))
    found = counted(figures, i, by, group)
    if found is None:
        return row | {"status": "no_data"}
    if isinstance(found, str):
        return row | {"status": found}
    if isinstance(found, list):
        return row | quantile(found, 0.1 if i == "I0722" else 0.5)
    numerator, denominator = found
    if denominator is None:
        return row | {"numerator": numerator, "value": numerator, "status": "ok"}
    row |= {"numerator": numerator, "denominator": denominator}
    if denominator == 0:
        return row | {"status": "undefined"}
    percent = 100 if unit == "%" else 1
    row |= {"value": numerator / denominator * percent, "status": "ok"}
    if unit == "%" and i != "I1303":
        row["lower"], row["upper"] = wilson(numerator, denominator)
    return row


def quantile(times, level):
    curve = kaplan_meier(times)
    found = {"numerator": sum(e for _, e in times), "denominator": len(times)}
    if not times:
        return found | {"status": "undefined"}
    value = reached(curve, 4, level)
    found |= {"lower": reached(curve, 5, level), "upper": reached(curve, 6, level)}
    return found | {"value": value, "status": "ok" if value is not None else "not_reached"}
