"""好转 and 变差 need a rule and a change that does not go the other way.

`docs/definitions.md`, “Uncertainty and signals”.
"""

from datetime import date

import polars as pl
import pytest

from data.reference.calendar import months_before
from exhibits.wording import marks as wording
from queries.answers.marks import Mark, against_target, mark_of
from queries.answers.series_kinds import level_groups
from queries.catalogue import COVERAGE, catalogue
from queries.statistics.spc import xmr

WARNINGS, RATE = catalogue()["I0711"], catalogue()["I0723"]

LAST, BASE = date(2026, 9, 1), date(2026, 6, 1)

#: Sixteen months of 15 and 5, nine about 15: these lie over the mean of 12, within wide limits.
NINE_OVER = [*[15.0, 5.0] * 8, *[15.0, 16.0, 17.0, 16.0, 15.0, 16.0, 15.0, 14.0, 14.0]]


def mark(values, about=WARNINGS, now=None, before=None, base: date | None = BASE) -> Mark:
    days = [months_before(LAST, n) for n in range(len(values) - 1, -1, -1)]
    frame = pl.DataFrame({"as_of": days, "value": values}, schema_overrides={"value": pl.Float64})
    judged = xmr(frame, about.better, lowest=0).drop_nulls("value")
    judged = judged.with_columns(level_from=pl.lit(None, pl.Date))
    return mark_of(about, judged, (LAST, base), (now, before))


def said(found: Mark, about=WARNINGS) -> str:
    return wording.variation(about, found)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (22, 20, "▼ 异常变差"),
        (20, 20, "▼ 异常变差"),
        (16, 20, "◆ 连续9个月高于近两年平均水平，较对比日下降"),
        # Nothing to compare with goes no other way.
        (22, None, "▼ 异常变差"),
    ],
)
def test_a_rule_and_the_change_beside_it(now, before, expected):
    assert said(mark(NINE_OVER, now=now, before=before, base=None)) == expected


def test_the_change_of_the_month_ends_counts_though_the_day_says_otherwise():
    # September 14 against June 16.
    found = mark(NINE_OVER, now=25, before=20)
    assert (found.variation, found.against) == ("neutral", "months")
    assert said(found) == "◆ 连续9个月高于近两年平均水平，9月末较6月末下降"


def test_an_improvement_with_a_worse_change_is_neutral():
    rates = [*[90.0, 80.0] * 8, *[91.0, 90.0, 91.0, 92.0, 91.0, 92.0, 91.0, 91.0, 90.0]]
    better = mark(rates, RATE, now=93.0, before=90.0, base=None)
    assert said(better, RATE) == "▲ 异常好转"
    worse = mark(rates, RATE, now=90.0, before=91.0, base=None)
    assert worse.variation == "neutral"
    assert said(worse, RATE) == "◆ 连续9个月高于近两年平均水平，较对比日下降"


def test_a_count_that_falls_under_its_mean_but_grew_is_no_improvement():
    under = [*[10.0, 20.0] * 8, *[9.0, 8.0, 9.0, 8.0, 9.0, 8.0, 9.0, 8.0, 9.0]]
    assert said(mark(under, now=9, before=10, base=None)) == "▲ 异常好转"
    assert said(mark(under, now=11, before=10, base=None)) == (
        "◆ 连续9个月低于近两年平均水平，较对比日增长"
    )


def test_a_signal_of_an_earlier_month_is_none():
    found = mark([*NINE_OVER[:-1], None], now=22, before=20)
    assert (found.variation, found.unjudged, found.limits) == ("", "none", None)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "○ 变化太少，不作判断"),
        ([5] * 13, "○ 变化太少，不作判断"),
        ([9, 11] * 5, "○ 月末不足12个，不作判断"),
        ([9, 11] * 6, "● 正常波动"),
    ],
)
def test_what_is_said_where_nothing_is_claimed(values, text):
    assert said(mark(values, now=1, before=0)) == text


def test_95_44_against_95_is_met_and_never_fails():
    rates = [93.1, 93.9] * 12
    found = mark(rates, RATE, now=95.44)
    met = against_target(RATE, 95.44, 95, found)
    assert met == "met_mostly_missed"
    assert wording.target(met, found) == "◆ 本期达标，近两年多数月末未达标"
    assert wording.target(against_target(RATE, 95.44, 95, Mark()), Mark()) == "✔ 达标"


def test_a_rate_is_judged_as_it_is_shown():
    assert against_target(RATE, 94.996, 95, Mark()) == "met"
    assert against_target(RATE, 94.994, 95, Mark()) == "missed"


def test_sums_over_programmes_are_seasonal_where_they_can_hold_a_seasonal_one():
    assert {catalogue()[i].series for i in COVERAGE} == {"season"}

    def level(by: str, indicator: str) -> set[str]:
        return set(level_groups(by, date(2026, 10, 31)).filter(id=indicator)["group"])

    assert level("task_row", "I0891") == {"8", "9-4"}
    assert {"P0801", "P0802", "P0947"} <= level("programme", "I0891")
    assert not {"P0911", "P0921", "P0954", "P1201"} & level("programme", "I0893")
    assert level("department", "I0891") == {"human_resources"}
    assert level("city", "I0891") == level("county", "I0891") == level("category", "I0891") == set()
