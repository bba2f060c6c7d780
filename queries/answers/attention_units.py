"""Every measure of every unit beside the others: what the ranking of `attention` chooses from."""

import polars as pl

from queries.access.open_edition import released
from queries.answers import breakdowns
from queries.cache import cached
from queries.region import Region
from queries.statistics.excess import with_excess
from queries.store.snapshot import Snapshot

KEY = ("by", "unit", "measure")


def of_city(snapshot: Snapshot) -> pl.DataFrame:
    """The city's measures; in the open edition without decisions: it has no meetings."""
    rows = snapshot.cube("attention.city")
    return rows.filter(pl.col("measure") != "I1302") if snapshot.access.open else rows


@cached(64)
def judged(snapshot: Snapshot, county: str = "") -> pl.DataFrame:
    """
    Every measure of every unit with cases, in official order, the counties first.

    Columns: by, unit, measure, bad, all, city_bad, city_all, share, rate, lower, upper, others
    (0–100), excess, candidate.
    """
    city = of_city(snapshot).select(
        "measure", city_bad="bad", city_all="all", place=pl.int_range(pl.len())
    )
    units = _units(snapshot, county)
    order = pl.DataFrame(
        [(by, unit) for by, codes in units.items() for unit in codes],
        schema=dict.fromkeys(KEY[:2], pl.String),
        orient="row",
    ).with_row_index("official")
    counted = pl.concat([_counted(snapshot, by) for by in units])
    rows = counted.join(order, on=KEY[:2]).join(city, on="measure").sort("official", "place")
    return with_excess(rows)


def _units(snapshot: Snapshot, county: str) -> dict[str, list[str]]:
    """Codes of the units by what they are."""
    own = snapshot.access.department
    if county:
        townships = breakdowns.own_codes(snapshot, "township")
        return {"township": [code for code in townships if Region(county).contains(code)]}
    rows = snapshot.cube("attention_departments.county")
    departments = breakdowns.departments(snapshot, rows["department"])
    if own:
        return {"department": departments}
    return {"county": breakdowns.own_codes(snapshot, "county"), "department": departments}


def _counted(snapshot: Snapshot, by: str) -> pl.DataFrame:
    """Columns by, unit, measure, bad, all; of the open edition below the city."""
    keys = [pl.lit(by).alias("by"), pl.col("department" if by == "department" else "region")]
    if by == "department":
        both = snapshot.cube("attention_departments.county")
        rows = both.group_by("department", "measure").agg(pl.col("bad", "all").sum())
    else:
        rows = snapshot.cube(f"attention.{by}")
        rows = released(rows, ("bad", "all")) if snapshot.access.open else rows
    return rows.select(keys[0], keys[1].alias("unit"), "measure", "bad", "all")
