"""Every indicator of the catalogue, for any period and any group that makes sense."""

from datetime import date

import polars as pl

from data import reference
from queries.access import programmes_of
from queries.answers import coverage, regions
from queries.answers.cells import level_of, own_group
from queries.answers.counts import (
    Narrowed,
    counted,
    county_options,
    population_share,
    with_suppliers,
)
from queries.answers.quantiles import quantiles as quantiles_by
from queries.answers.small_counts import guarded_counts
from queries.answers.valued import valued
from queries.catalogue import (
    BY_PROGRAMME_ROW,
    COVERAGE,
    READS,
    Indicator,
    catalogue,
)
from queries.cubes.measures import LEVELS
from queries.kept import kept
from queries.snapshot import Draft, Snapshot

CUTS = ("city", "county", "township", "department", "programme", "category", "task_row")

#: Cuts whose figures of the default period are stored with the snapshot.
STORED = ("city", "county", "township", "department")


def month_start(day: date) -> date:
    """Start of the default period: the month to date."""
    return day.replace(day=1)


# In bytes: a series of a role whose counts are rounded is made of some fifty of these.
@kept(20_000_000, weigh=pl.DataFrame.estimated_size)
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
    suppressed (a small count; figures are NaN).
    `residence` and `category` narrow persons of the register, nothing else; `region` narrows the
    cuts that are no regions. The frame is shared.
    """
    month = month_start(snapshot.as_of)
    start = since or month
    access = snapshot.access
    access.filters(residence, category)
    start = access.since(start, snapshot.as_of)
    default = start == month and not residence and not category
    whole = by in LEVELS or not region
    if isinstance(snapshot, Snapshot) and default and whole and by in STORED:
        if access.unlimited:
            return snapshot.cube(f"figures.{by}")
        if access.rounded and not access.department:
            return _own(snapshot.cube(f"rounded.{by}"), by, access.county)
    if by == "task_row":
        return _by_task_row(snapshot, start, region)
    persons = (("residence", residence), ("category", category))
    narrowed = tuple((name, value) for name, value in persons if value)

    def exact(by: str, region: str) -> pl.DataFrame:
        return _counted(snapshot, by, start, narrowed, region)

    return valued(guarded_counts(snapshot, exact, by, region))


def _own(figures: pl.DataFrame, by: str, county: str) -> pl.DataFrame:
    """Of stored figures, a county's own; those of the city and of departments are everybody's."""
    regional = by in ("county", "township")
    return figures.filter(pl.col("group").str.starts_with(county)) if regional else figures


def _counted(
    snapshot: Snapshot | Draft, by: str, start: date, narrowed: Narrowed, region: str
) -> pl.DataFrame:
    """What `valued` takes: id, group, absent, numerator, denominator, quantile and its limits."""
    wanted = [i for i in catalogue().values() if by in i.cuts]
    codes = regions.region_codes(snapshot, by) if by in LEVELS else []
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
            for group in (codes if by in LEVELS else groups(snapshot, i, by))
        ],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )
    return (
        grid.join(counts, on=["id", "group"], how="left", maintain_order="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .pipe(with_suppliers)
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


def groups(snapshot: Snapshot | Draft, indicator: Indicator, by: str) -> list[str]:
    """Groups beside regions that an answer shows, those without anything included."""
    own = snapshot.access.department
    match by:
        case "category":
            return regions.categories()
        case "department" if own:
            return [own]
        case "programme" if own:
            return programmes_of(own)
        case "department" if indicator.id in COVERAGE:
            return coverage.departments(indicator.id)
        case "department":
            return regions.departments(snapshot.cube("response.city")["department"].unique())
        case "programme" if indicator.id in COVERAGE:
            return coverage.programmes(indicator.id)
        case "programme" if indicator.id == "I1201":
            return ["P1203", "P1204", "P1205"]
        case "programme":
            return regions.programmes()
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
    def exact(_by: str, region: str) -> pl.DataFrame:
        return _counted_by_task_row(snapshot, since, region)

    return valued(guarded_counts(snapshot, exact, "task_row", region))


def _counted_by_task_row(snapshot: Snapshot, since: date, region: str) -> pl.DataFrame:
    """What `valued` takes, by task row."""
    referrals = counted(snapshot, "programme", since, (), region).filter(id="I0903")
    rows = {p["programme_code"]: p["task_row"] for p in reference.programmes().to_dicts()}
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
