"""All cubes of one as-of day, by name: `<cube>.<level>` or, for lists, `<cube>`."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl

from data.reference import calendar
from queries.cubes import (
    benefits,
    coordination,
    discovery,
    emergency_aid,
    facts,
    household_chain,
    referrals,
    register,
    register_cubes,
    time_to_reach,
    topic_details,
    warning_cubes,
    warning_flows,
    warning_states,
)
from queries.cubes.counting import Context
from queries.cubes.engine import Engine, stage
from queries.cubes.evidence import evidence
from queries.cubes.rollup import COUNTS, as_text, coded, coded_levels, roll_up
from queries.cubes.stage import all_in_days, day_number, day_row, quarter_start, workday_no
from queries.cubes.unpivot import person_cubes
from queries.region import LEVELS

Cubes = dict[str, pl.DataFrame]

STOCK_DIMENSIONS = ["id", "region", "department", "programme", "category", "residence"]
#: More than there are codes of a category.
CODES = 1 << 32

FLOW_DIMENSIONS = ["id", "region", "department", "programme", "day"]


def stage_registry(
    frames: Mapping[str, pl.LazyFrame], folder: Path, first: date, last: date
) -> frozenset[str]:
    """Writes what cubes of the days from `first` to `last` read; returns the connected tables."""
    connected = frozenset(frames)
    stage(all_in_days(frames), folder)
    staged = {table: pl.scan_parquet(folder / f"{table}.parquet") for table in connected}
    derived = {
        "evidence": evidence(staged),
        "category_spell": register.category_spells(staged),
        "lifetime": register.lifetimes(staged),
    }
    if "programme_policy" in staged:
        derived["policy"] = register.policies(staged)
        derived["policy_scope"] = register.policy_scope(staged)
    stage(derived, folder)
    given = pl.scan_parquet(folder / "evidence.parquet")
    intervals = facts.facts(staged, given, day_number(first), day_number(last))
    stage({"fact": intervals}, folder)
    return connected


def context_of(engine: Engine, folder: Path, connected: frozenset[str], as_of: date) -> Context:
    """What the cubes of one day are built from."""
    return Context(engine.open(folder), day_number(as_of), workday_no(as_of), connected)


def _long(frames: Iterable[pl.DataFrame], dimensions: list[str]) -> pl.DataFrame:
    """
    Frames under one another with the same columns, texts as categories.

    A missing dimension is null, a missing count 0.
    """
    schema = dict.fromkeys(dimensions, pl.String) | dict.fromkeys(COUNTS, pl.Int64)
    if "day" in schema:
        schema["day"] = pl.Int64
    empty = pl.DataFrame(schema=schema)
    whole = pl.concat([empty, *frames], how="diagonal_relaxed")
    return coded(whole.with_columns(pl.col(COUNTS).fill_null(0)))


def _levelled(
    engine: Engine,
    additive: Iterable[nw.LazyFrame],
    by_level: Iterable[dict[str, nw.LazyFrame]],
    dimensions: list[str],
    extra: Mapping[str, pl.DataFrame] | None = None,
) -> dict[str, pl.DataFrame]:
    """
    Additive counts rolled up and, beside them, what each level has to count by itself.

    Each cell of `additive` is there once, whichever frame has it. Texts are categories.
    """
    levels = coded_levels(_long(engine.collect_all(additive), dimensions), COUNTS)
    placed = [(level, frame) for frames in by_level for level, frame in frames.items()]
    counted = engine.collect_all(frame for _, frame in placed)
    apart = {level: [extra[level]] if extra else [] for level in LEVELS}
    for (level, _), frame in zip(placed, counted, strict=True):
        apart[level].append(frame)
    return {level: pl.concat([levels[level], _long(apart[level], dimensions)]) for level in LEVELS}


def flows(engine: Engine, context: Context) -> dict[str, pl.DataFrame]:
    """Every flow indicator per level; see `counting.py` for the columns."""
    connected = context.connected
    additive = [*warning_flows.flows(context), *referrals.flows(context)]
    additive += topic_details.details(context)
    once = list(benefits.flows(context))
    if "application" in connected:
        additive += discovery.applications(context)
    if "data_submission" in connected:
        additive += discovery.submissions(context)
    if "appeal" in connected:
        additive += discovery.appeals(context)
    if "field_visit" in connected:
        additive.append(discovery.visits(context))
    if "coordination_case" in connected:
        additive += coordination.cases(context)
    if "emergency_case" in connected:
        additive += emergency_aid.emergencies(context)
    if "service_record" in connected:
        additive.append(emergency_aid.services(context))
        once.append(emergency_aid.served(context))
    if "match_run" in connected:
        once.append({"city": discovery.suppliers(context)})
    levels = _levelled(engine, additive, once, FLOW_DIMENSIONS)
    # So that a period is read without what lies before it. One number is sorted faster than two.
    order = pl.col("day") * CODES + pl.col("id").to_physical()
    return {level: as_text(frame.sort(order)) for level, frame in levels.items()}


def stocks(
    engine: Engine,
    context: Context,
    as_of: date,
    persons: dict[str, pl.DataFrame],
    people_now: nw.LazyFrame,
    warnings_now: nw.LazyFrame,
) -> dict[str, pl.DataFrame]:
    """Every stock indicator that is not counted from persons' marks, per level."""
    connected = context.connected
    additive = [*warning_cubes.stocks(warnings_now), referrals.overdue(context)]
    apart = [*benefits.stocks(context), benefits.not_terminated(context)]
    apart.append(register_cubes.zero_employment(people_now))
    today = day_row(as_of)
    if "application" in connected:
        additive.append(discovery.undecided(context))
    if {"field_visit", "visit_target"} <= connected:
        start = day_number(quarter_start(as_of))
        additive.append(discovery.visited_targets(context, today["quarter"], start))
        additive += topic_details.targets(context, today["quarter"], start)
    if "benefit_event" in connected:
        apart.append(benefits.heated(context, today["heating_season"]))
    january = day_number(date(as_of.year, 1, 1))
    if "fund_ledger" in connected:
        additive.append(coordination.funds(context, january))
    if "emergency_case" in connected:
        additive.append(emergency_aid.aid_of_year(context, january))
    if "meeting_item" in connected:
        additive.append(coordination.overdue_decisions(context))
        if "joint_meeting" in connected:
            additive.append(coordination.decisions(context))
    if "coordination_case" in connected:
        additive.append(topic_details.undecided(context))
    if "programme_policy" in connected:
        additive.append(coordination.extensions(context))
    levels = _levelled(engine, additive, apart, STOCK_DIMENSIONS, persons)
    return {level: as_text(frame) for level, frame in levels.items()}


