"""Counts of the catalogue from the cubes: id, group, numerator, denominator."""

from datetime import date

import polars as pl

from data.reference import departments
from queries.answers import breakdowns
from queries.answers.cube_rows import cells
from queries.cubes.register_cubes import GAP_COUNTS
from queries.region import Region
from queries.store.snapshot import Cubes

#: Dimension of the cubes that a cut reads.
DIMENSION = {"department": "department", "programme": "programme", "category": "category"}

#: Filters of persons of the register: category and residence.
Narrowed = tuple[tuple[str, str], ...]


def _region_or(column: str, snapshot: Cubes, by: str) -> pl.Expr:
    if by == "city":
        return pl.lit(breakdowns.city_code(snapshot))
    return pl.col(DIMENSION.get(by, column))


def counted(
    snapshot: Cubes, by: str, since: date, narrowed: Narrowed, region: str = ""
) -> pl.DataFrame:
    """Numerators and denominators of flows and stocks: id, group, numerator, denominator."""
    flow = cells(snapshot, "flow", by, region, since)
    stock = cells(snapshot, "stock", by, region)
    for name, value in narrowed:
        # Only rows of persons carry a category or residence.
        stock = stock.filter(pl.col(name).is_null() | (pl.col(name) == value))
    cut = pl.col("department").is_not_null() | pl.col("programme").is_not_null()
    once = pl.col("id").is_in(list(GAP_COUNTS))
    stock = stock.filter(~(once & cut), pl.col("id") != "I1201")
    group = _region_or("region", snapshot, by)
    parts = [
        frame.group_by("id", group.alias("group")).agg(
            pl.col("numerator").sum(), pl.col("denominator").sum()
        )
        for frame in ((stock,) if by == "category" else (flow, stock))
    ]
    counts = pl.concat(parts).filter(pl.col("group").is_not_null())
    total = counts.filter(id="I0101").with_columns(id=pl.lit("I0103"))
    return pl.concat([counts, total])


def with_suppliers(counts: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """I0401 with the departments expected to supply data, whether any did or none."""
    suppliers = len(departments.suppliers(as_of))
    expected = pl.when(pl.col("id") == "I0401").then(suppliers).otherwise("denominator")
    return counts.with_columns(denominator=expected)


def population_share(snapshot: Cubes, by: str, narrowed: Narrowed) -> pl.DataFrame:
    """I0102: persons in the register ÷ registered population of the latest year known."""
    if "region_population" not in snapshot.manifest["connected"]:
        return _none()
    population = snapshot.cube("population")
    latest = population.filter(pl.col("stat_year") == pl.col("stat_year").max())
    people = latest.filter(pl.col("registered_population").is_not_null())
    if by == "city":
        counties = people.filter(
            pl.col("region_code").is_in(breakdowns.region_codes(snapshot, "county"))
        )
        people = counties.select(
            region_code=pl.lit(breakdowns.city_code(snapshot)),
            registered_population=pl.col("registered_population").sum(),
        ).head(1)
    persons = counted(snapshot, by, snapshot.as_of, narrowed).filter(id="I0101")
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


def county_options(snapshot: Cubes, by: str, region: str = "") -> pl.DataFrame:
    """I1201: counties with at least one extension in scope, each counted once."""
    counties = breakdowns.region_codes(snapshot, "county")
    pairs = snapshot.cube("stock.county").filter(
        pl.col("id") == "I1201",
        pl.col("region").is_in(counties),
        Region(region).county.holds(pl.col("region")),
    )
    group = {"city": pl.lit(breakdowns.city_code(snapshot)), "county": pl.col("region")}
    return (
        pairs.group_by(group.get(by, pl.col("programme")).alias("group"))
        .agg(
            id=pl.lit("I1201"),
            numerator=pl.col("region").n_unique().cast(pl.Int64),
            denominator=pl.lit(0, pl.Int64),
        )
        .select("id", "group", "numerator", "denominator")
    )
