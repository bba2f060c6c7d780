"""Warnings and response times, case by case; Kaplan–Meier by its textbook loop.

`docs/definitions.md`, “Warnings”, and `docs/definitions.md`, “Response time of departments”.
"""

import math
from datetime import date, timedelta

from plain.coverage import in_group, regions
from plain.world import (
    day,
    due_day,
    happened,
    in_period,
    limit,
    members,
    operators,
    table,
    versions,
    workdays,
)

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


def applications_for(registry, warning, as_of):
    return [
        a
        for a in registry.get("application", [])
        if a["warning_id"] == warning["warning_id"] and happened(a["accepted_on"], as_of)
    ]


def own_limit(referral, as_of):
    """Working days in which a referral is to be answered."""
    step = f"referral.feedback.{referral['programme_code']}"
    if any(row["step_code"] == step for row in versions("sla", as_of)):
        return limit(step, as_of)
    own = [
        p["response_limit"]
        for p in table("programmes")
        if p["programme_code"] == referral["programme_code"]
    ]
    return int(own[0]) if own and own[0] else limit("referral.feedback", as_of)


def application_days(application, as_of):
    """(days, whether they are calendar days) in which an application is to be decided."""
    if application["applied_for"] == "relapse_monitored":
        return limit("relapse.identify", as_of), True
    extended = "_extended" if application["extended"] == 1 else ""
    return limit("application.total" + extended, as_of), False


class Standing:
    """A warning on a day: its state, since when, its limit, due day, overdue, its holders."""

    def __init__(self, registry, warning, as_of):
        self.w, self.as_of = warning, as_of
        self.sent = sent_for(registry, warning, as_of)
        self.live = [r for r in self.sent if not self.by(r["returned_at"])]
        self.cases = cases_for(registry, warning, as_of)
        self.applications = applications_for(registry, warning, as_of)
        self.state, self.clocks, self.holder = self._standing()

    def by(self, value):
        return happened(value, self.as_of)

    @property
    def returns(self):
        return [r["returned_at"] for r in self.sent if self.by(r["returned_at"])]

    def clock(self, start, n, unit="workday"):
        """(since, due day, limit, overdue)"""
        since = day(start)
        if unit == "workday":
            return since, due_day(since, n), n, workdays(since, self.as_of) > n
        if unit == "day":
            due = since + timedelta(days=n)
            return since, due, n, self.as_of > due
        month = since.year * 12 + since.month - 1 + n + 1
        due = date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return since, due, n, self.as_of > due

    def _standing(self):
        w, finish = self.w, limit("warning.finish", self.as_of)
        if self.by(w["closed_at"]):
            return "closed", [], None
        open_cases = [c for c in self.cases if not self.by(c["closed_at"])]
        if open_cases:
            return "coordinating", [self._case(c) for c in open_cases], "county_mechanism"
        unanswered = [r for r in self.live if not self.by(r["responded_at"])]
        if unanswered:
            holders = sorted({r["to_dept"] for r in unanswered} - {None})
            clocks = [self.clock(r["sent_at"], own_limit(r, self.as_of)) for r in unanswered]
            return "routed", clocks, "|".join(holders) or None
        ends = [r["responded_at"] for r in self.live] + [c["closed_at"] for c in self.cases]
        if ends:
            return "responded", [self.clock(max(ends), finish)], "county"
        going = [
            a
            for a in self.applications
            if not (self.by(a["decided_on"]) and a["result_code"] in ("rejected", "withdrawn"))
        ]
        if going:
            clocks = [self._application(a) for a in going]
            first = min(clocks, key=lambda c: (c[0][1], c[0][2], c[1], c[2]))
            return "applied", [c for c, _, _ in clocks], first[2]
        return self._without_steps(finish)

    def _case(self, case):
        if self.by(case["decided_at"]):
            return self.clock(case["decided_at"], limit("coordination.implement", self.as_of))
        return self.clock(case["opened_at"], limit("coordination.decide", self.as_of))

    def _application(self, a):
        if self.by(a["decided_on"]):
            return self.clock(a["decided_on"], limit("warning.finish", self.as_of)), 6, "county"
        n, in_days = application_days(a, self.as_of)
        reviewed = self.by(a["township_reviewed_on"])
        step = 5 if in_days else 4 if a["extended"] == 1 else 3
        holder = "county" if reviewed else "township"
        return self.clock(a["accepted_on"], n, "day" if in_days else "workday"), step, holder

    def _without_steps(self, finish):
        w, exit_warning = self.w, self.w["direction"] == "exit"
        if not self.by(w["verified_at"]):
            most = limit("warning.exit_verify" if exit_warning else "warning.verify", self.as_of)
            holder = "township" if len(w["region_code"] or "") > 6 else "county"
            return "unverified", [self.clock(w["raised_at"], most)], holder
        if w["verify_result"] not in ("true_need", "no_longer_eligible"):
            return "settled", [self.clock(w["verified_at"], finish)], "county"
        since = max([w["verified_at"], *self.returns])
        operator = operators(self.as_of).get(w["programme_code"])
        if operator == "civil_affairs" or (exit_warning and operator is None):
            if exit_warning:
                return (
                    "own",
                    [self.clock(since, limit("warning.exit_terminate", self.as_of), "month")],
                    "county",
                )
            return "own", [self.clock(since, limit("warning.apply_start", self.as_of))], "county"
        return "unrouted", [self.clock(since, limit("warning.refer", self.as_of))], "county"

    @property
    def since(self):
        return min((c[0] for c in self.clocks), default=None)

    @property
    def due(self):
        return min((c[1] for c in self.clocks), default=None)

    @property
    def limit(self):
        """That of the clock that runs out first."""
        return min((c[1:3] for c in self.clocks), default=(None, None))[1]

    @property
    def overdue(self):
        return any(c[3] for c in self.clocks)

    @property
    def wait(self):
        return workdays(self.since, self.as_of)

    @property
    def returned_twice(self):
        return self.state != "closed" and len(self.returns) >= 2


