"""All 24 tables of the demonstration registry, in memory."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo import (
    alerts,
    allowances,
    appeals,
    applications,
    cases,
    circumstances,
    emergencies,
    exchange,
    funds,
    gifts,
    handling,
    hardship,
    meetings,
    occasional,
    people,
    places,
    policy,
    referrals,
    services,
    spells,
    visits,
    yearly,
)
from data.demo.clock import DAY
from data.demo.dirt import soil
from data.demo.homes import MARGIN, Homes, homes
from data.demo.needs import needs
from data.demo.traits import Has, both
from data.demo.world import World
from data.registry.contract import TABLES

Say = Callable[[str], None]


def progress_on_stderr() -> Say:
    """Says each step with the seconds since the start."""
    begun = time.monotonic()
    return lambda step: print(f"{time.monotonic() - begun:6.1f}s  {step}", file=sys.stderr)


@dataclass(frozen=True)
class Population:
    """Who lives where, as what, with what: on which all else rests."""

    where: places.Places
    homes: Homes
    folk: people.People
    spells: spells.Spells
    traits: dict[str, Has]
    monitored: Has


def populate(world: World) -> Population:
    where = places.places(world)
    dwellings = homes(world, where)
    folk = people.people(world, dwellings)
    monitored = spells.monitored_spells(world, dwellings, folk)
    parts = [
        spells.main_spells(world, dwellings, folk),
        monitored,
        spells.earlier_spells(world, dwellings, folk),
    ]
    traits = circumstances.circumstances(world, folk, dwellings)
    every, watched = spells.join(parts), allowances.held(monitored)
    return Population(where, dwellings, folk, every, traits, watched)


def _benefits(world: World, pop: Population, events: dict[str, Has]) -> list[gifts.Gifts]:
    disabled = pop.traits["disability"]
    hard = disabled.where(circumstances.severe(disabled))
    margin = both(allowances.held(pop.spells.of(MARGIN)), hard)
    return [
        *yearly.insurance(world, pop.folk, pop.traits["resident_insurance"]),
        *yearly.school(world, pop.folk, pop.traits["student"], pop.monitored),
        *yearly.heating(world, pop.folk),
        *occasional.after_events(world, pop.folk, events),
        *occasional.after_circumstances(world, pop.folk, pop.traits),
        *occasional.regular(world, pop.folk, pop.traits),
        *occasional.single(world, pop.folk, margin),
    ]


@dataclass(frozen=True)
class Work:
    """Tables that point to one another, and what departments gave in answer to referrals."""

    tables: dict[str, pl.DataFrame]
    given: list[gifts.Gifts]


def _work(world: World, pop: Population, missed: dict[str, np.ndarray], crises: tuple) -> Work:
    """Applications, warnings, referrals, cases, visits and appeals."""
    where, folk = pop.where, pop.folk
    asked = applications.applications(world, pop.homes)
    warned = alerts.alerts(world, folk, pop.homes, pop.spells, asked, missed)
    done = handling.handle(world, warned, asked, folk)
    runs, run_of = exchange.match_runs(world, warned, folk)
    sent = referrals.joined([*done.hops, *referrals.chains(world, needs(world, folk, missed))])
    answer = handling.answers(world, sent, done)
    visited, targets = visits.visits(world, pop.homes, folk, warned, where)
    heard, *heard_of = appeals.appeals(world, pop.homes, folk, warned, where)
    sources = cases.sources(world, warned, done, sent, crises, tuple(heard_of), folk)
    tables = {
        "application": applications.table(world, asked, alerts.sources(warned, asked), where),
        "warning": handling.table(world, warned, done, run_of, folk, where),
        "referral": referrals.table(world, sent, answer, folk, where),
        "match_run": runs,
        "field_visit": visited,
        "visit_target": targets,
        "appeal": heard,
        "coordination_case": cases.coordination(world, sources, where),
    }
    helped = (answer == 0) & (sent.responded < (world.last + 1) * DAY)
    given = occasional.on_referral(world, sent.route, sent.person, sent.responded, helped)
    return Work(tables, given)


def build(world: World, say: Say = lambda step: None) -> dict[str, pl.DataFrame]:
    """Every table of the contract, in its order, with its columns and types."""
    pop = populate(world)
    where, folk = pop.where, pop.folk
    say(f"{folk.members} persons in {len(pop.homes)} households")
    titles = allowances.entitlements(pop.traits, pop.spells, folk)
    grants = allowances.allowances(world, folk, pop.spells, titles)
    crises, crisis_events, crisis = emergencies.emergencies(world, folk, where)
    events = {
        **hardship.disasters(world, folk),
        **hardship.illnesses(world, folk, pop.traits),
        **hardship.others(world, folk, pop.traits),
        **crisis_events,
    }
    given = _benefits(world, pop, events)
    say(f"{sum(len(g.person) for g in given)} benefits on occasion")
    missed = allowances.gaps(world, folk, titles)
    missed |= yearly.unpaid(
        world, folk, pop.traits["student"], pop.traits["resident_insurance"], given
    )
    work = _work(world, pop, missed, (crisis["county"], crisis["at"]))
    given += work.given
    say(f"{work.tables['warning'].height} warnings, {work.tables['referral'].height} referrals")
    tables = {
        "region": places.regions(),
        "region_population": places.population(where),
        "programme_policy": policy.policies(where),
        "person": people.persons(folk),
        "identification_spell": spells.identification(pop.spells, folk, where),
        "circumstance_spell": circumstances.circumstance_spells(pop.traits),
        "hardship_event": hardship.hardship_events(world, events, folk, where),
        "benefit_spell": allowances.benefit_spells(world, grants, folk, where),
        "benefit_event": gifts.benefit_events(world, given, folk, where),
        "emergency_case": crises,
        "service_record": services.services(world, folk, pop.traits, where),
        "data_submission": exchange.submissions(world, folk, where),
        "fund_ledger": funds.ledger(world, grants, given, crises, crisis, folk, where),
        "joint_meeting": meetings.meetings(world),
        "meeting_item": meetings.items(world),
        "task_progress": meetings.progress(world, where),
        **work.tables,
    }
    tables = soil(world, {name: tables[name] for name in TABLES})
    say(f"{sum(t.height for t in tables.values())} rows in memory")
    return tables
