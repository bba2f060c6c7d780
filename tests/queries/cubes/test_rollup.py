"""Every cube is stored per level: what is summed, and where a row without a place stands."""

import polars as pl

from queries.cubes.rollup import roll_up

CELLS = pl.DataFrame(
    {
        "region": ["621202001", "621202002", "621221001", "621221001", None],
        "kind": ["a", "a", "a", "b", "a"],
        "n": [1, 2, 4, 8, 16],
    }
)


def test_townships_sum_to_counties_and_the_city_and_who_has_no_place_counts_in_the_city():
    levels = {level: sorted(rows.rows(), key=str) for level, rows in roll_up(CELLS, ["n"]).items()}
    assert levels["city"] == [("", "a", 23), ("", "b", 8)]
    assert levels["county"] == [
        ("621202", "a", 3),
        ("621221", "a", 4),
        ("621221", "b", 8),
        (None, "a", 16),
    ]
    assert levels["township"] == [
        ("621202001", "a", 1),
        ("621202002", "a", 2),
        ("621221001", "a", 4),
        ("621221001", "b", 8),
        (None, "a", 16),
    ]


def test_the_levels_come_from_the_city_down():
    assert list(roll_up(CELLS, ["n"])) == ["city", "county", "township"]
