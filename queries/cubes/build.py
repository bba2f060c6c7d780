"""All cubes of one as-of day, by name: `<cube>.<level>` or, for lists, `<cube>`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl

from data.reference import calendar, seasons
from queries.cubes import (
    benefits,
    facts,
    household_chain,
    referrals,
    register,
    register_cubes,
    time_to_reach,
    warning_cubes,
    warning_states,
)
from queries.cubes.counting import Context
from queries.cubes.engine import POLARS, Engine, stage
from queries.cubes.evidence import evidence
from queries.cubes.flows import flows
from queries.cubes.programmes import computable
from queries.cubes.rollup import roll_up
from queries.cubes.stage import all_in_days, calendar_days, day_number, workday_no
from queries.cubes.stocks import stocks
from queries.cubes.successors import under_successors
from queries.cubes.unpivot import last_seasons, person_cubes

Cubes = dict[str, pl.DataFrame]


def stage_registry(
    frames: Mapping[str, pl.LazyFrame],
    folder: Path,
    first: date,
    last: date,
    engine: Engine = POLARS,
) -> frozenset[str]:
    """
    Writes what cubes of the days from `first` to `last` read; returns the connected tables.

    By the workers of an engine that has any, by Polars otherwise; a file is the same.
    """
    connected = frozenset(frames)
    by = engine if engine.work else POLARS
    stage({"calendar": calendar_days()}, folder)
    contract = by.given(frames, folder / "contract")
    days = by.read(folder, "calendar")
    by.write(all_in_days(contract, days), folder)
    staged = {table: by.read(folder, table) for table in connected}
    derived = {
        "evidence": evidence(staged, days),
        "category_spell": register.category_spells(staged),
        "lifetime": register.lifetimes(staged),
    }
    if "programme_policy" in staged:
        derived["policy"] = register.policies(staged)
        derived["policy_scope"] = register.policy_scope(staged)
    by.write(derived, folder)
    # Off season the figures of the last day of the last season are counted too.
    ends = [seasons.last_day_of_last(p, first) for p in computable(connected, first)]
    earliest = min([first, *(end for end in ends if end)])
    given = by.read(folder, "evidence")
    intervals = facts.facts(staged, days, given, day_number(earliest), day_number(last))
    by.write({"fact": intervals}, folder)
    return connected


def context_of(engine: Engine, folder: Path, connected: frozenset[str], as_of: date) -> Context:
    """What the cubes of one day are built from."""
    staged = under_successors(engine.open(folder), as_of)
    return Context(staged, day_number(as_of), workday_no(as_of), connected)


def build(engine: Engine, folder: Path, connected: frozenset[str], as_of: date) -> Cubes:
    """Every cube of one day. Columns of each are in the docstring of its builder."""
    context = context_of(engine, folder, connected, as_of)
    warnings_now = engine.persist(warning_states.with_state(context), folder / "warnings_now")
    levelled = {
        **_of_persons(engine, context, as_of, warnings_now, folder),
        "flow": flows(engine, context),
        **_of_warnings(engine, context, warnings_now),
    }
    lists = {
        "open_warnings": _open_warnings(engine, context, warnings_now),
        "open_referrals": engine.collect(referrals.open_referrals(context)),
    }
    return {
        f"{cube}.{level}": frame
        for cube, levels in levelled.items()
        for level, frame in levels.items()
    } | {name: frame.sort("case") for name, frame in lists.items()}


def _of_persons(
    engine: Engine, context: Context, as_of: date, warnings_now: nw.LazyFrame, folder: Path
) -> dict[str, dict[str, pl.DataFrame]]:
    """Cubes that count the register, and with them every stock."""
    people_now = engine.persist(
        register_cubes.people(context.staged, context.day, context.connected),
        folder / "people_now",
    )
    support = engine.collect(benefits.dibao_support(people_now, context))
    persons, coverage = person_cubes(engine, context, people_now, support)
    chains = household_chain.chain(engine, context, people_now).rename({"township": "region"})
    reached = time_to_reach.time_to_reach(
        context.staged, people_now, context.day, context.connected
    )
    year_ago = day_number(calendar.months_before(as_of, 12))
    means = benefits.monthly_means(people_now, context, year_ago)
    return {
        "chain": roll_up(chains, ["households", "missing"]),
        "stock": stocks(engine, context, as_of, persons, people_now, warnings_now),
        "coverage": coverage,
        "last_season": last_seasons(engine, context),
        "missing": _rolled(engine, register_cubes.missing_combinations(people_now), ["n"]),
        "reach": _rolled(engine, reached, ["n"]),
        "support": _rolled(engine, means, ["persons", "monthly", "yearly"]),
    }


def _of_warnings(
    engine: Engine, context: Context, warnings_now: nw.LazyFrame
) -> dict[str, dict[str, pl.DataFrame]]:
    """Cubes of warnings and of the answers to referrals."""
    cells = {
        "warnings": warning_cubes.states(warnings_now),
        "warning_paths": warning_cubes.paths(warnings_now),
        "routing": warning_cubes.routing(warnings_now, context),
        "warning_history": warning_cubes.history(warnings_now),
        "response": referrals.responses(context),
    }
    return {cube: _rolled(engine, frame, ["n"]) for cube, frame in cells.items()}


def _open_warnings(engine: Engine, context: Context, warnings_now: nw.LazyFrame) -> pl.DataFrame:
    """`warning_cubes.open_warnings`; where departments hold a warning, `holder` names them by |."""
    rows = engine.collect(warning_cubes.open_warnings(warnings_now))
    departments = (
        engine.collect(warning_cubes.departments_waited_for(context))
        .group_by("case")
        .agg(pl.col("department").sort().str.join("|"))
    )
    named = pl.when(pl.col("state") == "routed").then("department").otherwise("holder")
    return rows.join(departments, on="case", how="left").select(
        named.alias(name) if name == "holder" else name for name in rows.columns
    )


def _rolled(engine: Engine, cells: nw.LazyFrame, measures: list[str]) -> dict[str, pl.DataFrame]:
    frame = engine.collect(cells)
    return roll_up(frame.rename({"township": "region"}, strict=False), measures)
