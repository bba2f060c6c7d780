"""Line charts of PowerPoint: remarks are a series whose marks bear the text."""

import polars as pl
import pytest
from pptx import Presentation

from briefing.slides.lines import control, lines
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
    draw(slide, Chart(kind="lines", data=data, unit="件", remarks=remarks))
    (frame,) = [shape for shape in slide.shapes if shape.has_chart]
    last = list(frame.chart.plots[0].series)[-1]
    if not remarks:
        assert last.name != "备注"
        return
    assert (last.name, list(last.values)) == ("备注", [None, 5.0, None])
    assert last.points[1].data_label.text_frame.text == "新系统上线"
