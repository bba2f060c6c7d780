"""Referrals: sent, signed for, sent back or answered, reported back; sent on after a return."""

from dataclasses import dataclass, field

import numpy as np

from data.demo.clock import DAY, FAR_TIME, later, spread
from data.demo.columns import frame, keys, labels, times
from data.demo.people import People, months_of
from data.demo.places import Places
from data.demo.profile import (
    DEPARTMENTS,
    DEPT_CODES,
    LATE_SIGNING_FROM,
    LONG_CASES,
    PING_PONG_COUNTY,
    PING_PONG_FROM,
    SLOWED_CASES,
    SLOWING,
    SLOWING_FROM,
)
from data.demo.routes import DEPT_OF_ROUTE, PROGRAMME_OF_ROUTE
from data.demo.traits import NONE
from data.demo.world import World

OUTCOMES = ["assisted", "not_eligible", "already_covered", "declined", "no_quota", "pending"]
RETURN_REASONS = ["not_my_duty", "incomplete", "duplicate", "data_error"]
HOPS = 4
#: To whom a referral goes when a department says that it is not its duty.
ELSEWHERE = np.array([6, 0, 0, 5, 7, 3, 0, 4, 0, 0])


@dataclass
class Hop:
    """One sending of many referrals, then what came of it; `warning` -1 for those without one."""

    warning: np.ndarray
    person: np.ndarray
    route: np.ndarray
    county: np.ndarray
    true: np.ndarray
    to: np.ndarray
    sent: np.ndarray
    accepted: np.ndarray = field(default_factory=lambda: NONE)
    returned: np.ndarray = field(default_factory=lambda: NONE)
    reason: np.ndarray = field(default_factory=lambda: NONE)
    responded: np.ndarray = field(default_factory=lambda: NONE)
    resent: np.ndarray = field(default_factory=lambda: NONE)

    def pick(self, rows: np.ndarray) -> "Hop":
        names = ("warning", "person", "route", "county", "true", "to", "sent")
        return Hop(**{name: getattr(self, name)[rows] for name in names})


def _own(by_programme: dict[str, float], hop: Hop) -> np.ndarray:
    """The programme's value where its own department was asked; NaN elsewhere."""
    values = np.array([by_programme.get(str(code), np.nan) for code in PROGRAMME_OF_ROUTE])
    return np.where(hop.to == DEPT_OF_ROUTE[hop.route], values[hop.route], np.nan)


def _medians(world: World, hop: Hop) -> np.ndarray:
    """Working days that half of the answers take: programme or department, month, county, story."""
    rng = world.rng("moods")
    months = rng.lognormal(0, 0.06, (len(DEPARTMENTS), world.months + 1))
    counties = rng.lognormal(0, 0.08, (len(DEPARTMENTS), 9))
    day = hop.sent // DAY
    month = np.clip(months_of(np.minimum(day, world.last), world), 0, world.months)
    slowed = np.where(day >= SLOWING_FROM, _own(SLOWED_CASES, hop), np.nan)
    usual = np.array([d.median for d in DEPARTMENTS])[hop.to]
    median = _first_known(slowed, _own(LONG_CASES, hop), usual)
    return median * months[hop.to, month] * counties[hop.to, hop.county]


def _first_known(first: np.ndarray, *others: np.ndarray) -> np.ndarray:
    for other in others:
        first = np.where(np.isnan(first), other, first)
    return first


