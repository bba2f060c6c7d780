"""Figures of the catalogue for one breakdown: stored where they are, else counted and valued."""

from datetime import date

import polars as pl

from queries.access import Access
from queries.access.open_edition import hides, released
from queries.answers import programme_sums
from queries.answers.counts import (
    Narrowed,
    counted,
    county_options,
    population_share,
    with_suppliers,
)
from queries.answers.cube_rows import own_group
from queries.answers.groups import grid
from queries.answers.quantiles import quantiles as quantiles_by
from queries.answers.rates_of_others import of_others
from queries.answers.task_row_figures import split_counts, split_pairs, under_task_row
from queries.answers.values import described, valued
from queries.catalogue import COVERAGE, MONEY, REFERRALS, catalogue
from queries.region import LEVELS, Region
from queries.store.snapshot import Cubes, Snapshot

#: Breakdowns whose figures of the default period are stored with the snapshot.
STORED = ("city", "county", "township", "department")

#: Counts of work, money and units, which the open edition leaves as they are.
WORK = ("I0301", "I0302", "I0303", "I0401", "I0602", "I0895", "I1201", "I1301", "I1302", "I1303")


KEYS = ("id", "group")


def month_start(day: date) -> date:
    """Start of the default period: the month to date."""
    return day.replace(day=1)


def figures(
    snapshot: Cubes, by: str, since: date, narrowed: Narrowed = (), region: str = ""
) -> pl.DataFrame:
    """
    Figures by regions, departments, programmes or categories: columns `values.COLUMNS`.

    Of regions and departments outside the access the value of rates alone, everything else
    suppressed (`rates_of_others`).
    """
    others = of_others(snapshot, by, since, narrowed)
    if others.height and not _holds_any(snapshot.access, by):
        return others
    default = since == month_start(snapshot.as_of) and not narrowed and not region
    if default and _is_stored(snapshot, by):
        stored = snapshot.cube(f"figures.{by}")
        return pl.concat([stored, *_unknown_then(snapshot, by, stored), others])
    counts = _counts(snapshot, by, since, narrowed, region)
    return pl.concat([as_shown(snapshot, counts, by, region), others])


def _unknown_then(snapshot: Cubes, by: str, stored: pl.DataFrame) -> list[pl.DataFrame]:
    """Indicators that an older day's definitions lack, in each of its groups."""
    if not snapshot.is_older:
        return []
    lacking = [i for i, about in catalogue().items() if by in about.breakdowns]
    groups = stored["group"].unique(maintain_order=True)
    known = set(stored["id"])
    return [_older(stored, [(i, group) for i in lacking if i not in known for group in groups])]


def _older(like: pl.DataFrame, pairs: list[tuple[str, str]]) -> pl.DataFrame:
    """Rows of no figure, status `older`, for pairs of id and group."""
    rows = pl.DataFrame(pairs, schema={"id": pl.String, "group": pl.String}, orient="row")
    named = rows.join(described().select("id", "name", "unit"), on="id", maintain_order="left")
    return pl.concat([like.clear(), named.with_columns(status=pl.lit("older"))], how="diagonal")


def figures_by_task_row(snapshot: Cubes, since: date, region: str) -> pl.DataFrame:
    """Each indicator under its task row; those summed over programmes split by their rows."""
    own = figures(snapshot, Region(region).level, since).filter(group=own_group(snapshot, region))
    split = (
        _older(own, split_pairs(snapshot.as_of))
        if snapshot.is_older
        else as_shown(snapshot, split_counts(snapshot, since, region), "task_row", region)
    )
    return pl.concat([under_task_row(own), split]).sort(pl.col("id"), maintain_order=True)


def _holds_any(access: Access, by: str) -> bool:
    """Whether anything of a level of regions is the access's own."""
    return not access.township or by not in ("city", "county")


def _is_stored(snapshot: Cubes, by: str) -> bool:
    """Whether the access reads the figures of the default period as they were stored."""
    exact = not snapshot.access.department and not snapshot.access.open
    return isinstance(snapshot, Snapshot) and by in STORED and exact


def as_shown(snapshot: Cubes, counts: pl.DataFrame, by: str, region: str) -> pl.DataFrame:
    """Counts as figures (`valued`), of the open edition where the snapshot is opened in it."""
    return valued(_released(counts) if hides(snapshot, by, region) else counts)


def _counts(snapshot: Cubes, by: str, since: date, narrowed: Narrowed, region: str) -> pl.DataFrame:
    """What `valued` takes: id, group, source, numerator, denominator, quantile and its limits."""
    quantiles = quantiles_by(snapshot, by, since, region)
    parts = [
        quantiles.select("id", "group", "numerator", "denominator"),
        counted(snapshot, by, since, narrowed, region),
        programme_sums.summed(snapshot, by, narrowed, region),
    ]
    if by in LEVELS:
        parts.append(population_share(snapshot, by, narrowed))
    if by in ("city", "county", "programme"):
        parts.append(county_options(snapshot, by, region))
    seen = pl.when(~pl.col("id").is_in(_withheld(snapshot, by, region)))
    return (
        grid(snapshot, by, region)
        .join(pl.concat(parts), KEYS, how="left", maintain_order="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .pipe(with_suppliers, snapshot.as_of)
        .with_columns(seen.then("numerator"), seen.then("denominator"))
        .join(quantiles.drop("numerator", "denominator"), KEYS, how="left", maintain_order="left")
    )


def _withheld(snapshot: Cubes, by: str, region: str) -> list[str]:
    """Indicators that a department may not see at the level of the answer."""
    access = snapshot.access
    level = by if by in LEVELS else access.region(region).level
    own_cases = (*REFERRALS, *COVERAGE)
    return [i for i in catalogue() if access.withholds(i, level, i in own_cases)]


def _released(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts in the open edition; a sum of money goes with its denominator: the mean stays."""
    money, work = pl.col("id").is_in(MONEY), pl.col("id").is_in(WORK)
    mean = pl.col("numerator") / pl.col("denominator")
    rounded = released(
        counts.with_columns(
            mean=mean, numerator=pl.when(money).then("denominator").otherwise("numerator")
        ),
        ("numerator", "denominator"),
    ).with_columns(
        numerator=pl.when(money).then(pl.col("mean") * pl.col("denominator")).otherwise("numerator")
    )
    return counts.with_columns(
        pl.when(work).then(counts[name]).otherwise(rounded[name]).alias(name)
        for name in ("numerator", "denominator")
    )
