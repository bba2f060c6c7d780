"""A figure for a large screen: type, lines and margins grow, places do not."""

from exhibits.draw.enlarge import enlarged


def test_type_lines_and_margins_grow_and_what_is_a_place_or_a_count_stays():
    figure = {
        "data": [
            {
                "x": [1, 2],
                "marker": {"size": [4, 6]},
                "line": {"width": 2},
                "textfont": {"size": 11},
            }
        ],
        "layout": {"margin": {"l": 20, "t": 24}, "width": 900, "legend": {"x": 0, "size": 3}},
    }
    assert enlarged(figure, 2) == {
        "data": [
            {
                "x": [1, 2],
                "marker": {"size": [8, 12]},
                "line": {"width": 4},
                "textfont": {"size": 22},
            }
        ],
        "layout": {"margin": {"l": 40, "t": 48}, "width": 900, "legend": {"x": 0, "size": 3}},
    }


def test_the_figure_itself_stays_as_it_is():
    figure = {"font": {"size": 14}}
    enlarged(figure, 2)
    assert figure == {"font": {"size": 14}}
