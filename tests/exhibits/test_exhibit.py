"""What stands on every exhibit: its source, and the name of its file."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from exhibits.exhibit import Chart, Exhibit
from queries.access import access

EXHIBIT = Exhibit(
    key="k",
    page="覆盖缺口",
    title="项目×县区",
    finding="",
    table=pl.DataFrame(),
    chart=None,
    definition="",
    as_of=date(2026, 10, 31),
    place="礼县",
)


def test_a_file_is_named_by_page_title_place_and_day():
    assert EXHIBIT.file_name == "覆盖缺口_项目×县区_礼县_2026-10-31"


def test_no_name_leads_out_of_its_folder_or_is_longer_than_a_disk_takes():
    assert replace(EXHIBIT, title="../a:b?").file_name == "覆盖缺口_每ab_礼县_2026-10-31"
    assert len(replace(EXHIBIT, title="长" * 300).file_name.encode()) < 250


def test_the_source_line_says_the_day_and_whatever_bears_on_the_figures():
    assert EXHIBIT.source_line == (
        "数据来源：低收入人口动态监测数据库；截至2026年10月31日（第1版）；礼县"
    )
    opened = replace(
        EXHIBIT,
        version=2,
        period="10月",
        compared=date(2026, 9, 30),
        access=access("partner"),
        demonstration=True,
    )
    assert opened.source_line.split("；")[1:] == [
        "截至2026年10月31日（第2版）",
        "礼县",
        "时段10月",
        "对比日2026年9月30日",
        "公开口径",
        "演示数据（合成）",
    ]


@pytest.mark.parametrize(
    ("kind", "x", "said"),
    [
        ("control", ["2024-10", "2024-11", "2026-10"], "2024-10至2026-10"),
        ("lines", ["05-09", "10-24"], "05-09至10-24"),
        ("lines", [], ""),
        ("bars", ["武都区"], ""),
    ],
)
def test_a_chart_over_time_says_from_when_to_when(kind, x, said):
    chart = Chart(kind, pl.DataFrame({"x": x, "y": [1.0] * len(x)}))
    assert chart.span == said
    assert replace(EXHIBIT, chart=chart).when == (said or "截至2026年10月31日")


def test_a_flow_says_the_days_that_it_is_counted_over():
    days = "2026年8月1日至2026年10月31日"
    assert replace(EXHIBIT, counted_over=days).when == days
