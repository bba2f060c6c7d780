"""Refresh: registry to cubes of an as-of day, then of the month-ends and cut-offs before it."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from data import china
from data.quality.loading import Loaded, load, load_by, with_report
from data.registry import workers
from data.registry.scratch import scratch
from queries.answers import attention_counts
from queries.answers import figures as answers
from queries.answers.figures import STORED
from queries.answers.indicators import indicators
from queries.answers.periods import offered
from queries.answers.rates_of_others import rates
from queries.cubes.build import build, stage_registry
from queries.cubes.engine import Engine, EngineError
from queries.cubes.engines import engine
from queries.cubes.plain_tables import lists
from queries.refresh import history, last_run, sanity
from queries.refresh.manifest import is_demonstration, last_records, manifest
from queries.store import publication
from queries.store.snapshot import Draft, Snapshot, open_snapshot
from queries.store.versions import SnapshotError, stored_days

log = logging.getLogger(__name__)

#: Minutes of one refresh in which days of older definitions are made anew.
REMAKE_MINUTES = 60


def figures(draft: Draft) -> dict[str, pl.DataFrame]:
    """Published figures of the default period, rates that others may know, what attention needs."""
    starts = {name: each.since for name, each in offered(draft).items()}
    month, every = starts["month"], set(starts.values())
    # Not through the cache of answers: it would keep every cube of every day in memory.
    asked = cache(answers.figures)
    stored = {f"figures.{by}": asked(draft, by, month) for by in STORED}
    rates_by_level = {
        f"rates.{by}": rates(draft, asked, by, every) for by in ("county", "department")
    }
    return stored | rates_by_level | attention_counts.cubes(draft, asked, month)


def differences(old: Snapshot, new: Snapshot) -> list[dict[str, Any]]:
    """Indicators whose city or county figure differs between two versions of a day."""
    changed_figures = []
    for by in ("city", "county"):
        before = indicators(old, by=by).select("id", "group", old="value", was="status")
        after = indicators(new, by=by).select("id", "group", new="value", now="status")
        joined = before.join(after, on=["id", "group"], how="full", coalesce=True)
        changed = joined.filter(
            pl.col("old").ne_missing(pl.col("new")) | pl.col("was").ne_missing(pl.col("now"))
        )
        changed_figures += changed.sort("id", "group").to_dicts()
    return changed_figures


def store(
    folder: Path, as_of: date, cubes: Mapping[str, pl.DataFrame], described: dict[str, Any]
) -> Snapshot:
    """
    Stores a day; the same figures as stored change nothing, others become a revision.

    A day of older definitions gets a version of these (口径调整): no figure of one is compared with
    one of the other, and both versions are kept.
    """
    if as_of not in stored_days(folder):
        return publication.write(folder, as_of, cubes, described)
    old = open_snapshot(folder, as_of)
    try:
        if publication.same(old, cubes):
            log.info("%s: unchanged, version %d stays", as_of, old.version)
            return old
        new = publication.write(folder, as_of, cubes, {**described, "supersedes": old.version})
        if old.is_older:
            log.info("%s: made anew by version %d of the definitions", as_of, new.definitions)
            return new
        changed = differences(old, new)
    except SnapshotError as error:
        log.error("%s; the day is stored anew", error)
        return publication.write(folder, as_of, cubes, described)
    publication.report_revision(new, changed)
    log.warning(
        "%s: revised, version %d differs from %d in %d figures: %s",
        as_of,
        new.version,
        old.version,
        len(changed),
        ", ".join(sorted({row["id"] for row in changed})) or "cells only",
    )
    return new


def refreshed(
    loaded: Loaded,
    folder: Path,
    as_of: date,
    months: int | None,
    runner: Engine,
    remake_minutes: float = REMAKE_MINUTES,
    forced: Sequence[str] = (),
) -> Iterator[Snapshot]:
    """
    Builds and stores the wanted days one by one; the registry is staged once for all of them.

    Each says in its manifest why it would have been refused (`forced`, Chinese).

    Days before `as_of` that older definitions made come last; none is begun after
    `remake_minutes` of them, and what is left stays owed.
    """
    with scratch(runner.work) as staged, publication.locked(folder):
        days = history.days_wanted(loaded, folder, as_of, months)
        if days:
            with _lost(runner, days[0]):
                connected = stage_registry(loaded.frames, staged, min(days), max(days), runner)
        older = history.days_older(folder) - {as_of}
        ends: float | None = None
        for day in days:
            started = time.perf_counter()
            if day in older:
                ends = ends or started + remake_minutes * 60
                if started >= ends:
                    log.info("days of older definitions are left for the next refresh")
                    break
            with _lost(runner, day):
                cubes = build(runner, staged, connected, day) | lists(loaded.frames, day)
            described = manifest(loaded, day, runner.name) | {"last_records": last_records(cubes)}
            described["forced"] = list(forced)
            cubes |= figures(Draft(day, cubes, described))
            seconds = time.perf_counter() - started
            described["seconds"] = round(seconds, 2)
            yield store(folder, day, cubes, described)
            log.info("%s%s, %.1f s", history.progress(folder, day), day, seconds)
        if owed := history.noted(folder):
            history.note(folder, owed.as_of, owed.wanted)


@contextmanager
def _lost(runner: Engine, day: date) -> Iterator[None]:
    """An engine that is lost on the way to a day: EngineError says where to go on."""
    try:
        with runner.failing():
            yield
    except EngineError as error:
        onward = "days made before stay; run it again when Spark answers (--resume makes the rest)"
        raise EngineError(f"{error}; nothing of {day} is published, {onward}") from error


def refresh_loaded(
    loaded: Loaded, folder: Path, as_of: date, months: int, runner: Engine
) -> list[Snapshot]:
    """The wanted days of a registry that is loaded already, built and stored."""
    return list(refreshed(loaded, folder, as_of, months, runner))


def refresh(
    url: str,
    folder: Path,
    as_of: date | None = None,
    months: int | None = 24,
    engine_name: str = "polars",
    force: bool = False,
    remake_minutes: float = REMAKE_MINUTES,
    work: Path | None = None,
) -> list[Snapshot]:
    """
    Reads the registry once and stores the snapshot of `as_of` (yesterday), then of the `months`
    month-ends before it and of the meeting cut-offs among them, where missing, newest first; at
    last, for `remake_minutes`, of month-ends and cut-offs that older definitions made.

    `months` None: what a refresh that was stopped still owes (`resume`). Raises RegistryError when
    the registry cannot be read; unless forced, ShrunkError when it lost half of a table,
    ImplausibleError when it looks like no city and ClockError when the day cannot be; PlaceError
    when the store is another city's; EngineError when Spark (`work`: `queries.cubes.spark`) is not
    there or lost; OSError when the store cannot be written. The stored days stay in use, and what
    happened is noted for the pages; a day that was forced says why it would have been refused.
    """
    # Noted nowhere: the note would stand on the other city's pages.
    sanity.refuse_other_place(folder)
    stored = []
    try:
        runner, today = engine(engine_name, work), china.today()
        as_of = as_of or sanity.yesterday(folder, today)
        with history.under_way(folder), scratch(runner.work) as rows:
            with _lost(runner, as_of):
                loaded = _checked(url, rows, as_of, runner)
                forced = _forced(loaded, folder, as_of, today, force)
            for each in refreshed(loaded, folder, as_of, months, runner, remake_minutes, forced):
                stored.append(each)
                # After each day: a history stopped later takes nothing from what is published.
                last_run.note(folder)
    except tuple(last_run.REASONS) as error:
        last_run.note(folder, error)
        raise
    return stored


def _checked(url: str, rows: Path, as_of: date, runner: Engine) -> Loaded:
    """The registry as it counts, with its report; by workers where they can read it."""
    started = time.perf_counter()
    by_workers = runner.work is not None and workers.are_asked(url)
    loaded = with_report(load_by(runner, url, rows) if by_workers else load(url, rows), as_of)
    log.info("registry read and checked, %.1f s", time.perf_counter() - started)
    return loaded


def _forced(loaded: Loaded, folder: Path, as_of: date, today: date, force: bool) -> list[str]:
    """Why the day would be refused and is forced, in Chinese; RefusedError unless forced."""
    made_up = is_demonstration(loaded.frames)
    if force:
        return sanity.overridden(loaded, folder, as_of, today, made_up)
    sanity.refuse_day(loaded.frames, as_of, today, made_up)
    sanity.refuse_shrunk(loaded, folder)
    sanity.refuse_implausible(loaded)
    return []


def resume(
    url: str,
    folder: Path,
    engine_name: str = "polars",
    remake_minutes: float = REMAKE_MINUTES,
    work: Path | None = None,
) -> list[Snapshot]:
    """
    Stores the days that a stopped refresh owes, newest first; where older definitions made the
    newest stored day, that day and then what a refresh of it owes.

    The registry is left alone when nothing is owed, or when another process is at it.
    """
    if history.is_under_way(folder):
        return []
    newest = max(stored_days(folder), default=None)
    if newest in history.days_older(folder):
        return refresh(
            url,
            folder,
            newest,
            engine_name=engine_name,
            remake_minutes=remake_minutes,
            work=work,
        )
    if not (owed := history.noted(folder)):
        return []
    if not owed.missing:
        history.note(folder, owed.as_of, owed.wanted)
        return []
    return refresh(
        url,
        folder,
        owed.as_of,
        None,
        engine_name,
        remake_minutes=remake_minutes,
        work=work,
    )
