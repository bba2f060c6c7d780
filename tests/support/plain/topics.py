"""Topics of the task pages, households and mean assistance, counted case by case.

`docs/definitions.md`, “悬崖效应图”.
"""

from datetime import date, timedelta
from decimal import Decimal

from plain.coverage import Coverage, basis
from plain.world import World, due_day, happened, holds, in_months, in_period, limit, workdays

STEPS = {
    "township_review": ("accepted_on", "township_reviewed_on", "application.township_review"),
    "county_confirm": ("county_received_on", "decided_on", "application.county_confirm"),
    "upload": ("decided_on", "uploaded_at", "upload.result"),
}

CASH = ("cash", "fee_reduction", "fee_subsidy")


def add(counts, part, met, whole=1):
    good, all_of = counts.get(part or "", (0, 0))
    counts[part or ""] = good + met, all_of + whole


def application_step(registry, as_of, since):
    counts = {}
    for r in registry["application"]:
        for step, (start, end, rule) in STEPS.items():
            if happened(r[start], as_of) and in_period(r[end], since, as_of):
                add(counts, step, workdays(r[start], r[end]) <= limit(rule, as_of))
    return counts


def appeal_due(r, as_of):
    if r["handling_mode"] == "on_site":
        return r["accepted_at"].date() + timedelta(days=limit("appeal.on_site", as_of))
    if r["handling_mode"] is None:
        return None
    return due_day(r["accepted_at"], limit(f"appeal.{r['handling_mode']}", as_of))


def appeal_mode(registry, as_of, since):
    counts = {}
    for r in registry["appeal"]:
        if not happened(r["accepted_at"], as_of):
            continue
        due = appeal_due(r, as_of)
        if due is None or not since <= due <= as_of:
            continue
        good = happened(r["resolved_at"], as_of)
        if good and r["handling_mode"] == "on_site":
            days = (r["resolved_at"].date() - r["accepted_at"].date()).days
            good = days <= limit("appeal.on_site", as_of)
        elif good:
            most = limit(f"appeal.{r['handling_mode']}", as_of)
            good = workdays(r["accepted_at"], r["resolved_at"]) <= most
        add(counts, r["handling_mode"], good)
    return counts


def appeal_again(registry, as_of, since):
    counts = {}
    for r in registry["appeal"]:
        if in_period(r["accepted_at"], since, as_of):
            again = r["repeat_of"] is not None or r["escalated_to_petition"] == 1
            add(counts, r["handling_mode"], again)
    return counts


def appeal_satisfaction(registry, as_of, since):
    counts = {}
    for r in registry["appeal"]:
        said = r["satisfaction"] not in (None, "none")
        if said and in_period(r["resolved_at"], since, as_of):
            add(counts, r["satisfaction"], r["satisfaction"] in ("satisfied", "basic"))
    return counts


def visit_role(registry, as_of, since):
    counts = {}
    for r in registry["field_visit"]:
        if in_period(r["visited_on"], since, as_of):
            add(counts, r["visitor_role"], r["finding_code"] == "potential_eligible")
    return counts


FIRST_AID = ("small_amount_first", "assist_first")


def emergency(registry, as_of, since, part):
    counts = {}
    for r in registry["emergency_case"]:
        if in_period(r["reported_at"], since, as_of):
            good = happened(r["first_aid_at"], as_of)
            hours = timedelta(hours=limit("emergency.first_aid", as_of))
            add(counts, part(r), good and r["first_aid_at"] - r["reported_at"] <= hours)
    return counts


def emergency_mode(registry, as_of, since):
    return emergency(registry, as_of, since, lambda r: r["mode_code"])


def emergency_home(registry, as_of, since):
    return emergency(
        registry, as_of, since, lambda r: "nonlocal" if r["is_nonlocal"] == 1 else "local"
    )


def band(value, ends):
    for end in ends:
        if value <= end:
            return str(end)
    return "over"


def aid_hours(registry, as_of, since):
    first = [r for r in registry["emergency_case"] if r["mode_code"] in FIRST_AID]

    def part(r):
        if not happened(r["first_aid_at"], as_of):
            return "open"
        return band((r["first_aid_at"] - r["reported_at"]) / timedelta(hours=1), (6, 12, 24, 48))

    return emergency({"emergency_case": first}, as_of, since, part)


def paperwork_days(registry, as_of, since):
    counts = {}
    for r in registry["emergency_case"]:
        if r["mode_code"] not in FIRST_AID or not in_period(r["relieved_on"], since, as_of):
            continue
        done = happened(r["paperwork_done_on"], as_of)
        days = workdays(r["relieved_on"], r["paperwork_done_on"]) if done else None
        part = band(days, (5, 10, 15, 20)) if done else "open"
        add(counts, part, done and days <= limit("emergency.paperwork", as_of))
    return counts


