"""Topics of the task pages, households and mean assistance, counted case by case."""

from datetime import timedelta
from decimal import Decimal

from plain.coverage import Coverage, basis
from plain.world import due_day, happened, holds, in_months, in_period, limit, workdays

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
                add(counts, step, workdays(r[start], r[end]) <= limit(rule))
    return counts


def appeal_due(r):
    if r["handling_mode"] == "on_site":
        return r["accepted_at"].date() + timedelta(days=limit("appeal.on_site"))
    if r["handling_mode"] is None:
        return None
    return due_day(r["accepted_at"], limit(f"appeal.{r['handling_mode']}"))


def appeal_mode(registry, as_of, since):
    counts = {}
    for r in registry["appeal"]:
        if not happened(r["accepted_at"], as_of):
            continue
        due = appeal_due(r)
        if due is None or not since <= due <= as_of:
            continue
        good = happened(r["resolved_at"], as_of)
        if good and r["handling_mode"] == "on_site":
            days = (r["resolved_at"].date() - r["accepted_at"].date()).days
            good = days <= limit("appeal.on_site")
        elif good:
            most = limit(f"appeal.{r['handling_mode']}")
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


def emergency_mode(registry, as_of, since):
    counts = {}
    for r in registry["emergency_case"]:
        if in_period(r["reported_at"], since, as_of):
            good = happened(r["first_aid_at"], as_of)
            hours = timedelta(hours=limit("emergency.first_aid"))
            add(counts, r["mode_code"], good and r["first_aid_at"] - r["reported_at"] <= hours)
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


TOPICS = {
    "application_step": ("application", application_step),
    "appeal_mode": ("appeal", appeal_mode),
    "appeal_again": ("appeal", appeal_again),
    "appeal_satisfaction": ("appeal", appeal_satisfaction),
    "visit_role": ("field_visit", visit_role),
    "emergency_mode": ("emergency_case", emergency_mode),
    "service_type": ("service_record", service_type),
    "case_reason": ("coordination_case", case_reason),
    "fund": ("fund_ledger", fund),
    "match": ("match_run", match),
    "submission": ("data_submission", submission),
}


def chain(registry, as_of):
    """(links, programme) -> (households entitled, of them missing it); "" is the household."""
    found = Coverage(registry, as_of)
    firm = [p for p in found.computable if basis(p) == "firm"]
    households = {}
    for person, spell in found.w.main.items():
        households.setdefault(spell["household_key"] or ("alone", person), []).append(person)
    counts = {}
    for members in households.values():
        entitled = [p for p in firm if any(found.marks[p][m]["eligible"] for m in members)]
        missing = [p for p in firm if any(found.marks[p][m]["gap"] for m in members)]
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


def target_group(registry, as_of):
    quarter = f"{as_of.year}Q{(as_of.month - 1) // 3 + 1}"
    start = as_of.replace(month=3 * ((as_of.month - 1) // 3) + 1, day=1)
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
