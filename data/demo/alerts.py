"""Warnings: who, when, what kind, and whether there is something in it."""

from dataclasses import dataclass

import numpy as np

from data.demo.applications import Applications
from data.demo.clock import DAY, FAR, month_of, to_workday, workdays_before
from data.demo.hardship import random_days
from data.demo.homes import DIBAO, RELAPSE, Homes
from data.demo.people import People, draw_present
from data.demo.profile import (
    PING_PONG_COUNTY,
    PING_PONG_FROM,
    STILL_PAID_COUNTY,
    STILL_PAID_FROM,
)
from data.demo.routes import (
    ENTRY_SEASON,
    ENTRY_SHARE,
    FALSE_EXIT,
    FIRST_EXIT,
    KINDS,
    PROGRAMME_OF_ROUTE,
    pick,
)
from data.demo.spells import REASONS, Spells
from data.demo.world import World

CHANNELS = ["data_match", "field_visit", "self_report", "appeal", "dept_push", "upper_level"]
ENTRIES_A_MONTH, FALSE_EXITS_A_MONTH, TRUE_EXITS, FOUND = 650, 190, 0.15, 0.11
TRUE_NEED, ASKING = 0.12, 0.10
_EXIT_KIND = {"income_over": 11, "asset_over": 10, "moved": 14, "death": 9, "risk_removed": 17}


@dataclass(frozen=True)
class Alerts:
    """`true`: a need, or a person who should leave; `kept`: paid on though verified to leave."""

    kind: np.ndarray
    route: np.ndarray
    channel: np.ndarray
    person: np.ndarray
    on: np.ndarray
    at: np.ndarray
    true: np.ndarray
    application: np.ndarray
    kept: np.ndarray
    copy_of: np.ndarray

    def __len__(self) -> int:
        return len(self.on)

    @property
    def entry(self) -> np.ndarray:
        return self.kind < FIRST_EXIT


def _part(rng, kind, person, on, true, channel=None, application=None, kept=None) -> dict:
    n = len(on)
    usual = rng.choice(6, n, p=(0.46, 0.20, 0.10, 0.06, 0.13, 0.05))
    return {
        "kind": kind,
        "route": pick(rng, kind),
        "channel": usual if channel is None else channel,
        "person": person,
        "on": to_workday(on),
        "true": true,
        "application": np.full(n, -1) if application is None else application,
        "kept": np.zeros(n, dtype=bool) if kept is None else kept,
        "copy_of": np.full(n, -1),
    }


def _entries(world: World, folk: People, gaps: dict[str, np.ndarray]) -> dict:
    rng = world.rng("entry warnings")
    by_month = (ENTRY_SEASON * ENTRY_SHARE[:, None]).sum(0)
    on = random_days(rng, world, world.some(ENTRIES_A_MONTH * world.months), by_month)
    month = month_of(on) - 1
    share = np.cumsum((ENTRY_SEASON * ENTRY_SHARE[:, None])[:, month], axis=0)
    kind = (rng.random(len(on)) * share[-1] > share).sum(0)
    outside = rng.random(len(on)) < 0.25
    strangers = rng.integers(folk.members, len(folk), len(on))
    who = np.where(outside, strangers, draw_present(rng, folk, on))
    part = _part(rng, kind, who, on, rng.random(len(on)) < TRUE_NEED)
    uncovered = (kind == KINDS.index("uncovered_programme")) & (rng.random(len(on)) < 0.6)
    for number, programme in enumerate(PROGRAMME_OF_ROUTE):
        pool = gaps.get(str(programme), np.zeros(0, dtype=np.int64))
        rows = np.flatnonzero(uncovered & (part["route"] == number))
        if len(pool):
            part["person"][rows] = pool[rng.integers(0, len(pool), len(rows))]
    return part


def _found(world: World, folk: People, homes: Homes, every: Applications) -> dict:
    """Warnings that led to an application and so into the register."""
    rng = world.rng("found")
    ok = (every.result == 0) & np.isin(every.channel, (1, 2, 3))
    ok &= every.accepted > world.first + 30
    rows = np.flatnonzero(ok & (rng.random(len(ok)) < FOUND))
    head = np.zeros(len(homes), dtype=np.int64)
    members = np.flatnonzero(folk.place[: folk.members] == 0)
    head[folk.home[members]] = members
    on = workdays_before(every.accepted[rows], rng.integers(2, 9, len(rows)))
    channel = np.array([2, 1, 0, 3, 4])[every.channel[rows]]
    kind = rng.choice((0, 2, 3, 4, 6, 7), len(rows), p=(0.25, 0.1, 0.2, 0.1, 0.05, 0.3))
    true = np.ones(len(rows), dtype=bool)
    return _part(rng, kind, head[every.home[rows]], on, true, channel, rows)


def _asking(world: World, folk: People, every: Applications) -> dict:
    """Warnings that led to an application which was refused, or is not decided yet."""
    rng = world.rng("asking")
    ok = np.isin(every.result, (1, 3)) & (every.accepted > world.first + 30)
    rows = np.flatnonzero(ok & (rng.random(len(ok)) < ASKING))
    on = workdays_before(every.accepted[rows], rng.integers(2, 9, len(rows)))
    kind = rng.choice((2, 3, 6, 7), len(rows), p=(0.2, 0.2, 0.2, 0.4))
    strangers = rng.integers(folk.members, len(folk), len(rows))
    true = np.ones(len(rows), dtype=bool)
    channel = rng.choice((0, 1, 2), len(rows), p=(0.4, 0.3, 0.3))
    return _part(rng, kind, strangers, on, true, channel, rows)


