"""Every indicator of the catalogue, for any period and any group that makes sense."""

from datetime import date

import polars as pl

from data.reference import policy_tables
from queries.access import Access, programmes_of
from queries.access.open_edition import hides, released
from queries.answers import breakdowns, coverage
from queries.answers.counts import (
    Narrowed,
    counted,
    county_options,
    population_share,
    with_suppliers,
)
from queries.answers.cube_rows import cells, level_of, own_group
from queries.answers.quantiles import quantiles as quantiles_by
from queries.answers.rates_of_others import of_others
from queries.answers.values import valued
from queries.cache import cached
from queries.catalogue import (
    BY_PROGRAMME_ROW,
    COVERAGE,
    MONEY,
    READS,
    REFERRALS,
    Indicator,
    catalogue,
)
from queries.cubes.counting import LEVELS
from queries.store.snapshot import Draft, Snapshot

BREAKDOWNS = ("city", "county", "township", "department", "programme", "category", "task_row")

#: Cuts whose figures of the default period are stored with the snapshot.
STORED = ("city", "county", "township", "department")


def month_start(day: date) -> date:
    """Start of the default period: the month to date."""
    return day.replace(day=1)


#: Counts of work, money and units, which the open edition leaves as they are.
WORK = ("I0301", "I0302", "I0303", "I0401", "I0602", "I1201", "I1301", "I1302", "I1303")


# In bytes: a series of months is made of some fifty of these.
@cached(20_000_000, weigh=pl.DataFrame.estimated_size)
def indicators(
    snapshot: Snapshot | Draft,
    by: str = "city",
    since: date | None = None,
    residence: str | None = None,
    category: str | None = None,
    region: str = "",
) -> pl.DataFrame:
    """
    Every indicator that can be cut `by`, for the period from `since` (default: month to date).

    Columns: `COLUMNS`. `value` of % is 0–100, money in yuan; `numerator` and `denominator` as
    counted, money in yuan. `lower, upper`: Wilson 95 % of proportions, limits of medians.
    `status`: ok, no_data (a source table is absent), not_reached, undefined (denominator 0),
    suppressed (not to be shown; figures are null).
    `residence` and `category` narrow persons of the register, nothing else; `region` narrows the
    breakdowns that are no regions. Of regions and departments outside the access the value of rates
    alone is given. The frame is shared.
    """
    month = month_start(snapshot.as_of)
    start = since or month
    persons = (("residence", residence), ("category", category))
    narrowed = tuple((name, value) for name, value in persons if value)
    if by == "task_row":
        return _by_task_row(snapshot, start, region)
    others = of_others(snapshot, by, start, narrowed)
    if others.height and not _sees(snapshot.access, by):
        return others
    if start == month and not narrowed and not region and _is_stored(snapshot, by):
        return pl.concat([snapshot.cube(f"figures.{by}"), others])
    counts = _counts(snapshot, by, start, narrowed, region)
    shown = _released(counts) if hides(snapshot, by, region) else counts
    return pl.concat([valued(shown), others])


def _sees(access: Access, by: str) -> bool:
    """Whether anything of a level of regions is the access's own."""
    return not access.township or by not in ("city", "county")


def _is_stored(snapshot: Snapshot | Draft, by: str) -> bool:
    """Whether the access reads the figures of the default period as they were stored."""
    access = snapshot.access
    return (
        isinstance(snapshot, Snapshot)
        and by in STORED
        and not access.department
        and not access.open
    )