def standings(registry, as_of):
    return [Standing(registry, w, as_of) for w in live_warnings(registry, as_of)]


def open_list(registry, as_of):
    """The open warnings one by one."""
    return [
        {
            "case": s.w["warning_id"],
            "state": s.state,
            "since": s.since,
            "days": s.wait,
            "limit": s.limit,
            "due_on": s.due,
            "late": s.overdue,
            "holder": s.holder,
            "returned_twice": int(s.returned_twice),
        }
        for s in standings(registry, as_of)
        if s.state != "closed"
    ]


def group_of(warning, by):
    """The group a warning stands under; the city's code is that of `regions`."""
    if by == "city":
        return "621200"
    column = {"kind": "kind_code", "source": "source_channel", "programme": "programme_code"}
    value = warning[column.get(by, "region_code")] or ""
    return value[: {"county": 6, "township": 9}.get(by)]


def warnings(registry, as_of, by):
    cells = {}
    for s in standings(registry, as_of):
        cells.setdefault((group_of(s.w, by), s.w["direction"], s.state), []).append(s)
    rows = []
    for (group, direction, name), those in cells.items():
        still_open = name != "closed"
        rows.append(
            {
                "group": group,
                "direction": direction,
                "state": name,
                "warnings": len(those),
                "overdue": sum(s.overdue for s in those) if still_open else None,
                "oldest_workdays": max(s.wait for s in those) if still_open else None,
            }
        )
    return rows


def gone_on(registry, warning, as_of):
    """Days on which a warning went to somebody: a referral, a case, an application."""
    days = [day(r["sent_at"]) for r in sent_for(registry, warning, as_of)]
    days += [day(c["opened_at"]) for c in cases_for(registry, warning, as_of)]
    return days + [a["accepted_on"] for a in applications_for(registry, warning, as_of)]


def routing_times(registry, since, as_of, keep):
    times = []
    for w in live_warnings(registry, as_of):
        if not in_period(w["raised_at"], since, as_of) or not keep(w["region_code"]):
            continue
        routed = gone_on(registry, w, as_of)
        end = min(routed) if routed else as_of
        if not routed and happened(w["closed_at"], as_of):
            end = day(w["closed_at"])
        times.append((workdays(w["raised_at"], end), bool(routed)))
    return times


def closing_limit(registry, warning, as_of):
    """Working days of I0704: the whole way, longer for long referrals and applications."""
    usual = limit("referral.feedback", as_of)
    beyond = [own_limit(r, as_of) - usual for r in sent_for(registry, warning, as_of)]
    own = [application_days(a, as_of)[0] for a in applications_for(registry, warning, as_of)]
    return limit("warning.close", as_of) + max([0, *beyond]) + max([0, *own])


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
    known = members(as_of)
    found = {r["to_dept"] for r in registry["referral"] if happened(r["sent_at"], as_of)}
    return known + sorted(found - set(known) - {None})


def most_days(r, step, as_of):
    return limit("referral.accept", as_of) if step == "accepted_at" else own_limit(r, as_of)


def due_referrals(registry, since, as_of, step="responded_at"):
    return [
        r
        for r in registry["referral"]
        if r["sent_at"] is not None
        and not happened(r["returned_at"], as_of)
        and in_period(due_day(r["sent_at"], most_days(r, step, as_of)), since, as_of)
    ]


def in_time(r, step, as_of):
    return happened(r[step], as_of) and workdays(r["sent_at"], r[step]) <= most_days(r, step, as_of)


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
