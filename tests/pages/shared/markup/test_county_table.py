"""The county table as HTML: the city and the ends stand still, texts are escaped."""

import re

import polars as pl

from exhibits.exhibit import Chart
from pages.shared.markup.county_table import table

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


def test_the_city_and_the_ends_are_above_what_is_sorted():
    markup = table(
        CHART, {"按时响应率（当月）": ("90.00 徽县", "59.00 礼县")}, {"621226": "x?a=1&b=2"}
    )
    assert rows("thead", markup) == [
        ["地区", "按时响应率", "（当月）"],
        ["全市", "87.17"],
        ["居首", "90.00", "徽县"],
        ["居末", "59.00", "礼县"],
    ]
    assert rows("tbody", markup) == [["礼县", "59.00▼"], ["&lt;b&gt;康县", "*"]]
    assert '<a href="x?a=1&amp;b=2" target="_self">礼县</a>' in markup
    assert 'title="礼县；全市"' in markup


def test_the_legend_has_the_classes_that_occur():
    markup = table(CHART, {"按时响应率（当月）": ("—", "—")}, {})
    assert re.findall(r"</i>(.*?)</span>", markup) == ["▼ 劣于全市", "* 不予显示"]
