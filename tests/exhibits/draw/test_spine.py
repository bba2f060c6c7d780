"""The spine chart: each line ends with its figures."""

import polars as pl

from exhibits.draw.spine import spine
from exhibits.exhibit import Chart

DATA = pl.DataFrame(
    {
        "label": ["救助覆盖率", "部门按时响应率（当月）"],
        "value": [30.0, 80.0],
        "city": [50.0, 50.0],
        "low": [0.0, 10.0],
        "high": [90.0, 100.0],
        "last": [20.0, None],
        "text": ["94.10%　全市95.38%", "91.00%　全市87.65%"],
        "mark": ["concern", "improvement"],
    }
)


def test_a_line_ends_with_its_figure_and_the_citys():
    traces, layout = spine(Chart("spine", DATA))
    (column,) = [trace for trace in traces if trace.get("mode") == "text"]
    assert column["text"] == ["94.10%　全市95.38%", "91.00%　全市87.65%"]
    assert set(column["x"]) == {layout["xaxis"]["range"][1]}
    assert layout["yaxis"]["ticktext"] == ["救助覆盖率", "部门按时响应率<br>（当月）"]
