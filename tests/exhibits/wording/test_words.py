"""Differences and days as a card says them."""

from datetime import date

import pytest

from exhibits.wording import words

D = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("now", "before", "unit", "said"),
    [
        (559, 174, "条", "多385条"),
        (120, 129, "件", "少9件"),
        (293_192, 270_000, "人", "多2.32万人"),
        (12, 12, "条", "持平"),
        (87.17, 86.9, "%", "上升0.27个百分点"),
        (10, 9, "工作日", "延长1个工作日"),
        (472.0, 400.0, "元/人·月", "增长18.00%"),
        (559, None, "条", "无可比数据"),
    ],
)
def test_a_count_differs_by_its_unit_a_rate_as_it_changes(now, before, unit, said):
    assert words.difference(now, before, unit) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 7, 31), "7月末"),
        (date(2025, 10, 31), "2025年10月末"),
        (date(2026, 8, 18), "2026年8月18日"),
    ],
)
def test_a_month_end_is_called_by_its_month(day, said):
    assert words.on(day, D) == said
