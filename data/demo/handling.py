"""What happens to warnings: verified, routed or left, taken to the county's meeting, closed."""

from dataclasses import dataclass

import numpy as np

from data.demo.alerts import CHANNELS, Alerts
from data.demo.applications import Applications
from data.demo.clock import DAY, FAR_TIME, at_office, later, spread
from data.demo.columns import frame, keys, labels, times
from data.demo.people import People
from data.demo.places import Places
from data.demo.profile import PILE_COUNTY, PILE_FROM
from data.demo.referrals import Hop, chains, last_answers, outcomes
from data.demo.routes import DEPT_OF_ROUTE, KINDS, PROGRAMME_OF_ROUTE
from data.demo.world import World

VERIFIED = [
    "true_need",
    "not_eligible",
    "already_covered",
    "cannot_contact",
    "data_error",
    "no_longer_eligible",
    "still_eligible",
]
OUTCOMES = [
    "enrolled",
    "assisted",
    "referred_assisted",
    "coordinated",
    "no_action",
    "terminated",
    "kept",
    "merged",
]


@dataclass(frozen=True)
class Handling:
    verified: np.ndarray
    result: np.ndarray
    routed: np.ndarray
    closed: np.ndarray
    outcome: np.ndarray
    meeting: np.ndarray
    hops: list[Hop]


def _visiting(rng, world: World, warned: Alerts, every: Applications, county, piled) -> np.ndarray:
    """Moment of the verification; FAR_TIME for those never visited."""
    n = len(warned)
    mood = world.rng("county moods").lognormal(0, 0.07, 9)
    days = np.maximum(1, spread(rng, 3.6 * mood[county], 0.4, n))
    verified = later(rng, warned.at, np.where(piled, days * 3, days))
    slow = later(rng, warned.at, spread(rng, 28, 0.5, n))
    verified = np.where((rng.random(n) < 0.015) & ~piled, slow, verified)
    left = piled & (rng.random(n) < np.where(warned.true, 0.15, 0.54)) & (warned.copy_of < 0)
    verified = np.where(left, FAR_TIME, verified)
    # Who applied was visited before.
    applied = at_office(rng, every.accepted[warned.application])
    return np.where(warned.application >= 0, np.minimum(verified, applied), verified)


def _referring(rng, warned: Alerts, verified: np.ndarray, piled: np.ndarray):
    """Moment of the first referral; FAR_TIME for those never referred; who is left lying."""
    n = len(warned)
    goes = (warned.true | (rng.random(n) < 0.68)) & (verified < FAR_TIME)
    goes &= (warned.application < 0) & (warned.copy_of < 0)
    stuck = goes & piled & warned.true & (rng.random(n) < 0.80)
    # What civil affairs runs by itself it need not refer: no exit, and half of the entries.
    goes &= ~_own(warned) | (warned.entry & (rng.random(n) < 0.5))
    days = rng.choice(4, n, p=(0.30, 0.36, 0.30, 0.04))
    moment = later(rng, verified, np.where(piled, days * 4, days))
    return np.where(goes & ~stuck, moment, FAR_TIME), stuck


def _own(warned: Alerts) -> np.ndarray:
    """Whose programme civil affairs runs."""
    return DEPT_OF_ROUTE[warned.route] == 0


def _results(rng, warned: Alerts) -> np.ndarray:
    wrong = rng.choice((1, 2, 3, 4), len(warned), p=(0.52, 0.28, 0.10, 0.10))
    entry = np.where(warned.true, 0, wrong)
    return np.where(warned.entry, entry, np.where(warned.true, 5, 6))


def _first_hop(rng, warned: Alerts, routed: np.ndarray, folk: People) -> Hop:
    """One referral for each routed warning, two for some."""
    rows = np.flatnonzero(routed < FAR_TIME)
    twice = rows[rng.random(len(rows)) < 0.05]
    both = np.concatenate([rows, twice])
    to = DEPT_OF_ROUTE[warned.route[both]]
    to[len(rows) :] = (to[len(rows) :] + 1 + rng.integers(0, 8, len(twice))) % 10
    person = warned.person[both]
    return Hop(
        both, person, warned.route[both], folk.county[person], warned.true[both], to, routed[both]
    )