def paperwork_severity(registry, as_of, since):
    counts = {}
    for r in registry["emergency_case"]:
        if r["mode_code"] not in FIRST_AID or not happened(r["relieved_on"], as_of):
            continue
        most = limit("emergency.paperwork", as_of)
        if not since <= due_day(r["relieved_on"], most) <= as_of:
            continue
        done = happened(r["paperwork_done_on"], as_of)
        good = done and workdays(r["relieved_on"], r["paperwork_done_on"]) <= most
        add(counts, r["severity"], good)
    return counts


def silence(registry, as_of, since):
    counts = {}
    for r in registry["referral"]:
        if in_period(r["sent_at"], since, as_of):
            steps = ("accepted_at", "returned_at", "responded_at", "feedback_at")
            add(counts, r["to_dept"], not any(happened(r[step], as_of) for step in steps))
    return counts


def merged(registry, as_of, since):
    counts = {}
    for r in registry["warning"]:
        if in_period(r["raised_at"], since, as_of):
            add(counts, r["source_channel"], r["duplicate_of"] is not None)
    return counts


def service_type(registry, as_of, since):
    counts = {}
    for r in registry["service_record"]:
        if in_period(r["planned_on"], since, as_of):
            add(counts, r["service_type"], happened(r["served_on"], as_of))
    return counts


def case_reason(registry, as_of, since):
    counts = {}
    for r in registry["coordination_case"]:
        if in_period(r["opened_at"], since, as_of):
            add(counts, r["reason_code"], happened(r["closed_at"], as_of))
    return counts


def case_undecided(registry, as_of):
    counts = {}
    for r in registry["coordination_case"]:
        if happened(r["opened_at"], as_of) and not happened(r["decided_at"], as_of):
            late = workdays(r["opened_at"], as_of) > limit("coordination.decide", as_of)
            add(counts, r["reason_code"], late)
    return counts


def fund(registry, as_of, since):
    counts = {}
    for r in registry["fund_ledger"]:
        if in_period(r["period_month"], since, as_of):
            spent, given = (float(r[c] or 0) for c in ("disbursed", "allocated"))
            add(counts, r["programme_code"], spent, given)
    return counts


def match(registry, as_of, since):
    counts = {}
    for r in registry["match_run"]:
        if in_period(r["run_at"], since, as_of):
            add(counts, r["dept_code"], r["hit_count"] or 0, r["input_count"] or 0)
    return counts


def submission(registry, as_of, since):
    counts = {}
    for r in registry["data_submission"]:
        if in_period(r["due_at"], since, as_of):
            good = happened(r["submitted_at"], as_of) and r["submitted_at"] <= r["due_at"]
            add(counts, r["dataset_code"], good)
    return counts


def aid_given(registry, as_of, since):
    """Of programmes without a gap basis; of every emergency and service."""
    counts = {}
    for r in registry.get("benefit_event", []):
        if basis(r["programme_code"], as_of) == "none" and in_period(
            r["occurred_on"], since, as_of
        ):
            add(counts, r["programme_code"], float(r["amount"] or 0))
    for r in registry.get("emergency_case", []):
        if in_period(r["first_aid_at"], since, as_of):
            add(counts, r["programme_code"], float(r["total_amount"] or 0))
    for r in registry.get("service_record", []):
        if in_period(r["served_on"], since, as_of):
            add(counts, r["programme_code"], 0)
    return counts


def medical_aid(registry, as_of, since):
    counts = {}
    for r in registry["benefit_event"]:
        medical = ("P0913", "P0914", "P0915", "P0916")
        if r["programme_code"] in medical and in_period(r["occurred_on"], since, as_of):
            add(counts, r["programme_code"], float(r["amount"] or 0))
    return counts


def aided(registry, as_of, since):
    return [
        r
        for r in registry["emergency_case"]
        if r["programme_code"] in ("P1001", "P1003") and in_period(r["first_aid_at"], since, as_of)
    ]


def temporary_aid(registry, as_of, since):
    counts = {}
    for r in aided(registry, as_of, since):
        add(counts, r["programme_code"], float(r["total_amount"] or 0))
    return counts


def aid_cause(registry, as_of, since):
    counts = {}
    for r in aided(registry, as_of, since):
        add(counts, r["cause_code"], float(r["total_amount"] or 0))
    return counts


def small_amount(registry, as_of, since):
    counts = {}
    for r in aided(registry, as_of, since):
        if r["mode_code"] == "small_amount_first" and r["first_amount"] is not None:
            add(
                counts,
                r["severity"],
                r["first_amount"] > limit("emergency.small_amount_cap", as_of),
            )
    return counts


def service_purchased(registry, as_of, since):
    counts = {}
    for r in registry["service_record"]:
        if in_period(r["planned_on"], since, as_of):
            part = {None: None, 1: "purchased"}.get(r["purchased"], "own")
            add(counts, part, happened(r["served_on"], as_of))
    return counts


