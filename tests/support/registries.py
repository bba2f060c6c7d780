"""Generated registries: tiny, and full of the edges that definitions speak of."""

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from data.reference.policy_tables import table
from data.registry.contract import OPTIONAL, TABLES

Registry = dict[str, list[dict]]

AS_OF = [
    date(2026, 10, 31),
    date(2026, 10, 9),
    date(2026, 2, 28),
    date(2024, 2, 29),
    date(2025, 12, 1),
    date(2026, 9, 1),
    date(2025, 11, 30),
    date(2026, 5, 6),
    # The first and last days of what each season pays, ends and begins with.
    date(2026, 1, 1),
    date(2026, 2, 28),
    date(2026, 3, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 4, 30),
    date(2026, 5, 1),
    date(2026, 5, 31),
    date(2026, 6, 1),
    date(2026, 7, 31),
    date(2026, 8, 1),
    date(2026, 8, 31),
    date(2025, 11, 1),
    date(2025, 12, 31),
]

COUNTIES = ["621202", "621221"]
TOWNSHIPS = ["621202001", "621202002", "621221001"]
PLACES = [*TOWNSHIPS, *TOWNSHIPS, "621202001003", "621221", None]
PROGRAMMES = table("programmes")["programme_code"].to_list()
WINDOWS = dict(table("programmes").select("programme_code", "coverage_window").rows())
EVIDENCE = dict(table("programmes").select("programme_code", "evidence_table").rows())
CATEGORIES = ["dibao", "tekun", "dibao_margin", "relapse_monitored", "rigid_expenditure", "other"]
SUB_CODES = {
    "tekun": ["tekun_scattered", "tekun_central"],
    "relapse_monitored": ["unstable_escaped", "marginal_prone", "sudden_hardship"],
}
CIRCUMSTANCES = [
    "disability",
    "major_disease",
    "chronic_long_term",
    "student",
    "student",
    "unemployed",
    "labour_capable",
    "job_willing",
    "startup_willing",
    "market_hard_to_employ",
    "zero_employment_household",
    "urban_housing_difficulty",
    "rural_housing_unsafe",
    "need_care",
    "other_special_difficulty",
    "resident_insurance",
    "resident_insurance",
]
EVENTS = [
    "designated_inpatient_cost",
    "long_term_outpatient_cost",
    "medical_aid_received",
    "in_province",
    "insured_place_designated",
    "referral_standard",
    "burden_still_heavy",
    "emergency_treatment",
    "identity_unknown",
    "unable_to_pay",
    "student_loan",
    "hired_by_enterprise",
    "disaster_emergency_stage",
    "disaster_transition_stage",
    "drought_difficulty",
    "winter_spring_difficulty",
    "house_damaged_by_disaster",
    "emergency_event",
    "vagrant",
    "death",
    "severity_minor",
    "severity_serious",
]
STAGES = ["preschool", "primary", "junior", "senior_high", "vocational", "higher"]
DEPARTMENTS = ["education", "housing", "medical_security", "civil_affairs", "some_office"]