def build(engine: Engine, folder: Path, connected: frozenset[str], as_of: date) -> Cubes:
    """Every cube of one day. Columns of each are in the docstring of its builder."""
    context = context_of(engine, folder, connected, as_of)
    warnings_now = engine.persist(warning_states.with_state(context))
    of_persons, flow, of_warnings = engine.side_by_side(
        lambda: _of_persons(engine, context, as_of, warnings_now),
        lambda: flows(engine, context),
        lambda: _of_warnings(engine, context, warnings_now),
    )
    levelled = {**of_persons, "flow": flow, **of_warnings}
    lists = {
        "open_warnings": engine.collect(warning_cubes.open_warnings(warnings_now)),
        "open_referrals": engine.collect(referrals.open_referrals(context)),
    }
    return {
        f"{cube}.{level}": frame
        for cube, levels in levelled.items()
        for level, frame in levels.items()
    } | {name: frame.sort("case") for name, frame in lists.items()}


def _of_persons(
    engine: Engine, context: Context, as_of: date, warnings_now: nw.LazyFrame
) -> dict[str, dict[str, pl.DataFrame]]:
    """Cubes that count the register, and with them every stock."""
    people_now = engine.persist(
        register_cubes.people(context.staged, context.day, context.connected)
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


def _rolled(engine: Engine, cells: nw.LazyFrame, measures: list[str]) -> dict[str, pl.DataFrame]:
    frame = engine.collect(cells)
    return roll_up(frame.rename({"township": "region"}, strict=False), measures)
