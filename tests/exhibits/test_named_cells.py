"""The cells of a matrix that its sentence names."""

import polars as pl
import pytest

from exhibits.named_cells import with_named

CELLS = pl.DataFrame(
    [
        ("武都区", "最低生活保障"),
        ("武都区", "资助参保（全额）"),
        ("康县", "部门按时响应率（当月）"),
        ("成县", "部门按时响应率（当月）"),
    ],
    schema=["x", "y"],
    orient="row",
)


@pytest.mark.parametrize(
    ("finding", "named"),
    [
        ("缺口较大的是武都区最低生活保障（4132人）。", [True, False, False, False]),
        ("缺口较大的是武都区资助参保（全额）（12人）。", [False, True, False, False]),
        ("显著劣于全市的有部门按时响应率（康县、礼县等3地）。", [False, False, True, False]),
        ("康县部门按时响应率占全市41%。", [False, False, True, False]),
        ("无缺口。", [False] * 4),
    ],
)
def test_a_cell_is_named_by_its_row_and_its_column(finding, named):
    assert with_named(CELLS, finding)["named"].to_list() == named
