"""Line charts of PowerPoint: marks as on screen, labels that do not break, axes that end at 100."""

import polars as pl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CATEGORY_TYPE
from pptx.oxml.ns import qn

from briefing.slides.lines import control, lines
from briefing.slides.page import BODY
from exhibits.exhibit import Chart

MONTHS = ["2026-08", "2026-09", "2026-10"]
PLAIN = pl.DataFrame({"series": ["件数"] * 3, "x": MONTHS, "y": [1.0, 5.0, 3.0]})
CONTROL = PLAIN.with_columns(
    mean=pl.lit(3.0), lower=pl.lit(0.0), upper=pl.lit(6.0), signal=pl.lit("")
)


@pytest.mark.parametrize(("draw", "data"), [(lines, PLAIN), (control, CONTROL)])
@pytest.mark.parametrize("remarks", [(), (("2026-09", "新系统上线"), ("2020-01", "从前"))])
def test_a_remark_is_a_mark_as_high_as_the_largest_value(draw, data, remarks):
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    draw(slide, Chart(kind="lines", data=data, unit="件", remarks=remarks), BODY, "件数")
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    last = list(frame.chart.plots[0].series)[-1]
    if not remarks:
        assert last.name != "备注"
        return
    assert (last.name, list(last.values)) == ("备注", [None, 5.0, None])
    assert last.points[1].data_label.text_frame.text == "新系统上线"


def drawn(draw, data, **fields):
    """The native chart of a description."""
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    draw(slide, Chart(kind="lines", data=data, **fields), BODY, "按时响应率")
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    return frame.chart


def test_a_signal_is_the_glyph_that_it_is_on_screen():
    signals = CONTROL.with_columns(signal=pl.Series(["", "concern", "improvement"]))
    *_, better, worse = drawn(control, signals, unit="%").plots[0].series
    assert (better.name, worse.name) == ("▲ 异常好转", "▼ 异常变差")
    assert better.points[2].data_label.text_frame.text == "▲"
    assert worse.points[1].data_label.text_frame.text == "▼"


def test_a_series_is_named_by_what_it_is():
    assert drawn(control, CONTROL, unit="%").plots[0].series[0].name == "按时响应率"


def test_months_are_whole_and_only_as_many_as_have_room():
    months = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    data = pl.DataFrame({"series": ["件数"] * 24, "x": months, "y": [1.0] * 24})
    chart = drawn(lines, data, unit="件")
    assert chart.category_axis.category_type == XL_CATEGORY_TYPE.TIME_SCALE
    values = {
        name: chart.category_axis._element.find(qn(f"c:{name}")).get("val")
        for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit")
    }
    assert values == {"baseTimeUnit": "months", "majorUnit": "3", "majorTimeUnit": "months"}
    assert r"yyyy\年m\月" in chart.part.blob.decode()


@pytest.mark.parametrize(
    ("unit", "highest", "end"), [("%", 97.0, 100), ("%", 121.0, None), ("件", 97.0, None)]
)
def test_a_percent_axis_ends_at_100(unit, highest, end):
    data = PLAIN.with_columns(y=pl.Series([1.0, highest, 3.0]))
    assert drawn(lines, data, unit=unit).value_axis.maximum_scale == end
