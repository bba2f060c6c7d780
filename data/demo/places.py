"""Regions: the city, nine counties, 199 townships, 3,290 villages; registered population."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.columns import frame
from data.demo.world import World
from data.reference.policy_tables import table

CITY, CITY_NAME = "621200", "陇南市"
REGISTERED = 2_870_000
YEARS = (2023, 2024, 2025, 2026)


@dataclass(frozen=True)
class Places:
    """Codes, and for each village its township, for each township its county (positions)."""

    counties: list[str]
    townships: list[str]
    villages: list[str]
    county_of_township: np.ndarray
    township_of_village: np.ndarray
    community: np.ndarray
    residents: np.ndarray
    village_weight: np.ndarray

    @property
    def county_of_village(self) -> np.ndarray:
        return self.county_of_township[self.township_of_village]

    def county(self, code: str) -> int:
        return self.counties.index(code)


def places(world: World) -> Places:
    """The real places, each village with an invented size."""
    counties = table("longnan_population")
    townships, villages = table("longnan_townships"), table("longnan_villages")
    rank = {code: i for i, code in enumerate(counties["county_code"])}
    town_rank = {code: i for i, code in enumerate(townships["code"])}
    community = (villages["type"] == "居委会/社区").to_numpy()
    size = world.rng("villages").lognormal(0, 0.5, villages.height)
    return Places(
        counties=counties["county_code"].to_list(),
        townships=townships["code"].to_list(),
        villages=villages["code"].to_list(),
        county_of_township=np.array([rank[c] for c in townships["county_code"]]),
        township_of_village=np.array([town_rank[c] for c in villages["township_code"]]),
        community=community,
        residents=counties["residents_2020"].cast(pl.Int64).to_numpy(),
        village_weight=size * np.where(community, 2.5, 1.0),
    )


def regions() -> pl.DataFrame:
    counties = table("longnan_population").select(
        code="county_code", parent=pl.lit(CITY), level=pl.lit("county"), name="county_name"
    )
    townships = table("longnan_townships").select(
        code="code", parent="county_code", level=pl.lit("township"), name="name"
    )
    villages = table("longnan_villages").select(
        code="code", parent="township_code", level=pl.lit("village"), name="name"
    )
    city = pl.DataFrame({"code": [CITY], "parent": None, "level": "city", "name": CITY_NAME})
    points = table("longnan_township_points")
    every = pl.concat([city.cast(pl.String), counties, townships, villages]).join(
        points, on="code", how="left", maintain_order="left"
    )
    return frame(
        "region",
        {
            "region_code": every["code"],
            "parent_code": every["parent"],
            "region_level": every["level"],
            "region_name": every["name"],
            "sort_order": every.select(pl.int_range(1, pl.len() + 1).over("level")).to_series(),
            "longitude": every["lon"],
            "latitude": every["lat"],
        },
    )


def population(where: Places) -> pl.DataFrame:
    """Registered population a year, counties and townships; townships add up to their county."""
    weight = np.bincount(where.township_of_village, where.village_weight)
    county_weight = np.bincount(where.county_of_township, weight)
    share = weight / county_weight[where.county_of_township]
    parts = []
    for year in YEARS:
        city = REGISTERED * (1 - 0.003 * (year - YEARS[-1]))
        counties = np.rint(city * where.residents / where.residents.sum()).astype(np.int64)
        towns = np.floor(share * counties[where.county_of_township]).astype(np.int64)
        rest = counties - np.bincount(where.county_of_township, towns).astype(np.int64)
        first_town = np.unique(where.county_of_township, return_index=True)[1]
        towns[first_town] += rest
        parts.append(
            frame(
                "region_population",
                {
                    "region_code": where.counties + where.townships,
                    "stat_year": np.full(len(counties) + len(towns), year),
                    "registered_population": np.concatenate([counties, towns]),
                    "source_note": "演示数据（合成），按七普常住人口比例推算",
                },
            )
        )
    return pl.concat(parts)
