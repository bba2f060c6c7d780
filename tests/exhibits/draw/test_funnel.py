"""A funnel: one shape a mark, the limits once in the legend, the city as a line."""

import polars as pl

from exhibits.draw.funnel import funnel
from exhibits.exhibit import Chart

POINTS = pl.DataFrame(
    {
        "label": ["武都区", "成县"],
        "x": [100, 40],
        "y": [60.0, 80.0],
        "mark": ["concern", "usual"],
        "code": ["621202", "621221"],
    }
)
GUIDES = pl.DataFrame({"x": [10, 100]}).with_columns(
    *[pl.lit(limit).alias(name) for name, limit in (("lower_95", 70.0), ("upper_95", 90.0))],
    *[pl.lit(limit).alias(name) for name, limit in (("lower_998", 65.0), ("upper_998", 95.0))],
)


def test_each_mark_has_its_points_and_the_limits_stand_once_in_the_legend():
    chart = Chart("funnel", POINTS, guides=GUIDES, reference=80.0, reference_name="全市")
    traces, _ = funnel(chart)
    points = {trace["name"]: trace["text"] for trace in traces if "text" in trace}
    assert points == {"优于全市": [], "劣于全市": ["武都区"], "正常波动范围": ["成县"]}
    limits = [(t["name"], t["showlegend"]) for t in traces if t["name"].endswith("限")]
    assert limits == [("95%限", True), ("95%限", False), ("99.8%限", True), ("99.8%限", False)]
    assert (traces[-1]["name"], list(traces[-1]["y"])) == ("全市", [80.0, 80.0])