def _closing(rng, warned, routed, verified, stuck, last, every: Applications, meeting):
    n = len(warned)
    end = np.where(routed < FAR_TIME, np.where(last < 0, FAR_TIME, last), verified)
    end = np.where(
        (warned.application >= 0) & (end < FAR_TIME),
        np.maximum(end, at_office(rng, every.decided[warned.application])),
        end,
    )
    end = np.where(meeting < FAR_TIME, np.maximum(end, meeting), end)
    end = np.where(stuck, FAR_TIME, end)
    leaving = ~warned.entry & warned.true & (routed >= FAR_TIME)
    days = np.where(leaving, spread(rng, 9, 0.5, n), spread(rng, 2.2, 0.45, n))
    closed = later(rng, end, days)
    merged = later(rng, warned.at, spread(rng, 2.0, 0.6, n))
    return np.where(warned.copy_of >= 0, merged, closed)


def handle(world: World, warned: Alerts, every: Applications, folk: People) -> Handling:
    rng = world.rng("handling")
    n, county = len(warned), folk.county[warned.person]
    piled = (county == PILE_COUNTY) & (warned.on >= PILE_FROM)
    verified = _visiting(rng, world, warned, every, county, piled)
    routed, stuck = _referring(rng, warned, verified, piled)
    hops = chains(world, _first_hop(rng, warned, routed, folk))
    last = last_answers(hops, n)
    taken = (rng.random(n) < np.where(warned.true, 0.09, 0.012)) & (routed < FAR_TIME)
    taken &= warned.entry & (warned.application < 0)
    decided = later(rng, routed, spread(rng, 22, 0.4, n))
    meeting = np.where(taken, decided, FAR_TIME)
    closed = _closing(rng, warned, routed, verified, stuck, last, every, meeting)
    good = outcomes(rng, warned.true) == 0
    relief = np.where(rng.random(n) < 0.4, 1, 2)
    handed = (routed < FAR_TIME) | _own(warned)
    outcome = np.where(warned.true & good & handed, relief, 4)
    outcome = np.where(taken, np.where(warned.true, 3, 4), outcome)
    approved = every.result[warned.application] == 0
    outcome = np.where(warned.application >= 0, np.where(approved, 0, 4), outcome)
    outcome = np.where(warned.entry, outcome, np.where(warned.true, 5, 6))
    outcome = np.where(warned.copy_of >= 0, 7, outcome)
    return Handling(verified, _results(rng, warned), routed, closed, outcome, meeting, hops)


def table(
    world: World, warned: Alerts, done: Handling, runs: np.ndarray, folk: People, where: Places
):
    """The warnings; `runs`: number of the match run of each, or -1."""
    end = (world.last + 1) * DAY
    who = warned.person
    return frame(
        "warning",
        {
            "warning_id": keys("W", np.arange(len(warned))),
            "direction": labels(["exit", "entry"], warned.entry.astype(np.int64)),
            "kind_code": labels(KINDS, warned.kind),
            "source_channel": labels(CHANNELS, warned.channel),
            "match_run_id": keys("X", runs, 6),
            "person_key": keys("P", who),
            "household_key": keys("H", folk.home[who], 7),
            "region_code": labels(where.townships, folk.township[who]),
            "programme_code": labels(PROGRAMME_OF_ROUTE, warned.route),
            "raised_at": times(warned.at),
            "verified_at": times(done.verified),
            "verify_result": labels(VERIFIED, np.where(done.verified < end, done.result, -1)),
            "closed_at": times(done.closed),
            "outcome_code": labels(OUTCOMES, np.where(done.closed < end, done.outcome, -1)),
            "duplicate_of": keys("W", warned.copy_of),
        },
    )


def answers(world: World, sent: Hop, done: Handling) -> np.ndarray:
    """The outcome of each referral, in accord with that of its warning."""
    outcome = outcomes(world.rng("answers"), sent.true)
    of_warning = np.where(sent.warning >= 0, done.outcome[sent.warning], -1)
    outcome = np.where(np.isin(of_warning, (0, 1, 2)), 0, outcome)
    return np.where((of_warning == 4) & (outcome == 0), 1, outcome)