TOPICS = {
    "aid_given": ("person", aid_given),
    "medical_aid": ("benefit_event", medical_aid),
    "temporary_aid": ("emergency_case", temporary_aid),
    "aid_cause": ("emergency_case", aid_cause),
    "small_amount": ("emergency_case", small_amount),
    "service_purchased": ("service_record", service_purchased),
    "application_step": ("application", application_step),
    "appeal_mode": ("appeal", appeal_mode),
    "appeal_again": ("appeal", appeal_again),
    "appeal_satisfaction": ("appeal", appeal_satisfaction),
    "visit_role": ("field_visit", visit_role),
    "emergency_mode": ("emergency_case", emergency_mode),
    "emergency_home": ("emergency_case", emergency_home),
    "aid_hours": ("emergency_case", aid_hours),
    "paperwork_days": ("emergency_case", paperwork_days),
    "paperwork_severity": ("emergency_case", paperwork_severity),
    "silence": ("referral", silence),
    "merged": ("warning", merged),
    "service_type": ("service_record", service_type),
    "case_reason": ("coordination_case", case_reason),
    "fund": ("fund_ledger", fund),
    "match": ("match_run", match),
    "submission": ("data_submission", submission),
}


def chain(registry, as_of):
    """(links, programme) -> (households entitled, of them missing it); "" is the household."""
    found = Coverage(registry, as_of)
    firm = [p for p in found.in_season if basis(p, as_of) == "firm"]
    counts = {}
    for members in found.w.households.values():
        marks = {p: [found.marks[p][m] for m in members if m in found.marks[p]] for p in firm}
        entitled = [p for p in firm if any(m["eligible"] for m in marks[p])]
        missing = [p for p in firm if any(m["gap"] for m in marks[p])]
        if not entitled:
            continue
        add(counts, (len(entitled), ""), bool(missing))
        for p in entitled:
            add(counts, (len(entitled), p), p in missing)
    return counts


def cliff(registry, as_of):
    """category -> (persons, mean yuan a month)."""
    found = Coverage(registry, as_of)
    sums = {}
    for person, spell in found.w.main.items():
        money = sum(
            (r["monthly_amount"] or Decimal(0))
            for r in registry["benefit_spell"]
            if r["person_key"] == person and holds(r, as_of)
        )
        events = [
            r["amount"] or Decimal(0)
            for r in registry.get("benefit_event", [])
            if r["person_key"] == person
            and r["form_code"] in CASH
            and in_months(r["occurred_on"], 12, as_of)
        ]
        money += sum(events, Decimal(0)) / 12
        persons, total = sums.get(spell["category_code"], (0, 0))
        sums[spell["category_code"]] = persons + 1, total + money
    return {c: (n, float(total) / n) for c, (n, total) in sums.items()}


def monitored_kind(registry, as_of):
    """Kind -> (of them also in dibao or tekun, monitored persons)."""
    world, counts = World(registry, as_of), {}
    for spells in world.spells.values():
        held = {s["category_code"] for s in spells}
        if "relapse_monitored" in held:
            kinds = {s["sub_code"] for s in spells if s["category_code"] == "relapse_monitored"}
            for kind in kinds - {None} or {None}:
                add(counts, kind, bool(held & {"dibao", "tekun"}))
    return counts


def insured(registry, as_of):
    """Category -> (insured, registered); and category -> (premium paid this year, insured)."""
    world, in_all, paid = World(registry, as_of), {}, {}
    for person, main in world.main.items():
        spells = world.rows("circumstance_spell", person)
        holds_it = any(
            s["circumstance_code"] == "resident_insurance" and holds(s, as_of) for s in spells
        )
        add(in_all, main["category_code"], holds_it)
        if holds_it:
            premiums = [
                e
                for e in world.rows("benefit_event", person)
                if e["programme_code"] in ("P0911", "P0912")
                and e["period_code"] == str(as_of.year)
                and happened(e["occurred_on"], as_of)
            ]
            add(paid, main["category_code"], bool(premiums))
    return in_all, paid


def target_group(registry, as_of):
    start = as_of.replace(month=3 * ((as_of.month - 1) // 3) + 1, day=1)
    return visited_since(registry, as_of, start)


def visited_since(registry, as_of, start=date.min):
    quarter = f"{as_of.year}Q{(as_of.month - 1) // 3 + 1}"
    seen = {
        r["household_key"]
        for r in registry["field_visit"]
        if r["household_key"] is not None and in_period(r["visited_on"], start, as_of)
    }
    counts = {}
    for r in registry["visit_target"]:
        if r["period_code"] == quarter:
            add(counts, r["target_group"], r["household_key"] in seen)
    return counts
