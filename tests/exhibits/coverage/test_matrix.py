"""The cells of the programme matrix: what they print is what they stand out for."""

import pytest

from exhibits.coverage import matrix

#: 40 are due, 30 covered and the other ten excluded: a low rate, and nobody without aid.
ROW = {
    "programme_code": "P0922",
    "group": "621222",
    "unit": "人",
    "eligible": 40,
    "covered_eligible": 30,
    "excluded": 10,
    "pending": 0,
    "gap": 0,
    "rate": 75.0,
    "lower": 60.0,
    "upper": 86.0,
}

CITY = {**ROW, "rate": 95.0}


@pytest.mark.parametrize(
    ("measure", "gap", "text", "mark"),
    [
        ("gap", 0, "0人", "plain"),
        ("gap", 4, "4人▼", "concern"),
        ("rate", 0, "75.0▼", "concern"),
        ("eligible", 0, "40人", "plain"),
    ],
)
def test_a_cell_is_marked_where_its_own_figure_says_so(measure, gap, text, mark):
    cell = matrix._cell(ROW | {"gap": gap}, CITY, measure, {"621222": "文县"})
    assert (cell[2], cell[3]) == (text, mark)
    assert mark in {"plain", *(each for _, each in matrix.LEGENDS[measure])}
