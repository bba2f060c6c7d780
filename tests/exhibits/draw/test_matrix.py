"""A matrix: a cell's class is its colour, its figure stands in it."""

import polars as pl

from exhibits import palette
from exhibits.draw.matrix import matrix
from exhibits.exhibit import Chart

CELLS = pl.DataFrame(
    {
        "x": ["武都区", "成县", "武都区"],
        "y": ["低保", "低保", "特困"],
        "text": ["50.0", "*", "90.0"],
        "mark": ["concern", "hidden", "usual"],
        "code": ["621202", "621221", "621202"],
        "hover": ["甲", "乙", "丙"],
    }
)
CLASSES = (("劣于全市", "concern"), ("无显著差异", "usual"), ("* 不予显示", "hidden"))


def drawn():
    return matrix(Chart("matrix", CELLS, classes=CLASSES))


def test_a_cell_has_the_number_of_its_class_and_one_without_a_row_none():
    (cells, *_), _ = drawn()
    assert (cells["x"], cells["y"]) == (["武都区", "成县"], ["低保", "特困"])
    assert cells["z"] == [[0, 2], [1, None]]


def test_each_number_has_the_colour_of_its_class():
    (cells, *_), _ = drawn()
    scale = cells["colorscale"]
    assert [colour for _, colour in scale][::2] == [palette.CLASSES[m] for _, m in CLASSES]
    assert (scale[0][0], scale[-1][0]) == (0.0, 1.0)


def test_figures_stand_above_and_every_class_is_in_the_legend():
    (_, texts, *legend), layout = drawn()
    assert texts["text"] == ["50.0", "*", "90.0"]
    assert texts["customdata"] == ["621202", "621221", "621202"]
    assert [each["name"] for each in legend] == [label for label, _ in CLASSES]
    assert layout["yaxis"]["range"] == [1.5, -0.5]