def _released(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts in the open edition; a sum of money goes with its denominator: the mean stays."""
    money, work = pl.col("id").is_in(MONEY), pl.col("id").is_in(WORK)
    mean = pl.col("numerator") / pl.col("denominator")
    shown = released(
        counts.with_columns(
            mean=mean, numerator=pl.when(money).then("denominator").otherwise("numerator")
        ),
        ("numerator", "denominator"),
    ).with_columns(
        numerator=pl.when(money).then(pl.col("mean") * pl.col("denominator")).otherwise("numerator")
    )
    figures = [
        pl.when(work).then(counts[name]).otherwise(shown[name]).alias(name)
        for name in ("numerator", "denominator")
    ]
    return counts.with_columns(figures)


def _counts(
    snapshot: Snapshot | Draft, by: str, start: date, narrowed: Narrowed, region: str
) -> pl.DataFrame:
    """What `valued` takes: id, group, absent, numerator, denominator, quantile and its limits."""
    wanted = [i for i in catalogue().values() if by in i.breakdowns]
    own = breakdowns.own_codes(snapshot, by) if by in LEVELS else []
    quantiles = quantiles_by(snapshot, by, start, region)
    counts = pl.concat(
        [
            quantiles.select("id", "group", "numerator", "denominator"),
            counted(snapshot, by, start, narrowed, region),
            coverage.summed(snapshot, by, narrowed, region),
            *([population_share(snapshot, by, narrowed)] if by in LEVELS else []),
            *(
                [county_options(snapshot, by, region)]
                if by in ("city", "county", "programme")
                else []
            ),
        ]
    )
    grid = pl.DataFrame(
        [
            (i.id, group, is_absent(snapshot, i.id, by, group))
            for i in wanted
            for group in (own if by in LEVELS else groups(snapshot, i, by, region))
        ],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )
    level = by if by in LEVELS else level_of(snapshot.access.region(region))
    own_cases = (*REFERRALS, *COVERAGE)
    withheld = [i.id for i in wanted if snapshot.access.withholds(i.id, level, i.id in own_cases)]
    seen = pl.when(~pl.col("id").is_in(withheld))
    return (
        grid.join(counts, on=["id", "group"], how="left", maintain_order="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .pipe(with_suppliers)
        .with_columns(seen.then("numerator"), seen.then("denominator"))
        .join(
            quantiles.drop("numerator", "denominator"),
            on=["id", "group"],
            how="left",
            maintain_order="left",
        )
    )


def is_absent(snapshot: Snapshot, indicator: str, by: str, group: str) -> bool:
    """Whether a source of the indicator, for this group, is not connected, or not the user's."""
    own = snapshot.access.department
    if indicator == "I0802" and own and coverage.ALONE not in programmes_of(own):
        return True
    if indicator in COVERAGE:
        return not coverage.counted_programmes(snapshot, indicator, by, group)
    return not set(READS.get(indicator, ())) <= set(snapshot.manifest["connected"])


def groups(
    snapshot: Snapshot | Draft, indicator: Indicator, by: str, region: str = ""
) -> list[str]:
    """Groups beside regions that an answer shows, those without anything included."""
    own = snapshot.access.department
    match by:
        case "category":
            return breakdowns.categories()
        case "department" if own:
            return [own]
        case "programme" if own:
            return programmes_of(own)
        case "department" if indicator.id in COVERAGE:
            return coverage.departments(indicator.id)
        case "department":
            rows = cells(snapshot, "response", region=region)
            return breakdowns.departments(rows["department"].unique())
        case "programme" if indicator.id in COVERAGE:
            return coverage.programmes(indicator.id)
        case "programme" if indicator.id == "I1201":
            return ["P1203", "P1204", "P1205"]
        case "programme":
            return breakdowns.programmes()
    raise ValueError(f"cannot group by {by}")


def _by_task_row(snapshot: Snapshot, since: date, region: str) -> pl.DataFrame:
    """Each indicator under its task row; those summed over programmes split by their rows."""
    level = level_of(region)
    own = indicators(snapshot, level, since).filter(group=own_group(snapshot, region))
    single = {i.id: i.task_rows[0] for i in catalogue().values() if i.id not in BY_PROGRAMME_ROW}
    row = pl.col("id").replace_strict(single, default=None, return_dtype=pl.String)
    under = own.with_columns(group=row).filter(pl.col("group").is_not_null())
    return pl.concat([under, _split_by_task_row(snapshot, since, region)]).sort(
        pl.col("id"), maintain_order=True
    )


def _split_by_task_row(snapshot: Snapshot, since: date, region: str) -> pl.DataFrame:
    counts = _counts_by_task_row(snapshot, since, region)
    return valued(_released(counts) if hides(snapshot, "task_row", region) else counts)


def _counts_by_task_row(snapshot: Snapshot, since: date, region: str) -> pl.DataFrame:
    """What `valued` takes, by task row."""
    referrals = counted(snapshot, "programme", since, (), region).filter(id="I0903")
    rows = {p["programme_code"]: p["task_row"] for p in policy_tables.programmes().to_dicts()}
    by_row = referrals.group_by(
        "id", pl.col("group").replace_strict(rows, default=None, return_dtype=pl.String)
    ).agg(pl.col("numerator", "denominator").sum())
    counts = pl.concat([by_row, coverage.summed(snapshot, "task_row", (), region)])
    special = catalogue()["I0903"].task_rows
    grid = [("I0903", row) for row in special]
    grid += [(i, row) for i in COVERAGE for row in coverage.task_rows(i)]
    frame = pl.DataFrame(
        [(i, row, is_absent(snapshot, i, "task_row", row)) for i, row in grid],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )
    filled = frame.join(counts, on=["id", "group"], how="left", maintain_order="left")
    nothing = pl.lit(None, pl.Float64)
    return filled.with_columns(
        pl.col("numerator", "denominator").fill_null(0),
        quantile=nothing,
        quantile_lower=nothing,
        quantile_upper=nothing,
    )