def _answer(rng, world: World, hop: Hop) -> Hop:
    n = len(hop.to)
    sigma = np.array([d.sigma for d in DEPARTMENTS])[hop.to]
    sigma = np.where(np.isnan(_own(LONG_CASES, hop)), sigma, 0.33)
    days = spread(rng, _medians(world, hop), sigma, n)
    returned = np.array([d.returned for d in DEPARTMENTS])[hop.to]
    quarrel = (hop.county == PING_PONG_COUNTY) & np.isin(hop.to, (3, 5))
    quarrel &= hop.sent // DAY >= PING_PONG_FROM
    back = rng.random(n) < np.where(quarrel, 0.80, returned)
    stale = rng.random(n) < 0.014
    days = np.where(stale, spread(rng, 75, 0.5, n), days)
    signing = rng.choice(5, n, p=(0.30, 0.42, 0.19, 0.06, 0.03))
    slow = (hop.to == SLOWING) & (hop.sent // DAY >= LATE_SIGNING_FROM)
    hop.accepted = later(rng, hop.sent, np.where(slow, 2 * signing + 1, signing))
    hop.accepted = np.where(rng.random(n) < 0.02, FAR_TIME, hop.accepted)
    hop.returned = np.where(back, later(rng, hop.sent, 1 + spread(rng, 2.5, 0.5, n)), FAR_TIME)
    hop.reason = rng.choice(4, n, p=(0.52, 0.28, 0.08, 0.12))
    hop.reason = np.where(quarrel, 0, hop.reason)
    hop.responded = np.where(back, FAR_TIME, later(rng, hop.sent, days))
    hop.accepted = np.minimum(hop.accepted, np.where(back, FAR_TIME, hop.responded))
    again = later(rng, hop.returned, spread(rng, 2.0, 0.5, n))
    hop.resent = np.where(back & (rng.random(n) < 0.88), again, FAR_TIME)
    return hop


def _next(hop: Hop, end: int) -> Hop:
    rows = np.flatnonzero(hop.resent < end)
    after = hop.pick(rows)
    after.sent = hop.resent[rows]
    after.to = np.where(hop.reason[rows] == 0, ELSEWHERE[hop.to[rows]], hop.to[rows])
    return after


def chains(world: World, first: Hop) -> list[Hop]:
    """The first sending and what was sent on, up to four times."""
    rng, end = world.rng("chains"), (world.last + 1) * DAY
    hop, hops = _answer(rng, world, first.pick(np.flatnonzero(first.sent < end))), []
    for _ in range(HOPS):
        hops.append(hop)
        hop = _answer(rng, world, _next(hop, end))
    hops[-1].resent = np.full(len(hops[-1].sent), FAR_TIME)
    return hops


def last_answers(hops: list[Hop], n: int) -> np.ndarray:
    """By warning, when its last live referral was answered, or sent back for good.

    What went round through all hops is still nobody's: FAR_TIME.
    """
    last = np.full(n, -1)
    for hop in hops:
        moved_on = (hop.returned < FAR_TIME) & (hop.resent < FAR_TIME)
        rows = np.flatnonzero((hop.warning >= 0) & ~moved_on)
        given_up = FAR_TIME if hop is hops[-1] else hop.returned + 12 * DAY
        end = np.where(hop.returned < FAR_TIME, given_up, hop.responded)
        np.maximum.at(last, hop.warning[rows], end[rows])
    return last


def outcomes(rng, true: np.ndarray) -> np.ndarray:
    n = len(true)
    good = rng.choice(5, n, p=(0.66, 0.10, 0.10, 0.05, 0.09))
    bad = rng.choice(5, n, p=(0.02, 0.58, 0.27, 0.07, 0.06))
    return np.where(true, good, bad)


def joined(hops: list[Hop]) -> Hop:
    """All sendings in the order of time."""
    columns = {n: np.concatenate([getattr(h, n) for h in hops]) for n in vars(hops[0])}
    order = np.argsort(columns["sent"], kind="stable")
    return Hop(**{name: values[order] for name, values in columns.items()})


def table(world: World, every: Hop, outcome: np.ndarray, folk: People, where: Places):
    rng = world.rng("feedback")
    n, end = len(every.sent), (world.last + 1) * DAY
    feedback = later(rng, every.responded, spread(rng, 1.6, 0.7, n))
    feedback = np.where(rng.random(n) < 0.025, FAR_TIME, feedback)
    sender = rng.choice((6, 7, 8), n)
    open_signed = (every.responded >= end) & (every.accepted < end) & (every.returned >= end)
    result = np.where(every.responded < end, outcome, np.where(open_signed, 5, -1))
    reason = np.where(every.returned < end, every.reason, -1)
    return frame(
        "referral",
        {
            "referral_id": keys("R", np.arange(n)),
            "warning_id": keys("W", every.warning),
            "person_key": keys("P", every.person),
            "programme_code": labels(PROGRAMME_OF_ROUTE, every.route),
            "region_code": labels(where.townships, folk.township[every.person]),
            "from_dept": labels(DEPT_CODES, np.where(every.to == 0, sender, 0)),
            "to_dept": labels(DEPT_CODES, every.to),
            "sent_at": times(every.sent),
            "accepted_at": times(every.accepted),
            "returned_at": times(every.returned),
            "return_reason": labels(RETURN_REASONS, reason),
            "responded_at": times(every.responded),
            "outcome_code": labels(OUTCOMES, result),
            "feedback_at": times(feedback),
        },
    )
