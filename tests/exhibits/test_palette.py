"""Colours: one meaning each."""

import pytest

from exhibits import palette


def test_no_series_has_a_colour_of_concern():
    concern = {palette.CONCERN, palette.CONCERN_PALE, palette.CLASSES["concern"]}
    assert not concern & set(palette.SERIES)
    assert len(set(palette.SERIES)) == len(palette.SERIES)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares]
    return sum(share * v for share, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", palette.CLASSES)
def test_text_on_a_class_is_legible(name):
    dark, light = sorted(map(luminance, (palette.CLASSES[name], palette.on_class(name))))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
