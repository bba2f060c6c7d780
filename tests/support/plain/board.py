"""What the board shows beside the catalogue, counted case by case."""

from datetime import timedelta

from plain.waiting import (
    cases_for,
    due_referrals,
    gone_on,
    group_of,
    in_time,
    is_open,
    live_warnings,
    own_limit,
    sent_for,
    standings,
)
from plain.world import day, due_day, happened, in_period, limit, workdays

CONFIRMED = {"entry": "true_need", "exit": "no_longer_eligible"}
FOLLOWED = {
    "entry": ("enrolled", "assisted", "referred_assisted", "coordinated"),
    "exit": ("terminated",),
}


def tally(keys):
    counted = {}
    for key in keys:
        counted[key] = counted.get(key, 0) + 1
    return counted


PARTS = ("unverified", "unrouted", "own")


def without_destination(registry, as_of, by):
    cells = {}
    for s in standings(registry, as_of):
        if s.state in PARTS:
            cells.setdefault(group_of(s.w, by), []).append(s)
    return [
        {
            "group": group,
            "warnings": len(those),
            "overdue": sum(s.overdue for s in those),
            "oldest": max(s.wait for s in those),
            **{part: sum(s.state == part for s in those) for part in PARTS},
            **{
                f"due_{k}": sum(not s.overdue and workdays(as_of, s.due) < k for s in those)
                for k in (1, 3, 5)
            },
        }
        for group, those in cells.items()
    ]


def over_limit(registry, as_of):
    """(group, state, band) -> warnings without a destination, by working days over the limit."""
    return tally(
        ("621200", s.state, band(workdays(s.due, as_of), 40) if s.overdue else None)
        for s in standings(registry, as_of)
        if s.state in PARTS
    )


def returned_twice(registry, as_of, by):
    """group -> (warnings, overdue)"""
    found = {}
    for s in standings(registry, as_of):
        if s.returned_twice:
            n, late = found.get(group_of(s.w, by), (0, 0))
            found[group_of(s.w, by)] = n + 1, late + s.overdue
    return found


def paths(registry, as_of):
    """(source, department, result) -> warnings."""
    keys = []
    for s in standings(registry, as_of):
        w, now = s.w, s.state
        to = {r["to_dept"] for r in sent_for(registry, w, as_of)} - {None}
        department = "several" if len(to) > 1 else next(iter(to), None)
        if department is None and cases_for(registry, w, as_of):
            department = "coordination"
        result = (w["outcome_code"] or "closed") if now == "closed" else now
        keys.append((w["source_channel"], department, result))
    return tally(keys)


def yields(registry, as_of, since, by, direction):
    rows = {}
    for w in live_warnings(registry, as_of):
        if w["direction"] != direction or day(w["raised_at"]) < since:
            continue
        row = rows.setdefault(group_of(w, by), {"raised": 0, "confirmed": 0, "followed": 0})
        row["raised"] += 1
        right = w["verify_result"] == CONFIRMED[direction] and happened(w["verified_at"], as_of)
        row["confirmed"] += right
        done = happened(w["closed_at"], as_of) and w["outcome_code"] in FOLLOWED[direction]
        row["followed"] += right and done
    return rows


def weekly(registry, as_of, leaves, weeks):
    """(inflow, outflow, stock) of each week, oldest first."""
    spans = []
    for w in live_warnings(registry, as_of):
        gone = [day(w["closed_at"])] if happened(w["closed_at"], as_of) else []
        if leaves == "routed":
            gone += gone_on(registry, w, as_of)
        spans.append((day(w["raised_at"]), min(gone) if gone else None))
    found = []
    for back in reversed(range(weeks)):
        end = as_of - timedelta(days=7 * back)
        start = end - timedelta(days=7)
        came = sum(start < raised <= end for raised, _ in spans)
        gone = sum(left is not None and start < left <= end for _, left in spans)
        here = sum(raised <= end for raised, _ in spans)
        here -= sum(left is not None and left <= end for _, left in spans)
        found.append((came, gone, here))
    return found


def returned(registry, as_of, since):
    return tally(
        (r["to_dept"], r["return_reason"])
        for r in registry["referral"]
        if in_period(r["sent_at"], since, as_of) and happened(r["returned_at"], as_of)
    )


BANDS = {5: "0–5", 10: "6–10", 20: "11–20", 40: "21–40", 60: "41–60", 120: "61–120"}


def band(days, last=120):
    ends = {end: name for end, name in BANDS.items() if end <= last}
    return next((name for end, name in ends.items() if days <= end), f"{last + 1}以上")


def waits(registry, as_of, since):
    keys = []
    for r in registry["referral"]:
        if not happened(r["sent_at"], as_of):
            continue
        if in_period(r["responded_at"], since, as_of):
            keys.append(("completed", band(workdays(r["sent_at"], r["responded_at"]))))
        elif not happened(r["responded_at"], as_of) and not happened(r["returned_at"], as_of):
            keys.append(("open", band(workdays(r["sent_at"], as_of))))
    return tally(keys)


def on_time_by_two(registry, as_of, since):
    """(department, county) -> (in time, due)."""
    found = {}
    for r in due_referrals(registry, since, as_of):
        if r["to_dept"] is None:
            continue
        key = r["to_dept"], (r["region_code"] or "")[:6] or None
        good, all_of = found.get(key, (0, 0))
        found[key] = good + in_time(r, "responded_at", as_of), all_of + 1
    return found


def open_referrals(registry, as_of):
    """case -> days, limit, due day, whether overdue; whether accepted, whether that is overdue."""
    found = {}
    for r in registry["referral"]:
        if is_open(r, as_of):
            days, most, signed = (
                workdays(r["sent_at"], as_of),
                own_limit(r, as_of),
                r["accepted_at"],
            )
            late = days > limit("referral.accept", as_of) and not happened(signed, as_of)
            found[r["referral_id"]] = (
                *(days, most, due_day(r["sent_at"], most), int(days > most)),
                *(int(happened(signed, as_of)), int(late)),
            )
    return found
