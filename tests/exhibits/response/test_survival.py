"""Curves end where nobody is left to observe, and the sentence says so."""

from datetime import date

import polars as pl

from drawing import registry, snapshot_of
from exhibits.response.survival import survival
from queries.scope import Scope

D = date(2026, 10, 31)


def referrals(*groups: tuple[int, str, str, str]) -> str:
    """So many of each: department, sent, responded."""
    lines = ["referral_id | region_code | to_dept | sent_at | responded_at"]
    for i, (n, *values) in enumerate(groups):
        lines += [f"r{i}_{j} | 621202001 | {' | '.join(values)}" for j in range(n)]
    return "\n".join(lines)


def test_a_curve_that_was_not_observed_so_long_is_not_read(tmp_path):
    # Sent 2, 4 and 40 working days before D; education answered all, on the third day.
    rows = referrals(
        (30, "health", "2026-10-28", ""),
        (30, "education", "2026-10-26", "2026-10-29 09:00:00"),
        (15, "housing", "2026-08-31", "2026-09-03 09:00:00"),
        (15, "housing", "2026-08-31", ""),
    )
    snapshot = snapshot_of(registry(referral=rows), tmp_path, D)
    exhibit = survival(snapshot, Scope(D, period="year"))
    assert exhibit.finding == (
        "推送满20个工作日尚未办理完成的：市教育局0.0%、市住建局50.0%；"
        "观察期不足20个工作日的是市卫生健康委。各项目时限不同，是否按时见按时响应率。"
    )
    ends = exhibit.chart.data.group_by("series").agg(pl.col("x").max())
    assert dict(ends.rows()) == {"市教育局": 3, "市住建局": 40, "市卫生健康委": 2}
