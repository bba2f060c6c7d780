"""Every indicator of the catalogue, for any period and any group that makes sense."""

from datetime import date
from functools import lru_cache

import polars as pl

from data import reference
from queries.answers import coverage, regions, response
from queries.catalogue import (
    BY_PROGRAMME_ROW,
    COVERAGE,
    MONEY,
    QUANTILES,
    READS,
    Indicator,
    catalogue,
)
from queries.cubes.measures import LEVELS
from queries.cubes.stage import day_number
from queries.settings import EXPECTED_SUPPLIERS
from queries.snapshot import Draft, Snapshot
from queries.statistics.intervals import wilson

CUTS = ("city", "county", "township", "department", "programme", "category", "task_row")

COLUMNS = (
    "id",
    "name",
    "unit",
    "group",
    "numerator",
    "denominator",
    "value",
    "lower",
    "upper",
    "status",
)

#: Cuts whose figures of the default period are stored with the snapshot.
STORED = ("city", "county")

#: Dimension of the cubes that a cut reads.
DIMENSION = {"department": "department", "programme": "programme", "category": "category"}


def month_start(day: date) -> date:
    """Start of the default period: the month to date."""
    return day.replace(day=1)


@lru_cache(maxsize=256)
def indicators(
    snapshot: Snapshot | Draft,
    by: str = "city",
    since: date | None = None,
    residence: str | None = None,
    category: str | None = None,
) -> pl.DataFrame:
    """
    Every indicator that can be cut `by`, for the period from `since` (default: month to date).

    Columns: `COLUMNS`. `value` of % is 0–100, money in yuan; `numerator` and `denominator` as
    counted, money in yuan. `lower, upper`: Wilson 95 % of proportions, limits of medians.
    `status`: ok, no_data (a source table is absent), not_reached, undefined (denominator 0).
    `residence` and `category` narrow persons of the register, nothing else. The frame is shared.
    """
    start = since or month_start(snapshot.as_of)
    default = start == month_start(snapshot.as_of) and not residence and not category
    if default and by in STORED and isinstance(snapshot, Snapshot):
        return snapshot.cube(f"figures.{by}")
    if by == "task_row":
        return _by_task_row(snapshot, start)
    wanted = [i for i in catalogue().values() if by in i.cuts]
    persons = (("residence", residence), ("category", category))
    narrowed = tuple((name, value) for name, value in persons if value)
    quantiles = response.quantiles(snapshot, by, start)
    counted = pl.concat(
        [
            quantiles.select("id", "group", "numerator", "denominator"),
            _counted(snapshot, by, start, narrowed),
            coverage.summed(snapshot, by, narrowed),
            *([_population_share(snapshot, by, narrowed)] if by in LEVELS else []),
            *([_county_options(snapshot, by)] if by in ("city", "county", "programme") else []),
        ]
    )
    grid = pl.DataFrame(
        [
            (i.id, group, is_absent(snapshot, i.id, by, group))
            for i in wanted
            for group in groups(snapshot, i, by, counted)
        ],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )
    filled = (
        grid.join(counted, on=["id", "group"], how="left", maintain_order="left")
        .with_columns(pl.col("numerator", "denominator").fill_null(0))
        .join(
            quantiles.drop("numerator", "denominator"),
            on=["id", "group"],
            how="left",
            maintain_order="left",
        )
    )
    return _valued(filled)


def is_absent(snapshot: Snapshot, indicator: str, by: str, group: str) -> bool:
    """Whether a source of the indicator, for this group, is not connected."""
    if indicator in COVERAGE:
        return not coverage.counted_programmes(snapshot, indicator, by, group)
    return not set(READS.get(indicator, ())) <= set(snapshot.manifest["connected"])


def groups(snapshot: Snapshot, indicator: Indicator, by: str, counted: pl.DataFrame) -> list[str]:
    """Groups that an answer shows, those without anything included."""
    match by:
        case "city" | "county" | "township":
            return regions.region_codes(snapshot, by)
        case "category":
            return regions.categories()
        case "department" if indicator.id in COVERAGE:
            return coverage.departments(indicator.id)
        case "department":
            return regions.departments(counted.filter(id=indicator.id)["group"])
        case "programme" if indicator.id in COVERAGE:
            return coverage.programmes(indicator.id)
        case "programme" if indicator.id == "I1201":
            return ["P1203", "P1204", "P1205"]
        case "programme":
            return regions.programmes()
    raise ValueError(f"cannot group by {by}")


