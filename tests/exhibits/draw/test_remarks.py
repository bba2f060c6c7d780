"""Remarks of the office on a line chart: a dotted line and the text beside it."""

import polars as pl

from exhibits.draw import remarks
from exhibits.exhibit import Chart

MONTHS = ["2026-07", "2026-08", "2026-09", "2026-10"]


def chart(*noted):
    data = pl.DataFrame({"x": MONTHS, "y": [1.0, 2.0, 3.0, 4.0]})
    return Chart(kind="lines", data=data, remarks=noted)


def test_a_remark_is_a_line_and_a_text_at_its_month():
    drawn = remarks.drawn(chart(("2026-08", "新系统上线")))
    assert [(s["x0"], s["x1"], s["y0"], s["y1"]) for s in drawn["shapes"]] == [
        ("2026-08", "2026-08", 0, 1)
    ]
    assert [(a["x"], a["text"], a["xanchor"]) for a in drawn["annotations"]] == [
        ("2026-08", "新系统上线", "left")
    ]


def test_a_month_that_the_chart_lacks_is_not_drawn():
    assert remarks.drawn(chart(("2025-08", "新系统上线"))) == {"shapes": [], "annotations": []}


def test_neighbours_stand_below_one_another_and_on_the_right_lean_to_the_left():
    drawn = remarks.drawn(chart(("2026-09", "甲" * 15), ("2026-10", "乙")))["annotations"]
    assert [(a["y"], a["xanchor"], a["text"]) for a in drawn] == [
        (1.0, "left", f"{'甲' * 14}<br>甲"),
        (0.86, "right", "乙"),
    ]
