"""Bands of working days: both ends count, the last is open."""

import polars as pl

from queries.answers.wait_bands import band, band_names, band_order


def test_the_upper_end_belongs_to_its_band():
    days = pl.DataFrame({"days": [0, 5, 6, 10, 11, 400]})
    assert days.select(band("days", (5, 10))).to_series().to_list() == [
        *("0–5", "0–5", "6–10", "6–10", "11以上", "11以上")
    ]


def test_bands_stand_shortest_first_not_by_their_names():
    names = band_names((5, 10, 20))
    assert names == ["0–5", "6–10", "11–20", "21以上"]
    mixed = pl.DataFrame({"band": sorted(names)})
    assert mixed.sort(band_order("band", (5, 10, 20)))["band"].to_list() == names