def _region_or(column: str, snapshot: Snapshot, by: str) -> pl.Expr:
    if by == "city":
        return pl.lit(regions.city_code(snapshot))
    return pl.col(DIMENSION.get(by, column))


def _counted(
    snapshot: Snapshot, by: str, since: date, narrowed: tuple[tuple[str, str], ...]
) -> pl.DataFrame:
    """Numerators and denominators of flows and stocks: id, group, numerator, denominator."""
    level = by if by in LEVELS else "city"
    flow = snapshot.cube(f"flow.{level}").filter(pl.col("day") >= day_number(since))
    stock = snapshot.cube(f"stock.{level}")
    for name, value in narrowed:
        # Only rows of persons carry a category or residence.
        stock = stock.filter(pl.col(name).is_null() | (pl.col(name) == value))
    cut = pl.col("department").is_not_null() | pl.col("programme").is_not_null()
    stock = stock.filter(~((pl.col("id") == "I0890") & cut), pl.col("id") != "I1201")
    group = _region_or("region", snapshot, by)
    parts = [
        frame.group_by("id", group.alias("group")).agg(
            pl.col("numerator").sum(), pl.col("denominator").sum()
        )
        for frame in ((stock,) if by == "category" else (flow, stock))
    ]
    counts = pl.concat(parts).filter(pl.col("group").is_not_null())
    total = counts.filter(id="I0101").with_columns(id=pl.lit("I0103"))
    suppliers = pl.when(pl.col("id") == "I0401").then(EXPECTED_SUPPLIERS).otherwise("denominator")
    return pl.concat([counts, total]).with_columns(denominator=suppliers)


def _population_share(
    snapshot: Snapshot, by: str, narrowed: tuple[tuple[str, str], ...]
) -> pl.DataFrame:
    """I0102: persons in the register ÷ registered population of the latest year known."""
    if "region_population" not in snapshot.manifest["connected"]:
        return _none()
    known = snapshot.cube("population")
    latest = known.filter(pl.col("stat_year") == pl.col("stat_year").max())
    people = latest.filter(pl.col("registered_population").is_not_null())
    if by == "city":
        counties = people.filter(
            pl.col("region_code").is_in(regions.region_codes(snapshot, "county"))
        )
        people = counties.select(
            region_code=pl.lit(regions.city_code(snapshot)),
            registered_population=pl.col("registered_population").sum(),
        ).head(1)
    persons = _counted(snapshot, by, snapshot.as_of, narrowed).filter(id="I0101")
    return people.join(persons, left_on="region_code", right_on="group", how="left").select(
        id=pl.lit("I0102"),
        group="region_code",
        numerator=pl.col("numerator").fill_null(0),
        denominator=pl.col("registered_population").cast(pl.Int64),
    )


def _none() -> pl.DataFrame:
    return pl.DataFrame(
        schema={
            "id": pl.String,
            "group": pl.String,
            "numerator": pl.Int64,
            "denominator": pl.Int64,
        }
    )


def _county_options(snapshot: Snapshot, by: str) -> pl.DataFrame:
    """I1201: counties with at least one extension in scope, each counted once."""
    counties = regions.region_codes(snapshot, "county")
    pairs = snapshot.cube("stock.county").filter(
        pl.col("id") == "I1201", pl.col("region").is_in(counties)
    )
    group = {"city": pl.lit(regions.city_code(snapshot)), "county": pl.col("region")}
    return (
        pairs.group_by(group.get(by, pl.col("programme")).alias("group"))
        .agg(
            id=pl.lit("I1201"),
            numerator=pl.col("region").n_unique().cast(pl.Int64),
            denominator=pl.lit(0, pl.Int64),
        )
        .select("id", "group", "numerator", "denominator")
    )


