"""A matrix as HTML: totals and ends stand still, texts are escaped, names of regions lead there."""

import re

import polars as pl

from exhibits.exhibit import Chart
from pages.shared.markup.matrix import table

CELLS = pl.DataFrame(
    [
        ("全市", "按时响应率（当月）", "87.17", "plain", "", "全市"),
        ("礼县", "按时响应率（当月）", "59.00▼", "concern", "621226", "礼县<br>全市"),
        ("<b>康县", "按时响应率（当月）", "*", "hidden", "621224", "康县"),
    ],
    schema=("y", "x", "text", "mark", "code", "hover"),
    orient="row",
)

CHART = Chart(
    "matrix",
    CELLS,
    classes=(("▼ 劣于全市", "concern"), ("▲ 优于全市", "improvement"), ("* 不予显示", "hidden")),
)


def rows(part: str, markup: str) -> list[str]:
    (inside,) = re.findall(rf"<{part}>(.*?)</{part}>", markup)
    return [re.sub(r"<[^>]*>", " ", row).split() for row in re.findall(r"<tr.*?</tr>", inside)]


def test_totals_and_ends_are_above_what_is_sorted():
    ends = {"按时响应率（当月）": ("90.00 徽县", "59.00 礼县")}
    markup = table(CHART, {"621226": "x?a=1&b=2"}, "y", ends)
    assert rows("thead", markup) == [
        ["按时响应率", "（当月）"],
        ["全市", "87.17"],
        ["居首", "90.00", "徽县"],
        ["居末", "59.00", "礼县"],
    ]
    assert rows("tbody", markup) == [["礼县", "59.00▼"], ["&lt;b&gt;康县", "*"]]
    assert '<a href="x?a=1&amp;b=2" target="_self">礼县</a>' in markup
    assert 'title="礼县；全市"' in markup


def test_the_legend_has_the_classes_that_occur():
    markup = table(CHART, {})
    assert re.findall(r"</i>(.*?)</span>", markup) == ["▼ 劣于全市", "* 不予显示"]


def test_columns_of_regions_lead_there_and_a_sign_beside_sorts():
    cells = [("最低生活保障", "礼县", "767人", "usual", "621226", "礼县")]
    data = pl.DataFrame(cells, schema=CELLS.schema, orient="row")
    markup = table(Chart("matrix", data, classes=()), {"621226": "?region=621226"})
    assert '<a href="?region=621226" target="_self">礼县</a>' in markup
    assert 'aria-label="按礼县排序"' in markup


def test_a_phones_list_has_the_first_columns_order_and_bars():
    cells = [
        (name, "全市", text, "plain", "", "") for name, text in (("甲", "50"), ("乙", "1,000▲"))
    ]
    markup = table(Chart("matrix", pl.DataFrame(cells, schema=CELLS.schema, orient="row")), {})
    assert re.findall(r"--place:(\d)", markup) == ["1", "0"]
    assert re.findall(r"--share:(\d+)%", markup) == ["5", "100"]
