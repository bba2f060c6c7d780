"""Warnings and response times, case by case; Kaplan–Meier by its textbook loop.

`docs/definitions.md`, “Warnings”, and `docs/definitions.md`, “Response time of departments”.
"""

import math

from plain.coverage import in_group, regions
from plain.world import day, due_day, happened, in_period, limit, table, workdays

Z = 1.959963984540054


def kaplan_meier(times):
    """[(time, event)] -> rows of time, at_risk, responded, censored, survival, lower, upper."""
    rows, survival, variance = [], 1.0, 0.0
    for t in sorted({t for t, _ in times}):
        at_risk = sum(x >= t for x, _ in times)
        events = sum(x == t and e for x, e in times)
        survival *= (at_risk - events) / at_risk
        variance += events / (at_risk * (at_risk - events)) if at_risk > events else 0
        lower = upper = None
        if 0 < survival < 1:
            width = math.exp(Z * math.sqrt(variance) / abs(math.log(survival)))
            lower, upper = survival**width, survival ** (1 / width)
        censored = sum(x == t and not e for x, e in times)
        rows.append((t, at_risk, events, censored, survival, lower, upper))
    return rows


def reached(rows, column, level):
    found = [r[0] for r in rows if r[column] is not None and r[column] <= level + 1e-12]
    return min(found) if found else None


def half(days):
    ordered = sorted(days)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def live_warnings(registry, as_of):
    return [
        w
        for w in registry["warning"]
        if happened(w["raised_at"], as_of) and w["duplicate_of"] is None
    ]


def sent_for(registry, warning, as_of):
    return [
        r
        for r in registry["referral"]
        if r["warning_id"] == warning["warning_id"] and happened(r["sent_at"], as_of)
    ]


def cases_for(registry, warning, as_of):
    return [
        c
        for c in registry.get("coordination_case", [])
        if c["source_type"] == "warning"
        and c["source_id"] == warning["warning_id"]
        and happened(c["opened_at"], as_of)
    ]


def state(registry, warning, as_of):
    sent = sent_for(registry, warning, as_of)
    live = [r for r in sent if not happened(r["returned_at"], as_of)]
    cases = cases_for(registry, warning, as_of)
    if happened(warning["closed_at"], as_of):
        return "closed"
    if any(not happened(c["closed_at"], as_of) for c in cases):
        return "coordinating"
    if any(not happened(r["responded_at"], as_of) for r in live):
        return "routed"
    return "responded" if live or cases else "unrouted"


def wait(registry, warning, as_of):
    """Working days waited and the limit that makes them overdue."""
    if state(registry, warning, as_of) != "unrouted":
        return workdays(warning["raised_at"], as_of), limit("warning.close")
    returns = [
        r["returned_at"]
        for r in sent_for(registry, warning, as_of)
        if happened(r["returned_at"], as_of)
    ]
    start = max(returns) if returns else warning["raised_at"]
    return workdays(start, as_of), limit("warning.route")


def group_of(warning, by):
    """The group a warning stands under; the city's code is that of `regions`."""
    if by == "city":
        return "621200"
    column = {"kind": "kind_code", "source": "source_channel", "programme": "programme_code"}
    value = warning[column.get(by, "region_code")] or ""
    return value[: {"county": 6, "township": 9}.get(by)]


def warnings(registry, as_of, by):
    cells = {}
    for w in live_warnings(registry, as_of):
        key = (group_of(w, by), w["direction"], state(registry, w, as_of))
        cells.setdefault(key, []).append(wait(registry, w, as_of))
    rows = []
    for (group, direction, name), waits in cells.items():
        still_open = name != "closed"
        rows.append(
            {
                "group": group,
                "direction": direction,
                "state": name,
                "warnings": len(waits),
                "overdue": sum(w > most for w, most in waits) if still_open else None,
                "oldest_workdays": max(w for w, _ in waits) if still_open else None,
            }
        )
    return rows