def _valued(filled: pl.DataFrame) -> pl.DataFrame:
    """Adds name, unit, value, limits and status to counted numerators and denominators."""
    known = filled.join(_described(), on="id", how="left", maintain_order="left").with_columns(
        pl.col("numerator") / pl.col("numerator_scale"),
        pl.col("denominator") / pl.col("denominator_scale"),
    )
    quantile = pl.col("id").is_in(list(QUANTILES))
    rate = pl.col("is_rate") | quantile
    # A region without its population row is unknown, not empty.
    no_row = (pl.col("id") == "I0102") & (pl.col("denominator") == 0)
    status = (
        pl.when(pl.col("absent") | no_row)
        .then(pl.lit("no_data"))
        .when(rate & (pl.col("denominator") == 0))
        .then(pl.lit("undefined"))
        .when(quantile & pl.col("quantile").is_null())
        .then(pl.lit("not_reached"))
        .otherwise(pl.lit("ok"))
    )
    return (
        known.with_columns(status=status)
        .with_columns(**_figures(quantile))
        .with_columns(
            pl.when(pl.col("status") != "no_data").then("numerator"),
            pl.when((pl.col("status") != "no_data") & rate).then("denominator"),
            pl.when(pl.col("status") == "ok").then("value"),
            pl.when(pl.col("status").is_in(["ok", "not_reached"])).then(pl.col("lower", "upper")),
        )
        .select(COLUMNS)
    )


def _figures(quantile: pl.Expr) -> dict[str, pl.Expr]:
    """`value, lower, upper`: a quantile with its limits, a rate with Wilson's, or a count."""
    percent = pl.when(pl.col("unit") == "%").then(100.0).otherwise(1.0)
    quotient = pl.col("numerator") / pl.col("denominator") * percent
    lower, upper = wilson(pl.col("numerator"), pl.col("denominator"))
    counted = pl.when(pl.col("is_rate")).then(quotient).otherwise("numerator")
    proportion = pl.col("has_interval")
    return {
        "value": pl.when(quantile).then("quantile").otherwise(counted),
        "lower": pl.when(quantile).then("quantile_lower").when(proportion).then(lower * 100),
        "upper": pl.when(quantile).then("quantile_upper").when(proportion).then(upper * 100),
    }


@lru_cache(maxsize=1)
def _described() -> pl.DataFrame:
    """What the catalogue says of each indicator's figure; money is stored in fen."""
    return pl.DataFrame(
        [
            {
                "id": i.id,
                "name": i.name,
                "unit": i.unit,
                "is_rate": i.is_rate,
                "has_interval": i.has_interval,
                "numerator_scale": 100.0 if i.id in MONEY else 1.0,
                "denominator_scale": 100.0 if i.id in MONEY and i.unit == "%" else 1.0,
            }
            for i in catalogue().values()
        ]
    )


def _by_task_row(snapshot: Snapshot, since: date) -> pl.DataFrame:
    """Each indicator under its task row; those summed over programmes split by their rows."""
    city = indicators(snapshot, "city", since)
    single = {i.id: i.task_rows[0] for i in catalogue().values() if i.id not in BY_PROGRAMME_ROW}
    row = pl.col("id").replace_strict(single, default=None, return_dtype=pl.String)
    under = city.with_columns(group=row).filter(pl.col("group").is_not_null())
    return pl.concat([under, _split_by_task_row(snapshot, since)]).sort(
        pl.col("id"), maintain_order=True
    )


def _split_by_task_row(snapshot: Snapshot, since: date) -> pl.DataFrame:
    referrals = _counted(snapshot, "programme", since, ()).filter(id="I0903")
    rows = {p["programme_code"]: p["task_row"] for p in reference.programmes().to_dicts()}
    by_row = referrals.group_by(
        "id", pl.col("group").replace_strict(rows, default=None, return_dtype=pl.String)
    ).agg(pl.col("numerator", "denominator").sum())
    counted = pl.concat([by_row, coverage.summed(snapshot, "task_row", ())])
    special = catalogue()["I0903"].task_rows
    grid = [("I0903", row) for row in special]
    grid += [(i, row) for i in COVERAGE for row in coverage.task_rows(i)]
    frame = pl.DataFrame(
        [(i, row, is_absent(snapshot, i, "task_row", row)) for i, row in grid],
        schema={"id": pl.String, "group": pl.String, "absent": pl.Boolean},
        orient="row",
    )
    filled = frame.join(counted, on=["id", "group"], how="left", maintain_order="left")
    nothing = pl.lit(None, pl.Float64)
    return _valued(
        filled.with_columns(
            pl.col("numerator", "denominator").fill_null(0),
            quantile=nothing,
            quantile_lower=nothing,
            quantile_upper=nothing,
        )
    )
