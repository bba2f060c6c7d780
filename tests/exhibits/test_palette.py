"""Colours: one meaning each."""

from exhibits import palette


def test_no_series_has_a_colour_of_concern():
    concern = {palette.CONCERN, palette.CONCERN_PALE, palette.CLASSES["concern"]}
    assert not concern & set(palette.SERIES)
    assert len(set(palette.SERIES)) == len(palette.SERIES)