class Maker:
    """Draws rows around an as-of day from one seeded source."""

    def __init__(self, seed: int, as_of: date):
        self.r, self.as_of = random.Random(seed), as_of
        count = self.r.randint(2, 12)
        self.people = [f"p{i}" for i in range(count)]
        self.homes = [f"h{i}" for i in range(max(1, count // 2))]

    def pick(self, *options):
        return self.r.choice(options)

    def maybe(self, value, share=0.5):
        return value if self.r.random() < share else None

    def day(self) -> date:
        """Near the as-of day, near the edges of windows, or somewhere in four years."""
        near = self.r.randint(-45, 12)
        edge = self.pick(-365, -366, -364, -91, -92, -90, -30, 0, 1) + self.r.randint(-1, 1)
        return self.as_of + timedelta(days=self.pick(near, near, edge, self.r.randint(-1200, 40)))

    def recent(self) -> date:
        return self.as_of + timedelta(days=self.r.randint(-70, 4))

    def later(self, start: date, most: int = 60) -> date | None:
        return self.maybe(start + timedelta(days=self.r.randint(0, most)), 0.7)

    def at(self, day: date | None, hour: int = 9) -> datetime | None:
        return day and datetime.combine(day, time(hour, self.r.randint(0, 59)))

    def after(self, moment: datetime | None, share: float = 0.6, most: int = 45):
        """A later moment; now and then a dirty earlier one."""
        if moment is None or self.r.random() > share:
            return None
        if self.r.random() < 0.02:
            return moment - timedelta(days=1)
        return moment + timedelta(days=self.pick(0, 1, self.r.randint(0, most)), hours=3)

    def spell(self, share_ended: float = 0.4) -> dict:
        start = self.day()
        end = self.maybe(start + timedelta(days=self.pick(0, 1, 30, 200, 400, 900)), share_ended)
        if end and self.r.random() < 0.03:
            end = start - timedelta(days=3)
        return {"valid_from": start, "valid_to": end}

    def period(self, programme: str) -> str | None:
        year = self.as_of.year + self.pick(0, 0, 0, -1, 1)
        window = WINDOWS[programme]
        if window == "insurance_year":
            return str(year)
        if window in ("school_year", "heating_season", "winter_spring"):
            first = year - self.pick(0, 1)
            return f"{first}-{first + 1}"
        return None

    def money(self) -> Decimal | None:
        return self.maybe(Decimal(self.r.randint(0, 90_000)) / 100, 0.9)


def _rows(maker: Maker, name: str, make, most: int) -> list[dict]:
    """Up to `most` rows with every contract column; now and then a key stands twice."""
    columns = [column.name for column in TABLES[name].columns]
    keys = [column.name for column in TABLES[name].primary_key]
    rows = []
    for i in range(maker.r.randint(0, most)):
        row = dict.fromkeys(columns)
        if len(keys) == 1:
            row[keys[0]] = f"{name[:4]}{i if maker.r.random() > 0.02 else 0}"
        rows.append(row | make(maker))
    return rows


def _regions(maker: Maker) -> list[dict]:
    levels = [("621200", "city")]
    levels += [(c, "county") for c in COUNTIES] + [(t, "township") for t in TOWNSHIPS]
    columns = [column.name for column in TABLES["region"].columns]
    return [
        dict.fromkeys(columns)
        | {"region_code": code, "region_level": level, "region_name": code, "sort_order": i}
        for i, (code, level) in enumerate(levels)
    ]


def _people(maker: Maker) -> list[dict]:
    ages = [1, 5, 17, 18, 19, 40, 70]
    return [
        {
            "person_key": p,
            "sex": maker.pick("male", "female", "female", "male", "male", "unknown")
            if maker.r.random() < 0.1
            else "male",
            "birth_month": maker.maybe(
                date(maker.as_of.year - maker.pick(*ages), maker.pick(1, maker.as_of.month, 12), 1),
                0.95,
            ),
            "death_date": maker.maybe(maker.day(), 0.15),
        }
        for p in maker.people
        if maker.r.random() < 0.95
    ]


def _category(m: Maker) -> dict:
    category = m.pick(*CATEGORIES)
    spell = m.spell()
    if category == "relapse_monitored" and m.r.random() < 0.5:
        spell["valid_to"] = m.recent()
    return spell | {
        "person_key": m.pick(*m.people),
        "household_key": m.maybe(m.pick(*m.homes), 0.8),
        "category_code": category if m.r.random() > 0.01 else "unheard_of",
        "sub_code": m.maybe(m.pick(*SUB_CODES[category])) if category in SUB_CODES else None,
        "end_reason": m.pick("risk_removed", "risk_removed", "income_over", None),
        "region_code": m.pick(*PLACES),
        "residence_type": m.pick("urban", "rural"),
    }


def _circumstance(m: Maker) -> dict:
    code = m.pick(*CIRCUMSTANCES)
    attributes = {
        "disability": (
            m.pick("1", "2", "3", "4"),
            m.pick("intellectual", "mental", "physical", "visual"),
        ),
        "student": (m.pick(*STAGES), None),
        "rural_housing_unsafe": (m.pick("C", "D"), None),
    }
    attr1, attr2 = attributes.get(code, (None, None))
    return m.spell(0.3) | {
        "person_key": m.pick(*m.people),
        "circumstance_code": code,
        "attr1": attr1,
        "attr2": attr2,
    }


def _hardship(m: Maker) -> dict:
    start = m.day()
    return {
        "person_key": m.pick(*m.people),
        "event_code": m.pick(*EVENTS),
        "occurred_on": start,
        "window_to": m.maybe(start + timedelta(days=m.pick(0, 30, 90, 400)), 0.5),
    }


def _policy_rows(m: Maker) -> list[dict]:
    columns = [column.name for column in TABLES["programme_policy"].columns]
    rows = {}
    for _ in range(m.r.randint(0, 14)):
        row = dict.fromkeys(columns) | m.spell(0.3)
        row |= {
            "programme_code": m.pick("P0912", "P1201", "P1202", "P1203", "P1204", "P1205"),
            "region_code": m.pick(*COUNTIES, "621202001"),
            "category_code": m.pick("any", "any", *CATEGORIES),
            "in_scope": m.pick(1, 1, 1, 0),
        }
        key = (row["programme_code"], row["region_code"], row["category_code"], row["valid_from"])
        rows[key] = row
    return list(rows.values())


def _benefit_spell(m: Maker) -> dict:
    spells = [p for p in PROGRAMMES if EVIDENCE[p] == "benefit_spell"]
    return m.spell() | {
        "person_key": m.maybe(m.pick(*m.people), 0.97),
        "household_key": m.maybe(m.pick(*m.homes), 0.8),
        "programme_code": m.pick(
            *("P0801", "P0801", "P0802", "P0804", "P0931", "P0932", "P1203"), *spells
        ),
        "region_code": m.pick(*PLACES),
        "monthly_amount": m.money(),
        "grace_until": m.maybe(m.day(), 0.2),
    }


def _benefit_event(m: Maker) -> dict:
    programme = m.pick(*[p for p in PROGRAMMES if EVIDENCE[p] == "benefit_event"])
    return {
        "person_key": m.pick(*m.people),
        "programme_code": programme,
        "region_code": m.pick(*PLACES),
        "occurred_on": m.maybe(m.day(), 0.97),
        "period_code": m.period(programme),
        "amount": m.money(),
        "form_code": m.pick("cash", "fee_reduction", "fee_subsidy", "in_kind", "service"),
    }


RESULTS = ["true_need", "true_need", "no_longer_eligible", "no_longer_eligible", "data_error", None]


def _warning(m: Maker) -> dict:
    raised = m.at(m.pick(m.recent(), m.recent(), m.day()))
    return {
        "direction": m.pick("entry", "exit"),
        "kind_code": m.pick("income_drop", "death", "medical_cost"),
        "source_channel": m.pick("data_match", "field_visit", "appeal", "dept_push"),
        "person_key": m.maybe(m.pick(*m.people), 0.9),
        "region_code": m.pick(*PLACES),
        "programme_code": m.maybe(m.pick("P0801", "P0802", "P0946", "P0933", "P0000"), 0.7),
        "raised_at": raised,
        "verified_at": m.after(raised, 0.7),
        "verify_result": m.pick(*RESULTS),
        "closed_at": m.after(raised, 0.15),
        "outcome_code": m.pick("enrolled", "assisted", "coordinated", "no_action", None),
        "duplicate_of": m.maybe("warn0", 0.1),
    }


def _referral(m: Maker) -> dict:
    # Limits of 20 to 180 working days: sent up to a year ago, answered up to ten months later.
    long_ago = m.as_of - timedelta(days=m.r.randint(20, 300))
    sent, most = m.at(m.pick(m.recent(), m.recent(), long_ago, m.day())), m.pick(40, 40, 110, 300)
    return {
        "warning_id": m.maybe(f"warn{m.pick(1, 2, m.r.randint(0, 23))}", 0.6),
        "person_key": m.pick(*m.people),
        "programme_code": m.maybe(
            m.pick("P1206", "P0801", "P0931", "P0932", "P0933", *PROGRAMMES), 0.95
        ),
        "region_code": m.pick(*PLACES),
        "to_dept": m.maybe(m.pick(*DEPARTMENTS), 0.95),
        "sent_at": sent,
        "accepted_at": m.after(sent, 0.7, 5),
        "returned_at": m.after(sent, 0.25, 20),
        "responded_at": m.after(sent, 0.5, most),
        "feedback_at": m.after(sent, 0.4, most + 5),
        "outcome_code": m.pick("assisted", "not_eligible", "already_covered", "declined", None),
    }


def _case(m: Maker) -> dict:
    opened = m.at(m.recent())
    decided = m.after(opened, 0.6)
    return {
        "county_code": m.pick(*COUNTIES),
        "source_type": m.pick("warning", "warning", "referral"),
        "source_id": f"warn{m.r.randint(0, 14)}",
        "opened_at": opened,
        "decided_at": decided,
        "closed_at": m.after(decided or opened, 0.5),
    }


def _application(m: Maker) -> dict:
    accepted = m.recent()
    decided = m.later(accepted, 80)
    if m.r.random() < 0.3:
        # On, before and after the limit of calendar days.
        decided = accepted + timedelta(days=m.pick(14, 15, 16))
    return {
        "applied_for": m.pick("dibao", "tekun", "relapse_monitored", "P0803", None),
        "warning_id": m.maybe(f"warn{m.r.randint(0, 14)}", 0.7),
        "region_code": m.pick(*PLACES),
        "township_reviewed_on": m.later(accepted, 30),
        "accepted_on": m.maybe(accepted, 0.95),
        "decided_on": decided,
        "result_code": m.pick("approved", "rejected", "withdrawn", "pending"),
        "extended": m.pick(0, 1, None),
        "uploaded_at": m.after(m.at(decided), 0.8, 12),
    }


def _submission(m: Maker) -> dict:
    due = m.at(m.recent(), 18)
    return {
        "region_code": m.pick(*COUNTIES),
        "dataset_code": m.pick("low_income_registry", "relapse_monitored", "assistance_feedback"),
        "due_at": due,
        "submitted_at": m.maybe(due + timedelta(hours=m.pick(-30, -1, 0, 1, 30)), 0.8),
        "record_count": m.maybe(m.r.randint(0, 50), 0.9),
        "error_count": m.maybe(m.r.randint(0, 9), 0.9),
    }


def _appeal(m: Maker) -> dict:
    accepted = m.at(m.recent())
    return {
        "region_code": m.pick(*PLACES),
        "accepted_at": m.maybe(accepted, 0.9),
        "handling_mode": m.pick("on_site", "cadre_led", "joint", "supervised", None),
        "resolved_at": m.after(accepted, 0.7, 25),
        "repeat_of": m.maybe("appe0", 0.2),
        "escalated_to_petition": m.pick(0, 1, None),
    }


def _emergency(m: Maker) -> dict:
    reported = m.at(m.pick(m.recent(), m.day()))
    aided = m.maybe(reported + timedelta(hours=m.pick(1, 23, 24, 25, 90)), 0.8)
    relieved = m.later(reported.date() + timedelta(days=1), 20)
    return {
        "person_key": m.maybe(m.pick(*m.people), 0.8),
        "programme_code": m.pick("P1001", "P1001", "P1002", "P1003"),
        "incident_region": m.pick(*PLACES),
        "is_nonlocal": m.pick(0, 1, None),
        "cause_code": m.pick("fire", "sudden_illness", None),
        "severity": m.pick("minor", "serious", None),
        "first_amount": m.pick(Decimal(799), Decimal(800), Decimal("800.01"), None),
        "mode_code": m.pick("small_amount_first", "assist_first", "normal"),
        "reported_at": reported,
        "first_aid_at": aided,
        "total_amount": m.money(),
        "relieved_on": relieved,
        "paperwork_done_on": relieved and m.later(relieved, 20),
    }


def _service(m: Maker) -> dict:
    planned = m.day()
    return {
        "person_key": m.pick(*m.people),
        "programme_code": m.pick("P1101", "P1102", "P1103", "P1104"),
        "service_type": m.pick("visit", "care", None),
        "purchased": m.pick(0, 1, None),
        "region_code": m.pick(*PLACES),
        "planned_on": planned,
        "served_on": m.later(planned),
    }


def _visit(m: Maker) -> dict:
    return {
        "household_key": m.maybe(m.pick(*m.homes), 0.95),
        "region_code": m.pick(*PLACES),
        "visited_on": m.recent(),
        "finding_code": m.pick("no_issue", "potential_eligible"),
    }


def _targets(m: Maker) -> list[dict]:
    quarter = f"{m.as_of.year}Q{(m.as_of.month - 1) // 3 + 1}"
    return [
        {
            "period_code": m.pick(quarter, quarter, "2020Q1"),
            "household_key": home,
            "region_code": m.pick(*PLACES),
            "target_group": "other",
        }
        for home in m.homes
    ]


def _run(m: Maker) -> dict:
    return {"dept_code": m.maybe(m.pick(*DEPARTMENTS), 0.9), "run_at": m.at(m.recent())}


def _population(m: Maker) -> list[dict]:
    years = [m.as_of.year - 1, m.as_of.year, m.as_of.year + 1]
    return [
        {
            "region_code": code,
            "stat_year": year,
            "registered_population": m.maybe(m.r.randint(10, 900), 0.9),
            "source_note": None,
        }
        for year in years
        for code in [*COUNTIES, *TOWNSHIPS, "621200"]
        if m.r.random() < 0.7
    ]


def _funds(m: Maker) -> list[dict]:
    return [
        {
            "programme_code": programme,
            "region_code": county,
            "period_month": date(m.as_of.year - back, month, 1),
            "allocated": m.money(),
            "disbursed": m.money(),
            "paid_persons": None,
        }
        for programme in ("P0801", "P1001")
        for county in COUNTIES
        for back in (0, 1)
        for month in (1, m.as_of.month, 12)
        if m.r.random() < 0.6 and not (month == 1 == m.as_of.month)
    ]


def _meeting(m: Maker) -> dict:
    return {"held_on": m.maybe(m.day(), 0.95), "data_cutoff_on": m.day()}


def _item(m: Maker) -> dict:
    return {
        "meeting_id": f"join{m.r.randint(0, 3)}",
        "region_code": m.maybe(m.pick(*COUNTIES)),
        "due_on": m.maybe(m.day(), 0.9),
        "done_on": m.maybe(m.day()),
        "status_code": m.pick("open", "done", "cancelled", None),
    }


MAKERS = {
    "identification_spell": (_category, 22),
    "circumstance_spell": (_circumstance, 26),
    "hardship_event": (_hardship, 24),
    "benefit_spell": (_benefit_spell, 14),
    "benefit_event": (_benefit_event, 24),
    "application": (_application, 12),
    "match_run": (_run, 6),
    "warning": (_warning, 24),
    "referral": (_referral, 22),
    "coordination_case": (_case, 8),
    "data_submission": (_submission, 10),
    "field_visit": (_visit, 8),
    "appeal": (_appeal, 10),
    "emergency_case": (_emergency, 12),
    "service_record": (_service, 12),
    "joint_meeting": (_meeting, 4),
    "meeting_item": (_item, 8),
}

WHOLE = {
    "region": _regions,
    "person": _people,
    "programme_policy": _policy_rows,
    "visit_target": _targets,
    "region_population": _population,
    "fund_ledger": _funds,
}


def registry_of(seed: int, as_of: date, absent: frozenset[str]) -> Registry:
    """The registry of a seed without the absent optional tables."""
    maker = Maker(seed, as_of)
    made = {name: make(maker) for name, make in WHOLE.items()}
    made |= {name: _rows(maker, name, make, most) for name, (make, most) in MAKERS.items()}
    made["task_progress"] = []
    return {name: rows for name, rows in made.items() if name not in absent}


@dataclass(frozen=True)
class Case:
    """A generated registry by what makes it, so that a failing one prints as one line."""

    seed: int
    as_of: date
    since: date
    absent: frozenset[str]

    @property
    def registry(self) -> Registry:
        """The rows."""
        return registry_of(self.seed, self.as_of, self.absent)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A registry, an as-of day and the start of a period."""
    as_of = draw(st.sampled_from(AS_OF))
    some = st.frozensets(st.sampled_from(OPTIONAL), max_size=4)
    absent = draw(st.one_of(st.just(frozenset()), some))
    since = as_of - timedelta(days=draw(st.sampled_from([0, 5, 30, 400])))
    return Case(draw(st.integers(0, 2**32)), as_of, since, absent)
