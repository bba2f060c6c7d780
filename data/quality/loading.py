"""Registry → the rows that count, typed, with what was set aside and why."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl
from sqlalchemy import URL

from data import china
from data.quality.findings import Finding
from data.quality.reported import reported
from data.quality.set_aside import Checked, check
from data.registry import contract, typed_frames, workers
from data.registry.connection import RegistryError
from data.registry.fingerprint import combine
from data.registry.frames import Native
from data.registry.inspection import Survey, survey_of
from data.registry.staging import WRONG, unread
from data.registry.watchdog import read
from data.registry.workers import Workers

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """
    A registry as it counts.

    `frames`: connected contract tables without the rows set aside; all contract columns, in the
    contract's order and types, as frames of Polars or of the cluster that read them. `rows_read`,
    `rows_kept`: rows by table; `rows_set_aside`: table → rule → rows (a row under two rules is in
    both). `absent`: optional tables not connected. `hidden`: tables of which row-level security
    shows no row. `fingerprint`: equal for equal content, whatever the order of rows and the
    database product.
    """

    frames: dict[str, Native]
    rows_read: dict[str, int]
    rows_kept: dict[str, int]
    rows_set_aside: dict[str, dict[str, int]]
    findings: list[Finding]
    absent: list[str]
    fingerprint: str
    hidden: tuple[str, ...] = ()

    def set_aside(self, table: str | None = None) -> int:
        """Rows of a table (of all tables) that do not count, each once."""
        tables = [table] if table else self.rows_read
        return sum(self.rows_read[name] - self.rows_kept[name] for name in tables)


def load(url: str | URL, folder: Path, *, fast: bool = True) -> Loaded:
    """
    Reads the registry at `url`, through Parquet files in `folder`, which must outlive the frames.

    `fast=False` reads the portable way only. RegistryError when nothing answers in time, or when a
    required table or column is missing.
    """
    with closing(read(url, Path(folder) / "staged", fast=fast)) as messages:
        survey: Survey = next(messages)
        _refuse(survey)
        with ThreadPoolExecutor(1) as checker:
            checks_under_way = {
                name: checker.submit(
                    check, name, pl.scan_parquet(files / "*.parquet"), partial(unread, files)
                )
                for name, files in messages
            }
    checked = {name: checks_under_way[name].result() for name in survey.columns}
    return _loaded(checked, survey)


def load_by(cluster: Workers, url: str | URL, folder: Path) -> Loaded:
    """
    The same by the workers of a cluster, of a registry of their own (`workers`).

    They write what they read typed, and what counts, as Parquet under `folder`, which they see and
    which must outlive the frames. Counts, and a few keys and codes, reach this process.
    """
    survey, raw = workers.tables(url, cluster)
    _refuse(survey)
    typed = workers.staged(raw, cluster, folder / "typed")
    kept = folder / "kept"
    kept.mkdir()
    checked = {}
    for name, frame in typed.items():
        unread = partial(typed_frames.unread, name, raw[name])
        each = check(name, frame, unread, cluster.row_sums)
        if each.rows_kept < each.rows_read:
            each = replace(each, kept=cluster.keep(each.kept, kept / f"{name}.parquet"))
        checked[name] = each
    return _loaded(checked, survey)


def load_frames(raw: dict[str, pl.LazyFrame | pl.DataFrame], folder: Path | None = None) -> Loaded:
    """
    The same checks on typed tables (types of `contract.polars_schema`; money in fen).

    The rows that count are kept in `folder`, in memory without one.
    """
    lazy = {name: frame.lazy() for name, frame in raw.items()}
    names = {name: frame.collect_schema().names() for name, frame in lazy.items()}
    present = {
        name: {each: each for each in names[name]} if name in names else None
        for name in contract.TABLES
    }
    survey = survey_of(present)
    _refuse(survey)
    checked = {
        name: check(name, _as_contract(name, lazy[name], names[name])) for name in survey.columns
    }
    loaded = _loaded(checked, survey)
    frames = {name: _keep(name, frame, folder) for name, frame in loaded.frames.items()}
    return replace(loaded, frames=frames)


def _keep(name: str, frame: pl.LazyFrame, folder: Path | None) -> pl.LazyFrame:
    if folder is None:
        return frame.collect(engine="streaming").lazy()
    folder.mkdir(parents=True, exist_ok=True)
    frame.sink_parquet(folder / f"{name}.parquet", compression="lz4")
    return pl.scan_parquet(folder / f"{name}.parquet")


def with_report(loaded: Loaded, today: date | None = None) -> Loaded:
    """The same registry, its findings followed by those of the rules that only report."""
    more = reported(loaded.frames, today or china.today())
    _log(more)
    return replace(loaded, findings=loaded.findings + more)


def _log(findings: list[Finding]) -> None:
    for finding in findings:
        log.info("%s.%s: %s: %s rows", finding.table, finding.column, finding.text, finding.rows)


def _refuse(survey: Survey) -> None:
    if reason := survey.refusal():
        raise RegistryError(reason)


def _as_contract(name: str, frame: pl.LazyFrame, columns: list[str]) -> pl.LazyFrame:
    schema = contract.polars_schema(name)
    wrong = pl.col(WRONG) if WRONG in columns else pl.lit(0, pl.UInt32).alias(WRONG)
    return frame.select(*(pl.col(each).cast(kind) for each, kind in schema.items()), wrong)


def _loaded(checked: dict[str, Checked], survey: Survey) -> Loaded:
    findings = [
        Finding(name, "missing_column", column, 0)
        for name, columns in survey.missing_columns.items()
        for column in columns
    ] + [finding for each in checked.values() for finding in each.findings]
    _log(findings)
    return Loaded(
        frames={name: each.kept for name, each in checked.items()},
        rows_read={name: each.rows_read for name, each in checked.items()},
        rows_kept={name: each.rows_kept for name, each in checked.items()},
        rows_set_aside={
            name: each.rows_set_aside for name, each in checked.items() if each.rows_set_aside
        },
        findings=findings,
        absent=[name for name in contract.TABLES if name not in checked],
        fingerprint=combine({name: each.content for name, each in checked.items()}),
        hidden=tuple(name for name in survey.secured if not checked[name].rows_read),
    )