def _true_exits(world: World, folk: People, spells: Spells) -> dict:
    """Warned of before the spell ended; deaths after they happened."""
    rng = world.rng("true exits")
    reason = np.array(REASONS, dtype=object)[spells.reason]
    kind = np.array([_EXIT_KIND.get(r, -1) for r in REASONS])[spells.reason]
    kind = np.where(spells.reason < 0, -1, kind)
    ok = (kind >= 0) & (spells.end <= world.last) & (folk.place[spells.person] == 0)
    # Who holds dibao besides stays on it when the risk of relapse is gone.
    ok &= (spells.reason != REASONS.index("risk_removed")) | (
        folk.category[spells.person] == RELAPSE
    )
    rows = np.flatnonzero(ok & (rng.random(len(ok)) < TRUE_EXITS))
    dead = reason[rows] == "death"
    on = spells.end[rows] - rng.integers(18, 45, len(rows))
    on = np.where(dead, np.minimum(folk.death[spells.person[rows]] + 4, spells.end[rows]), on)
    on = np.maximum(on, world.first)
    channel = rng.choice((0, 1, 4), len(rows), p=(0.7, 0.15, 0.15))
    return _part(rng, kind[rows], spells.person[rows], on, np.ones(len(rows), bool), channel)


def _false_exits(world: World, folk: People) -> dict:
    rng = world.rng("false exits")
    on = random_days(rng, world, world.some(FALSE_EXITS_A_MONTH * world.months))
    kind = FIRST_EXIT + rng.choice(9, len(on), p=np.array(FALSE_EXIT) / sum(FALSE_EXIT))
    channel = rng.choice((0, 1, 4), len(on), p=(0.8, 0.08, 0.12))
    return _part(rng, kind, draw_present(rng, folk, on), on, np.zeros(len(on), bool), channel)


def _kept(world: World, folk: People) -> dict:
    """Verified as no longer eligible, and paid on: many in one county, a few elsewhere."""
    rng = world.rng("still paid")
    n = folk.members
    settled = (folk.category[:n] == DIBAO) & (folk.place[:n] == 0) & (folk.end[:n] >= FAR)
    settled &= folk.start[:n] < world.first
    here = np.flatnonzero(settled & (folk.county[:n] == STILL_PAID_COUNTY))
    many = rng.choice(here, min(len(here), world.some(200)), replace=False)
    few = rng.choice(np.flatnonzero(settled), world.some(70), replace=False)
    lately = rng.integers(max(STILL_PAID_FROM, world.first), world.last - 20, len(many))
    on = np.concatenate([lately, rng.integers(world.last - 200, world.last - 10, len(few))])
    who = np.concatenate([many, few])
    kind = rng.choice((10, 11), len(on))
    yes = np.ones(len(on), dtype=bool)
    return _part(rng, kind, who, on, yes, np.zeros(len(on), np.int64), None, yes)


def _flooded(world: World, folk: People) -> dict:
    """Houses damaged by the flood over which two departments quarrel."""
    rng = world.rng("flooded")
    n = world.some(360)
    on = PING_PONG_FROM + rng.integers(0, 55, n)
    there = np.flatnonzero(folk.county[: folk.members] == PING_PONG_COUNTY)
    kind = np.full(n, KINDS.index("disaster"))
    channel = rng.choice((1, 2, 4), n, p=(0.5, 0.2, 0.3))
    true = rng.random(n) < 0.75
    return _part(rng, kind, draw_present(rng, folk, on, there), on, true, channel)


def _copies(world: World, parts: dict) -> dict:
    """The same person warned of again a few days later, from another source."""
    rng = world.rng("copies")
    rows = np.flatnonzero(rng.random(len(parts["on"])) < 0.025)
    again = {name: values[rows] for name, values in parts.items()}
    again["on"] = to_workday(again["on"] + rng.integers(1, 12, len(rows)))
    again["channel"] = (again["channel"] + 1 + rng.integers(0, 4, len(rows))) % 6
    again["application"] = np.full(len(rows), -1)
    again["copy_of"] = rows
    return again


def alerts(world: World, folk: People, homes: Homes, spells: Spells, every: Applications, gaps):
    """All warnings in the order of time."""
    parts = [
        _entries(world, folk, gaps),
        _found(world, folk, homes, every),
        _asking(world, folk, every),
        _true_exits(world, folk, spells),
        _false_exits(world, folk),
        _kept(world, folk),
        _flooded(world, folk),
    ]
    one = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
    copies = _copies(world, one)
    one = {name: np.concatenate([one[name], copies[name]]) for name in one}
    rng = world.rng("warning times")
    at = one["on"] * DAY + rng.integers(30_600, 63_000, len(one["on"]))
    kept = (one["person"] >= 0) & (one["on"] <= world.last) & (one["on"] >= world.first)
    kept &= (one["copy_of"] < 0) | kept[one["copy_of"]]
    order = np.argsort(at, kind="stable")
    order = order[kept[order]]
    number = np.full(len(at), -1)
    number[order] = np.arange(len(order))
    one["copy_of"] = np.where(one["copy_of"] >= 0, number[one["copy_of"]], -1)
    return Alerts(at=at[order], **{name: values[order] for name, values in one.items()})


def sources(warned: Alerts, every: Applications) -> np.ndarray:
    """By application, the number of the warning from which it came, or -1."""
    warning_of = np.full(len(every.home), -1)
    rows = np.flatnonzero(warned.application >= 0)
    warning_of[warned.application[rows]] = rows
    return warning_of