def routing_times(registry, since, as_of, keep):
    times = []
    for w in live_warnings(registry, as_of):
        if not in_period(w["raised_at"], since, as_of) or not keep(w["region_code"]):
            continue
        routed = [r["sent_at"] for r in sent_for(registry, w, as_of)]
        routed += [c["opened_at"] for c in cases_for(registry, w, as_of)]
        end = min(routed) if routed else as_of
        if not routed and happened(w["closed_at"], as_of):
            end = w["closed_at"]
        times.append((workdays(w["raised_at"], end), bool(routed)))
    return times


def response_times(registry, since, as_of, keep):
    """(time, answered) of the referrals sent in the period."""
    times = []
    for r in registry["referral"]:
        if not in_period(r["sent_at"], since, as_of) or not keep(r):
            continue
        if happened(r["returned_at"], as_of):
            times.append((workdays(r["sent_at"], r["returned_at"]), False))
        elif happened(r["responded_at"], as_of):
            times.append((workdays(r["sent_at"], r["responded_at"]), True))
        else:
            times.append((workdays(r["sent_at"], as_of), False))
    return times


def departments(registry, as_of):
    known = [d["dept_code"] for d in table("departments")][:10]
    found = {r["to_dept"] for r in registry["referral"] if happened(r["sent_at"], as_of)}
    return known + sorted(found - set(known) - {None})


def own_limit(r):
    """A referral's limit: `response_limit` of its programme, else `referral.feedback`."""
    for p in table("programmes"):
        if p["programme_code"] == r["programme_code"] and p["response_limit"]:
            return int(p["response_limit"])
    return limit("referral.feedback")


def most_days(r, step):
    return limit("referral.accept") if step == "accepted_at" else own_limit(r)


def due_referrals(registry, since, as_of, step="responded_at"):
    return [
        r
        for r in registry["referral"]
        if r["sent_at"] is not None
        and not happened(r["returned_at"], as_of)
        and in_period(due_day(r["sent_at"], most_days(r, step)), since, as_of)
    ]


def in_time(r, step, as_of):
    return happened(r[step], as_of) and workdays(r["sent_at"], r[step]) <= most_days(r, step)


def is_open(r, as_of):
    ended = happened(r["returned_at"], as_of) or happened(r["responded_at"], as_of)
    return happened(r["sent_at"], as_of) and not ended


def response(registry, as_of, since, by):
    if by == "programme":
        sent = {r["programme_code"] for r in registry["referral"] if happened(r["sent_at"], as_of)}
        known = [p["programme_code"] for p in table("programmes")]
        groups = [p for p in known if p in sent]
    else:
        groups = departments(registry, as_of) if by == "department" else regions(registry, by)
    return [_response(registry, as_of, since, by, group) for group in groups]


def _response(registry, as_of, since, by, group):
    def keep(r):
        if by in ("department", "programme"):
            return r["to_dept" if by == "department" else "programme_code"] == group
        return in_group(r["region_code"], by, group)

    rows = [r for r in registry["referral"] if happened(r["sent_at"], as_of) and keep(r)]
    sent = [r for r in rows if day(r["sent_at"]) >= since]
    returned = [r for r in sent if happened(r["returned_at"], as_of)]
    answered = [r for r in sent if happened(r["responded_at"], as_of)]
    times = response_times(registry, since, as_of, keep)
    curve = kaplan_meier(times)
    waiting = [workdays(r["sent_at"], as_of) for r in rows if is_open(r, as_of)]
    completed = [r for r in rows if in_period(r["responded_at"], since, as_of)]
    due = [r for r in due_referrals(registry, since, as_of) if keep(r)]
    on_time = sum(in_time(r, "responded_at", as_of) for r in due)
    events = sum(e for _, e in times)
    return {
        "group": group,
        "referrals": len(sent),
        "responded": events,
        "open": len(sent) - events - len(returned),
        "returned": len(returned),
        "median": reached(curve, 4, 0.5),
        "median_lower": reached(curve, 5, 0.5),
        "median_upper": reached(curve, 6, 0.5),
        "p90": reached(curve, 4, 0.1),
        "closed_only_median": half([workdays(r["sent_at"], r["responded_at"]) for r in answered]),
        "completed_median": half([workdays(r["sent_at"], r["responded_at"]) for r in completed]),
        "open_median": half(waiting),
        "on_time_rate": 100 * on_time / len(due) if due else None,
    }
